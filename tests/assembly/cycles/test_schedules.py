"""Regular rounds: drafted and opened by themselves, once for each day of collection."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from support.parts import part, terms, work
from support.rounds import Round

from wizzle.core.facts import OccasionOpened
from wizzle.core.testing import MONDAY
from wizzle.plugins.assembly.cycles import actions
from wizzle.plugins.assembly.cycles.models import Cycle, Offer, Point, Schedule
from wizzle.plugins.assembly.cycles.rules import Below, Rhythm, days_of, next_possible
from wizzle.plugins.market import Product

SEOUL = ZoneInfo("Asia/Seoul")
TYPED = {
    "every": "1", "next_on": "2026-12-03", "collect_from": "16:00", "collect_until": "20:00",
    "opens_days": "6", "opens_at": "09:00", "cut_off_days": "2", "cut_off_at": "21:00",
    "opens_itself": "yes", "active": "yes", "version": "0",
}  # fmt: skip


def cycles(round_: Round) -> list[Cycle]:
    """The rounds that the schedule made."""
    with round_.node.db.read() as session:
        query = select(Cycle).where(Cycle.schedule_id.is_not(None)).order_by(Cycle.id)
        found = list(session.scalars(query))
        session.expunge_all()
        return found


def schedule(round_: Round) -> Schedule:
    with round_.node.db.read() as session:
        found = session.scalars(select(Schedule)).one()
        session.expunge_all()
        return found


def offered(round_: Round, cycle_id: int) -> set[int]:
    with round_.node.db.read() as session:
        return set(session.scalars(select(Offer.product_id).where(Offer.cycle_id == cycle_id)))


@pytest.fixture
def weekly(round_: Round, dana: FlaskClient) -> Round:
    """The hub's schedule for Thursdays, set after a first round by hand."""
    round_.to("open")
    answer = dana.post("/hubs/hub/schedule", data=TYPED)
    assert answer.status_code == 302
    return round_


def test_the_next_round_is_drafted_and_opened_at_its_time(weekly: Round) -> None:
    weekly.clock.advance(hours=1)
    work(weekly)
    assert cycles(weekly) == []
    weekly.clock.advance(days=2)
    work(weekly)
    (made,) = cycles(weekly)
    assert made.state == "draft"
    assert made.title == "12월 3일 회차"
    assert made.opens_at.astimezone(SEOUL).isoformat() == "2026-11-27T09:00:00+09:00"
    assert made.cut_off.astimezone(SEOUL).isoformat() == "2026-12-01T21:00:00+09:00"
    assert offered(weekly, made.id) == set(weekly.products)
    weekly.clock.set(made.opens_at)
    work(weekly)
    work(weekly)
    (made,) = cycles(weekly)
    assert made.state == "open"
    assert schedule(weekly).next_on == date(2026, 12, 10)


def test_terms_products_and_hubs_are_those_of_the_last_round(
    round_: Round, dana: FlaskClient
) -> None:
    potato, _onion = round_.products
    farm = round_.cast.space("farm").id
    hub = round_.other_hub("gina")
    row = round_.row()
    terms(round_, cut_off=row.cut_off - timedelta(hours=3), minimum_won=7_000, below=Below.CARRY)
    with round_.node.db.write() as session:
        session.execute(update(Product).values(created_at=row.created_at - timedelta(days=9)))
        actions.choose_products(round_.node, session, round_.id, farm, [potato], actor_id=None)
        at = row.collect_from + timedelta(hours=1)
        opening = actions.Opening(at, at + timedelta(hours=1))
        actions.choose_points(round_.node, session, round_.id, {hub: opening}, actor_id=None)
    round_.to("open")
    round_.clock.advance(minutes=5)
    (fresh,) = round_.goods("새 배추")
    dana.post("/hubs/hub/schedule", data=TYPED)
    round_.clock.set(MONDAY + timedelta(days=3))
    work(round_)
    (made,) = cycles(round_)
    # What was left out stays out, what is new comes in.
    assert offered(round_, made.id) == {potato, fresh}
    copied = part(Round(round_.node, round_.cast, round_.clock, id=made.id))
    assert copied is not None
    assert (copied.minimum_won, copied.below) == (7_000, "carry")
    assert copied.cut_off == made.cut_off - timedelta(hours=3)
    with round_.node.db.read() as session:
        point = session.get_one(Point, (made.id, hub))
        assert point.collect_from == made.collect_from + timedelta(hours=1)


