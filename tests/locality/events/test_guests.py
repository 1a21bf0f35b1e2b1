"""Guests: without an account, by a letter; and what those who mean no good can do with that."""

from __future__ import annotations

import re

from sqlalchemy import select

from wizzle.core.models import Job
from wizzle.plugins.locality.events import actions
from wizzle.plugins.locality.events.models import Occurrence, SignUp

TYPED = {"name": "나그네", "email": "Guest@Example.org", "agree": "yes"}


def letters(node):
    with node.db.read() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "mail").order_by(Job.id))
        return [job.payload for job in jobs if job.payload.get("to") == "guest@example.org"]


def link(node):
    return re.search(r"http://[^/]+(/dates/guest/\S+)", letters(node)[-1]["text"])[1]


def states(node):
    with node.db.read() as session:
        return list(session.scalars(select(SignUp.state).order_by(SignUp.id)))


def test_a_guest_confirms_once_and_can_give_the_place_back(node, client, make):
    date = make(capacity=1)
    page = client.post(f"/dates/{date}", data=TYPED)
    assert "메일을 확인해 주세요" in page.text
    assert states(node) == ["asked"]
    confirm = link(node)
    assert client.get(confirm).status_code == 200
    assert states(node) == ["asked"]  # a program that opens links confirms nothing
    own = client.post(confirm).headers["Location"]
    assert states(node) == ["in"]
    assert client.post(confirm).status_code == 404
    assert client.get(confirm).status_code == 404
    assert "자리가 있어요" in client.get(own).text
    assert own == link(node)  # the letter leads to the same page
    client.post(own)
    assert states(node) == []
    assert client.get(own).status_code == 404
    with node.db.read() as session:
        assert session.get_one(Occurrence, date).taken == 0


def test_a_guest_s_turn_begins_when_they_confirm(node, cast, client, as_, make):
    date = make(capacity=1)
    client.post(f"/dates/{date}", data=TYPED)
    as_("alice").post(f"/dates/{date}", data={"agree": "yes"})
    own = client.post(link(node)).headers["Location"]
    assert "대기 순서 1번째" in client.get(own).text
    as_("alice").post(f"/dates/{date}/leave")
    assert states(node) == ["in"]
    assert "자리가 났어요" in letters(node)[-1]["subject"]


def test_a_guessed_link_opens_nothing(node, client, make):
    date = make()
    client.post(f"/dates/{date}", data=TYPED)
    before, _, secret = link(node).rpartition("/")
    own = before.replace("confirm", "own")
    guesses = [(way, bad) for way in (before, own) for bad in ("0", "f" * 40, "../x", "가" * 40)]
    for way, bad in (*guesses, (own, secret)):  # a link for the one is none for the other
        assert client.get(f"{way}/{bad}").status_code == 404, bad
        assert client.post(f"{way}/{bad}").status_code == 404, bad
    assert states(node) == ["asked"]


def test_a_link_is_good_for_three_days(node, client, make, clock):
    date = make()
    client.post(f"/dates/{date}", data=TYPED)
    clock.advance(days=3, minutes=1)
    client.post(link(node))
    assert states(node) == ["asked"]


def test_asking_again_tells_a_stranger_nothing(node, client, make, clock):
    date = make(capacity=1)
    client.post(f"/dates/{date}", data=TYPED)
    client.post(link(node))
    first = client.post(f"/dates/{date}", data=TYPED)
    other = client.post(f"/dates/{date}", data={**TYPED, "email": "other@example.org"})
    plain = [re.sub(r"other@|Guest@", "", each.text) for each in (first, other)]
    assert plain[0].lower() == plain[1].lower()
    assert states(node) == ["in", "asked"]


def test_nobody_is_flooded_with_letters(node, client, make, clock):
    date, answers = make(), []
    for _ in range(5):
        answers.append(client.post(f"/dates/{date}", data=TYPED).status_code)
        clock.advance(minutes=1)
    assert answers[:3] == [200, 200, 200]
    assert answers[3:] == [429, 429]
    assert len(letters(node)) == 3


WRONG = (
    {"agree": ""}, {"name": ""}, {"email": "no address"}, {"email": "a@b.example\nBcc: x@y.z"},
    {"name": "a\nb"}, {"people": "9"}, {"people": "0"}, {"people": "-1"}, {"name": "가" * 61},
)  # fmt: skip


def test_what_cannot_be_used_is_asked_again(node, client, make):
    date = make(capacity=None, most_people=3)
    for wrong in WRONG:
        answer = client.post(f"/dates/{date}", data={**TYPED, **wrong})
        assert answer.status_code == 422, wrong
    assert states(node) == []


def test_who_a_guest_was_is_erased_a_week_after(node, client, make, clock):
    date = make(questions=("알레르기?",))
    client.post(f"/dates/{date}", data={**TYPED, "answer_0": "땅콩"})
    own = client.post(link(node)).headers["Location"]
    client.post(f"/dates/{date}", data={**TYPED, "email": "never@example.org"})
    clock.advance(days=13)
    guests = actions.KEEPINGS[0]
    with node.db.write() as session:
        assert guests.purge(session, guests.before(clock.now()), 100) == 2
    with node.db.read() as session:
        left = session.scalars(select(SignUp)).one()
    assert (left.name, left.email, left.answers, left.people) == ("", None, [], 1)
    assert client.get(own).status_code == 404
