"""Hours are confirmed by others, at most eight a day; certificates can be checked by anyone."""

from __future__ import annotations

import csv
import threading
from io import StringIO

import pytest
from sqlalchemy import select
from support.telling import words

from wizzle.core.certificates import shown_code
from wizzle.core.errors import Forbidden, Invalid, NotFound, Refused
from wizzle.core.facts import PersonLeft
from wizzle.plugins.board.volunteering import actions, queries
from wizzle.plugins.board.volunteering.models import Hours


@pytest.fixture
def over(shifts, clock):
    """Play a shift with these people and move to its end; return its id."""

    def played(*names, hours=2.0, whose="garden", after=0.0):
        slot = shifts.plan(days=1, hours=hours, whose=whose, after=after, places=9)
        for name in names:
            shifts.join(slot, name)
        return slot

    return played


def total(node, cast, name="alice"):
    with node.db.read() as session:
        person = cast.person(name).id
        return sum(session.scalars(select(Hours.minutes).where(Hours.person_id == person)))


def test_hours_are_confirmed_once_by_another_person_of_the_organisation(
    node, cast, shifts, over, clock
):
    slot = over("alice", "dana")
    with pytest.raises(Refused, match="over"):
        shifts.confirm(slot, "alice")
    clock.advance(days=2)
    for by in ("alice", "frank", "bob", "charlie"):  # not even a steward, who is not of it
        with pytest.raises(Forbidden):
            shifts.confirm(slot, "alice", by=by)
    with pytest.raises(Forbidden, match="own hours"):
        shifts.confirm(slot, "dana", by="dana")
    with pytest.raises(NotFound):
        shifts.confirm(slot, "gina")
    assert shifts.confirm(slot, "alice") == shifts.confirm(slot, "alice")
    assert shifts.confirm(slot, "dana", by="erin")
    with pytest.raises(Refused, match="reason"):
        shifts.confirm(slot, "alice", minutes=60)
    assert total(node, cast) == 120
    assert any("2시간 0분" in each for each in words(node, "alice"))


def test_a_day_holds_eight_hours_over_all_organisations(node, cast, shifts, over, clock):
    first = over("alice", hours=5)
    second = over("alice", hours=4, whose="table", after=5)
    clock.advance(days=2)
    shifts.confirm(first, "alice", minutes=300)
    with pytest.raises(Invalid) as caught:
        shifts.confirm(second, "alice", minutes=181, by="frank")
    assert caught.value.fields["minutes"][0].values == {"left": 180}
    shifts.confirm(second, "alice", minutes=180, by="frank")
    assert total(node, cast) == 480