def test_a_day_that_has_a_round_already_gets_no_second_one(
    weekly: Round, dana: FlaskClient
) -> None:
    dana.post(
        "/hubs/hub/rounds/new",
        data={
            "title": "손으로 만든 회차", "opens_at": "2026-11-27T09:00",
            "cut_off": "2026-12-01T21:00", "collect_from": "2026-12-03T10:00",
            "collect_until": "2026-12-03T12:00",
        },
    )  # fmt: skip
    weekly.clock.set(MONDAY + timedelta(days=5))
    work(weekly)
    assert cycles(weekly) == []
    assert schedule(weekly).next_on == date(2026, 12, 10)


def test_a_holiday_is_skipped(weekly: Round, dana: FlaskClient) -> None:
    page = dana.get("/hubs/hub/schedule").get_data(as_text=True)
    assert "12월 3일(목)" in page
    assert "12월 10일(목)" in page
    assert "12월 17일(목)" in page
    dana.post("/hubs/hub/schedule/skip", data={"version": schedule(weekly).version})
    assert schedule(weekly).next_on == date(2026, 12, 10)
    weekly.clock.set(MONDAY + timedelta(days=6))
    work(weekly)
    assert cycles(weekly) == []
    weekly.clock.set(MONDAY + timedelta(days=10))
    work(weekly)
    assert [made.title for made in cycles(weekly)] == ["12월 10일 회차"]


def test_a_schedule_that_rests_makes_nothing(weekly: Round, dana: FlaskClient) -> None:
    rest = {key: value for key, value in TYPED.items() if key != "active"}
    dana.post("/hubs/hub/schedule", data={**rest, "version": str(schedule(weekly).version)})
    weekly.clock.set(MONDAY + timedelta(days=30))
    work(weekly)
    assert cycles(weekly) == []
    assert "쉬고 있어요" in dana.get("/hubs/hub/schedule").get_data(as_text=True)


def test_what_stands_in_the_way_is_on_the_desk(weekly: Round, dana: FlaskClient) -> None:
    weekly.clock.set(MONDAY + timedelta(days=3))
    work(weekly)
    with weekly.node.db.write() as session:
        session.execute(update(Product).values(listed=False))
    (made,) = cycles(weekly)
    weekly.clock.set(made.opens_at)
    work(weekly)
    assert cycles(weekly)[0].state == "draft"
    for page in ("/hubs/hub/desk", "/hubs/hub/schedule"):
        text = dana.get(page).get_data(as_text=True)
        assert "지난 회차를 저절로 열지 못했어요" in text
        assert "생산자" in text
    with weekly.node.db.write() as session:
        session.execute(update(Product).values(listed=True))
    dana.post(f"/rounds/{made.id}/steps/open", data={"version": made.version})
    assert cycles(weekly)[0].state == "open"
    assert "저절로 열지" not in dana.get("/hubs/hub/desk").get_data(as_text=True)


def test_it_only_prepares_if_so_wished(weekly: Round, dana: FlaskClient) -> None:
    by_hand = {key: value for key, value in TYPED.items() if key != "opens_itself"}
    dana.post("/hubs/hub/schedule", data={**by_hand, "version": str(schedule(weekly).version)})
    weekly.clock.set(MONDAY + timedelta(days=5))
    work(weekly)
    assert [made.state for made in cycles(weekly)] == ["draft"]


