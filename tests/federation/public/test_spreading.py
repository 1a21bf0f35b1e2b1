"""Telling followers: once for each inbox that they share, and nobody waits for who is away."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from support.letters import deliver
from support.public import farm_of, later, listeners, news, publish, things, withdraw

from wizzle.core.errors import Refused
from wizzle.core.models import Space
from wizzle.core.talk import Letter
from wizzle.core.work import run_jobs
from wizzle.federation.delivery.models import Sent
from wizzle.federation.delivery.rules.answers import Answer
from wizzle.federation.public.actions import spreading
from wizzle.federation.public.models import Listener
from wizzle.federation.trust.models import Peer


def listen(node, author, *inboxes):
    """Let an actor follow for each of these inboxes, as if it had been let in."""
    with node.db.write() as session:
        for number, inbox in enumerate(inboxes):
            host = inbox.split("/")[2]
            session.add(
                Listener(
                    author=author, actor=f"https://{host}/users/{number}", host=host, inbox=inbox,
                    request=f"https://{host}/f/{number}", state="following",
                    since=node.clock.now(),
                )
            )  # fmt: skip


def join(node, *hosts):
    with node.db.write() as session:
        for host in hosts:
            session.add(Peer(host=host, state="joined", made_at=node.clock.now()))


def letters(node):
    with node.db.read() as session:
        rows = session.scalars(select(Sent).order_by(Sent.id)).all()
        session.expunge_all()
    return rows


def told(node, times=1):
    """Do the jobs that are due, and none of the sending."""
    for _ in range(times):
        run_jobs(node)


class Halfway:
    """A way out on which one of two servers has forgotten an inbox."""

    def inbox(self, node, actor, *, anew=False):
        raise AssertionError("an inbox that is named need not be asked for")

    def post(self, node, inbox, body, sender):
        return Answer(410 if "fig.example" in inbox else 202)


@pytest.fixture
def author(here):
    join(here, "fig.example", "plum.example")
    return f"space:{farm_of(here)}"


def test_followers_that_share_an_inbox_are_told_once(here, author):
    listen(here, author, *["https://fig.example/inbox"] * 50, "https://plum.example/users/1/inbox")
    publish(here, news(here, author))
    told(here)
    found = letters(here)
    assert sorted(each.actor for each in found) == [
        "https://fig.example/inbox", "https://plum.example/users/1/inbox"
    ]  # fmt: skip
    assert all(each.direct and each.lane == f"public:{author}" for each in found)
    assert len({each.uri for each in found}) == 2


def test_many_inboxes_are_told_by_several_jobs_and_each_once(here, author, monkeypatch):
    monkeypatch.setattr(spreading, "AT_ONCE", 3)
    listen(here, author, *[f"https://fig.example/u/{n:02}" for n in range(10)])
    publish(here, news(here, author))
    told(here, 6)
    assert sorted(each.actor for each in letters(here)) == [
        f"https://fig.example/u/{n:02}" for n in range(10)
    ]


def test_ten_changes_in_a_minute_are_one_letter(here, author, clock):
    listen(here, author, "https://fig.example/inbox")
    publish(here, news(here, author))
    told(here)
    for number in range(10):
        publish(here, news(here, author, text=f"{number}"))
    told(here)
    assert [each.kind for each in letters(here)] == ["Create"]
    later(clock)
    told(here)
    assert [each.kind for each in letters(here)] == ["Create", "Update"]
    assert b"<p>9</p>" in letters(here)[1].body


def test_the_same_told_again_is_no_letter(here, author, clock):
    listen(here, author, "https://fig.example/inbox")
    for _ in range(3):
        publish(here, news(here, author))
        told(here)
        later(clock)
    assert len(letters(here)) == 1


def test_a_job_that_is_done_twice_writes_once(here, author):
    listen(here, author, "https://fig.example/inbox")
    publish(here, news(here, author))
    told(here)
    spreading.work_spread(here, {"thing": 1, "version": 1, "after": ""})
    assert len(letters(here)) == 1


def test_what_is_gone_before_it_was_told_is_never_spoken_of(here, author):
    listen(here, author, "https://fig.example/inbox")
    fact = news(here, author)
    publish(here, fact)
    withdraw(here, fact)
    told(here)
    assert letters(here) == []


def test_nobody_is_told_of_what_a_closed_place_says(here, author, clock):
    with here.db.write() as session:
        session.get(Space, int(author[6:])).closed_at = clock.now()
    publish(here, news(here, author))
    assert things(here) == []


def test_who_may_be_told_nothing_any_more_is_let_go(here, author):
    listen(here, author, "https://elsewhere.example/inbox", "https://fig.example/inbox")
    publish(here, news(here, author))
    told(here)
    assert [each.host for each in listeners(here)] == ["fig.example"]
    assert [each.host for each in letters(here)] == ["fig.example"]


def test_letters_of_one_author_wait_for_no_other_node(here, author, clock):
    """A lane is of one host: that of a server which is away holds up nobody else."""
    listen(here, author, "https://fig.example/inbox", "https://plum.example/inbox")
    publish(here, news(here, author))
    told(here)
    with here.db.read() as session:
        lanes = {tuple(row) for row in session.execute(select(Sent.host, Sent.lane))}
    assert lanes == {("fig.example", f"public:{author}"), ("plum.example", f"public:{author}")}


def test_public_letters_go_to_strangers_only_where_that_is_open(here, author):
    document = {"id": "https://127.0.0.1/x", "type": "Create"}
    letter = Letter("https://far.example/inbox", document, "public:x", direct=True, public=True)
    with here.db.write() as session, pytest.raises(Refused):
        here.hooks.send_document(node=here, session=session, letter=letter)


def test_an_inbox_that_is_no_more_is_told_nothing_more_and_bothers_nobody(here, author):
    gone, stays = "https://fig.example/u/1/inbox", "https://plum.example/inbox"
    listen(here, author, gone, stays)
    publish(here, news(here, author))
    told(here)
    deliver(here, Halfway())
    assert [each.inbox for each in listeners(here)] == [stays]
    assert sorted(each.state for each in letters(here)) == ["arrived", "settled"]