def test_two_organisations_that_confirm_at_once_do_not_pass_eight_hours(
    node, cast, shifts, over, clock
):
    first, second = over("alice", hours=6), over("alice", hours=6, whose="table", after=6)
    clock.advance(days=2)
    refused = []

    def confirm(slot, by):
        try:
            shifts.confirm(slot, "alice", minutes=300, by=by)
        except Invalid:
            refused.append(by)

    threads = [
        threading.Thread(target=confirm, args=pair) for pair in ((first, "dana"), (second, "frank"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert total(node, cast) == 300


def correct(node, cast, hours, minutes, reason="다시 세어 보니", by="dana"):
    with node.db.write() as session:
        actions.correct(
            node, session, hours, minutes=minutes, reason=reason, actor_id=cast.person(by).id
        )


def test_a_correction_needs_a_reason_another_person_and_is_kept(node, cast, shifts, over, clock):
    slot = over("alice", "dana")
    clock.advance(days=2)
    hours, own = shifts.confirm(slot, "alice"), shifts.confirm(slot, "dana", by="erin")
    with pytest.raises(Invalid):
        correct(node, cast, hours, 60, reason="")
    with pytest.raises(Invalid):
        correct(node, cast, hours, 121)
    for person in ("alice", "frank"):
        with pytest.raises(Forbidden):
            correct(node, cast, hours, 60, by=person)
    with pytest.raises(Forbidden):
        correct(node, cast, own, 60, by="dana")
    correct(node, cast, hours, 60)
    with node.db.read() as session:
        [change] = queries.corrections_of(session, slot)
    assert (change.before, change.after, change.by) == (120, 60, "다나")
    assert total(node, cast) == 60


def test_pages_confirm_and_correct_and_refuse_in_words(node, cast, shifts, over, clock, as_):
    slot = over("alice")
    clock.advance(days=2)
    alice = cast.person("alice").id
    at, dana = f"/board/slots/{slot}/people", as_("dana")
    page = dana.post(f"{at}/{alice}/hours", data={"minutes": "많이"}, follow_redirects=True)
    assert "480까지" in page.text
    page = dana.post(f"{at}/{alice}/hours", data={"minutes": "130"}, follow_redirects=True)
    assert "봉사는 120분이었어요" in page.text
    assert as_("bob").post(f"{at}/{alice}/hours", data={"minutes": "100"}).status_code == 403
    dana.post(f"{at}/{alice}/hours", data={"minutes": "100"})
    assert "1시간 40분" in dana.get(at).text
    with node.db.read() as session:
        hours = session.scalars(select(Hours.id)).one()
    to = f"/board/slots/{slot}/hours/{hours}/correct"
    dana.post(to, data={"minutes": "90", "reason": "일찍 가셨어요"})
    assert "일찍 가셨어요" in dana.get(at).text
    assert "1시간 30분" in dana.get("/board/organisations/garden/hours").text


@pytest.fixture
def certified(node, cast, shifts, over, clock, as_):
    """Confirm two hours to alice and let her have a certificate; return its code."""

    def made():
        slot = over("alice")
        clock.advance(days=2)
        hours = shifts.confirm(slot, "alice")
        typed = {
            "space_id": str(cast.space("garden").id), "since": "2026-11-01",
            "until": "2026-11-30", "idempotency_key": "k",
        }  # fmt: skip
        places = {as_("alice").post("/board/hours", data=typed).headers["Location"] for _ in "12"}
        assert len(places) == 1  # twice is once
        return places.pop().partition("#")[2], hours

    return made


def test_anyone_with_the_code_reads_what_a_certificate_says_and_no_more(
    node, cast, certified, as_, client
):
    code, _ = certified()
    page = client.get(f"/check/{shown_code(code).lower()}")
    assert page.status_code == 200
    for said in ("지금도 맞는", "앨리스", "수유 마을텃밭 모임", "2시간", "2026-11-01"):
        assert said in page.text
    for hidden in ("alice@example.com", "010-0000-1234", "텃밭 일", "다나"):
        assert hidden not in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert client.get(f"/check?code={code}").headers["Location"].endswith(code)
    paper = as_("alice").get(f"/board/certificates/{code}.pdf")
    assert paper.data.startswith(b"%PDF")
    assert as_("gina").get(f"/board/certificates/{code}.pdf").status_code == 404
    assert as_("gina").post(f"/board/certificates/{code}/withdraw").status_code == 302
    assert "지금도 맞는" in client.get(f"/check/{code}").text


def test_a_certificate_stands_no_more_once_hours_are_corrected(node, cast, certified, as_, client):
    code, hours = certified()
    correct(node, cast, hours, 60)
    page = client.get(f"/check/{code}").text
    assert "이제는 맞지 않는" in page
    assert as_("alice").get(f"/board/certificates/{code}.pdf").status_code == 404
    correct(node, cast, hours, 120)
    assert "지금도 맞는" in client.get(f"/check/{code}").text


def test_one_takes_a_certificate_back_and_it_goes_with_who_leaves(
    node, cast, certified, as_, client
):
    code, _ = certified()
    as_("alice").post(f"/board/certificates/{code}/withdraw")
    assert "이제는 맞지 않는" in client.get(f"/check/{code}").text
    alice = cast.person("alice")
    with node.db.write() as session:
        fact = PersonLeft(alice.id, alice.name, alice.email, "ko")
        node.hooks.person_left(node=node, session=session, fact=fact)
    assert client.get(f"/check/{code}").status_code == 404
    assert total(node, cast) == 0


@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
def test_guessing_codes_is_bounded(cast, garden, client):
    answers = [client.get(f"/check/{number:016}").status_code for number in range(45)]
    assert answers[:40] == [404] * 40
    assert answers[40:] == [429] * 5


@pytest.mark.parametrize("code", ["", "0", "x" * 300, "가나다", "%00", "' OR 1=1 --"])
@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
def test_what_is_no_code_finds_nothing(garden, client, code):
    assert client.get(f"/check/{code}", follow_redirects=True).status_code < 500


@pytest.mark.parametrize(
    "wrong", [{"until": "2026-10-01"}, {"since": "x"}, {"space_id": "999"}, {"since": "2026-11-29"}]
)
@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
def test_no_certificate_without_hours_or_for_nonsense(node, cast, certified, as_, wrong):
    certified()
    typed = {
        "space_id": str(cast.space("garden").id), "since": "2026-11-01", "until": "2026-11-30",
        "idempotency_key": "other", **wrong,
    }  # fmt: skip
    assert as_("alice").post("/board/hours", data=typed).status_code in (404, 409, 422)


def test_portals_are_told_only_of_those_who_agreed_for_this_organisation(
    node, cast, shifts, over, clock, as_
):
    slot = over("alice", "gina")
    clock.advance(days=2)
    for name in ("alice", "gina"):
        shifts.confirm(slot, name)
    garden, table = cast.space("garden").id, cast.space("table").id
    at = "/board/organisations/garden/hours/portal"

    def lines():
        file = as_("dana").get(f"{at}.csv?month=2026-11")
        return list(csv.reader(StringIO(file.get_data(as_text=True).lstrip("\ufeff"))))[1:]

    assert lines() == []
    as_("alice").post(f"/board/hours/portal/{table}", data={"agree": "yes"})
    assert lines() == []
    typed = {"agree": "yes", "portal_name": "=cmd|alice"}
    as_("alice").post(f"/board/hours/portal/{garden}", data=typed)
    [line] = lines()
    assert line[0] == "앨리스"
    assert line[3] == "2026-11-24"
    assert line[6:8] == ["2", "0"]
    assert not line[1].startswith("=")
    page = as_("dana").get("/board/organisations/garden/hours?month=2026-11").text
    assert "동의가 없어 뺀 1줄" in page
    assert as_("dana").get(f"{at}.xlsx?month=2026-11").data[:2] == b"PK"
    for name in ("frank", "alice"):
        assert as_(name).get(f"{at}.csv?month=2026-11").status_code == 403
    as_("alice").post(f"/board/hours/portal/{garden}", data={})
    assert lines() == []


def test_everything_of_a_person_can_be_taken_along(node, cast, certified):
    certified()
    with node.db.read() as session:
        alice = cast.person("alice").id
        found = node.host.collect("personal_data", node=node, session=session, person_id=alice)
        nobody = node.host.collect(
            "personal_data", node=node, session=session, person_id=cast.person("gina").id
        )
    rows = {each.name: each.rows for each in found}
    assert rows["volunteer-hours"][0]["minutes"] == 120
    assert rows["volunteer-certificates"][0]["organisation"] == "수유 마을텃밭 모임"
    assert all(not each.rows for each in nobody)