def test_a_draft_moved_to_a_later_opening_opens_then(weekly: Round, dana: FlaskClient) -> None:
    weekly.clock.set(MONDAY + timedelta(days=3))
    work(weekly)
    (made,) = cycles(weekly)
    later = made.opens_at + timedelta(days=1)
    with weekly.node.db.write() as session:
        plan = actions.Plan(
            title=made.title, opens_at=later, cut_off=made.cut_off,
            collect_from=made.collect_from, collect_until=made.collect_until,
        )  # fmt: skip
        actions.change_cycle(
            weekly.node, session, made.id, plan, version=made.version, actor_id=None
        )
    weekly.clock.set(made.opens_at)
    work(weekly)
    assert cycles(weekly)[0].state == "draft"
    weekly.clock.set(later)
    work(weekly)
    assert cycles(weekly)[0].state == "open"


def test_a_long_sleep_makes_no_heap_of_rounds(weekly: Round) -> None:
    weekly.clock.set(MONDAY + timedelta(days=60))
    work(weekly)
    assert len(cycles(weekly)) == 1
    assert cycles(weekly)[0].cut_off > weekly.clock.now()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("every", "3"), ("next_on", "2026-11-22"), ("next_on", "x"), ("next_on", "2028-01-01"),
        ("collect_until", "15:00"), ("opens_days", "0"), ("opens_days", "1"),
        ("cut_off_days", "20"), ("opens_at", ""), ("next_on", "2026-11-24"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    round_: Round, dana: FlaskClient, field: str, value: str
) -> None:
    answer = dana.post("/hubs/hub/schedule", data={**TYPED, field: value})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "확인해 주세요" in page
    assert 'value="21:00"' in page


def test_two_windows_do_not_overwrite_each_other(weekly: Round, dana: FlaskClient) -> None:
    answer = dana.post("/hubs/hub/schedule", data=TYPED)
    assert answer.status_code == 409


def test_the_schedule_is_for_the_hubs_activist(
    weekly: Round, alice: FlaskClient, client: FlaskClient
) -> None:
    assert alice.get("/hubs/hub/schedule").status_code == 403
    assert alice.post("/hubs/hub/schedule/skip").status_code == 403
    assert client.get("/hubs/hub/schedule").status_code == 302


@given(
    st.sampled_from((1, 2, 4)), st.integers(1, 20), st.integers(0, 10),
    st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(0, 200),
)  # fmt: skip
def test_the_next_possible_round_is_the_first_that_takes_orders(
    every: int, opens: int, closes: int, start: date, days: int
) -> None:
    rhythm = Rhythm(
        every=every, collect_from=time(16), collect_until=time(20), opens_days=opens + closes,
        opens_at=time(9), cut_off_days=closes, cut_off_at=time(21),
    )  # fmt: skip
    now = days_of(rhythm, start, SEOUL).opens_at + timedelta(days=days)
    found = next_possible(rhythm, start, now, SEOUL)
    assert (found - start).days % (7 * every) == 0
    assert days_of(rhythm, found, SEOUL).cut_off > now
    if found != start:
        before = found - timedelta(weeks=every)
        assert days_of(rhythm, before, SEOUL).cut_off <= now


@pytest.fixture
def heard(round_: Round, monkeypatch: pytest.MonkeyPatch) -> list[OccasionOpened]:
    """What other plugins are told of occasions that take orders."""
    found: list[OccasionOpened] = []
    monkeypatch.setattr(
        round_.node.hooks, "occasion_opened", lambda **told: found.append(told["fact"])
    )
    return found


def test_others_are_told_once_orders_are_taken(round_: Round, heard: list[OccasionOpened]) -> None:
    round_.to("open")
    work(round_)
    (fact,) = heard
    assert (fact.occasion, fact.host_ids) == (round_.occasion, (round_.cast.space("hub").id,))
    assert fact.collect_on == date(2026, 11, 26)


def test_a_round_opened_before_its_time_is_told_of_at_its_time(
    round_: Round, heard: list[OccasionOpened]
) -> None:
    later = Round(round_.node, round_.cast, round_.clock)
    starts = round_.clock.now() + timedelta(hours=5)
    later.draft(opens_at=starts).offer().to("open")
    work(round_)
    assert heard == []
    round_.clock.set(starts)
    work(round_)
    assert [fact.occasion for fact in heard] == [later.occasion]
