"""The example neighbourhood: loaded once, by the same actions, and only where nobody else is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from wizzle.core import ledger
from wizzle.core.errors import Refused
from wizzle.core.models import AuditRecord, Grant, Job, Person, Space
from wizzle.core.node import Node
from wizzle.core.notices.models import Told
from wizzle.core.testing import FixedClock
from wizzle.core.web import create_app
from wizzle.plugins.assembly.cycles.models import Cycle, Hub, Offer, Part, Schedule
from wizzle.plugins.assembly.examples.rules import check_private, days_of, example, spread
from wizzle.plugins.assembly.settlement.models import Settlement
from wizzle.plugins.market import Order

COUNTED = (Person, Space, Grant, Cycle, Offer, Hub, Order, Settlement, Job)


def load(node: Node) -> list[str]:
    """Do what ``wizzle examples`` does."""
    steps = sorted(node.host.collect("example_steps", node=node), key=lambda step: step.order)
    for step in steps:
        with node.db.write() as session:
            step.load(node, session)
    return [step.title for step in steps]


def counts(node: Node) -> dict[str, int]:
    with node.db.read() as session:
        return {
            table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0
            for table in COUNTED
        }


@pytest.fixture
def loaded(node: Node) -> Node:
    load(node)
    return node


def test_a_second_loading_changes_nothing_even_on_another_day(
    loaded: Node, clock: FixedClock
) -> None:
    before = counts(loaded)
    assert before["assembly_cycle"] == 2
    assert before["assembly_settlement"] == 1
    load(loaded)
    assert counts(loaded) == before
    clock.advance(days=9)
    load(loaded)
    assert counts(loaded) == before


def test_one_round_is_settled_to_the_won_and_one_takes_orders(
    loaded: Node, clock: FixedClock
) -> None:
    with loaded.db.read() as session:
        earlier, running = session.scalars(select(Cycle).order_by(Cycle.id))
        assert (earlier.state, running.state) == ("settled", "open")
        now = clock.now()
        assert earlier.collect_until < now
        assert running.opens_at < now < running.cut_off < running.collect_from
        assert session.scalars(
            select(func.count()).where(
                Order.occasion == earlier.occasion, Order.state == "collected"
            )
        ).one() == len(example()["cycles"][0]["orders"])
        placed = session.scalars(select(Order).where(Order.occasion == running.occasion)).all()
        assert len(placed) == len(example()["cycles"][1]["orders"])
        assert all(running.opens_at < order.placed_at < now for order in placed)
        assert ledger.verify(session).ok
        assert ledger.balance(session, "held") == 0
        assert ledger.balance(session, ledger.account("activist", earlier.hub_id)) > 0


def test_no_letter_of_the_past_is_sent(loaded: Node) -> None:
    with loaded.db.read() as session:
        assert session.scalars(select(Job).where(Job.kind == "mail")).all() == []
        assert all(job.due_at >= loaded.clock.now() for job in session.scalars(select(Job)))
        assert session.scalars(select(Told.id).where(Told.mail_at.is_not(None))).all() == []
        assert session.scalar(select(Told.id).limit(1)) is not None  # on the bell it stands
        assert session.scalars(select(AuditRecord.action).limit(1)).all()


def test_a_producer_closes_earlier_another_waits_for_its_minimum(loaded: Node) -> None:
    with loaded.db.read() as session:
        running = session.scalars(select(Cycle).where(Cycle.state == "open")).one()
        parts = session.scalars(select(Part).where(Part.cycle_id == running.id)).all()
        own = [part for part in parts if part.cut_off is not None]
        assert all(loaded.clock.now() < part.cut_off < running.cut_off for part in own)
        assert len(own) == 1
        assert sorted(part.below for part in parts if part.minimum_won or part.minimum_units) == [
            "cancel", "carry",
        ]  # fmt: skip
        hubs = session.scalars(
            select(Order.host_id).where(Order.occasion == running.occasion).distinct()
        ).all()
        assert len(hubs) == 2
        assert session.scalars(select(Schedule.active)).all() == [True]


def test_the_terminal_names_an_account_of_each_kind(node: Node) -> None:
    titles = "\n".join(load(node))
    for word in ("suyu-maeul-bueok", "resident@", "activist@", "producer@", "steward@"):
        assert word in titles


@pytest.mark.parametrize("role", ["resident", "activist", "producer", "steward"])
def test_each_account_logs_in(new_node: Callable[..., Node], role: str) -> None:
    node = new_node()
    load(node)
    app = create_app(node)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    client = app.test_client()
    typed = {"email": f"{role}@gangbuk.example", "password": "suyu-maeul-bueok"}
    assert client.post("/log-in", data=typed).status_code == 302
    page = client.get("/me").get_data(as_text=True)
    mine = {
        "activist": "수유 마을부엌 거점",
        "producer": "완주로컬푸드협동조합",
        "steward": "거점 만들기",
    }
    assert mine.get(role, "안녕하세요") in page


@pytest.mark.parametrize(
    "address", ["https://gangbuk.example", "http://192.168.0.7:8000", "http://127.0.0.1.example"]
)
def test_a_node_that_others_reach_is_not_loaded(
    new_node: Callable[..., Node], address: str
) -> None:
    node = new_node(address=address)
    with pytest.raises(Refused, match="password everyone knows"):
        load(node)
    with node.db.read() as session:
        assert session.scalars(select(Person)).all() == []


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"]
)
def test_ones_own_machine_may_be_loaded(address: str) -> None:
    check_private(address)


@pytest.mark.parametrize("day", range(14))
def test_the_days_look_right_on_every_day_of_the_week(day: int) -> None:
    zone = ZoneInfo("Asia/Seoul")
    now = datetime(2026, 12, 21, 14, 59, tzinfo=UTC) + timedelta(days=day)  # nearly midnight
    data = example()
    hub = data["hubs"][0]
    earlier, running = (days_of(cycle, hub, now, zone) for cycle in data["cycles"])
    for days in (earlier, running):
        assert days.collect_from.astimezone(zone).weekday() == 3
        assert days.opens_at < days.cut_off < days.received < days.packed < days.collect_from
        assert f"{days.collect_from.astimezone(zone).day}일" in days.title
    assert earlier.settled < now
    assert running.opens_at < now < running.cut_off


def test_what_is_spread_lies_between(clock: FixedClock) -> None:
    first = clock.now()
    found = spread(3, first, first + timedelta(hours=4))
    assert found == [first + timedelta(hours=hours) for hours in (1, 2, 3)]
    assert spread(0, first, first) == []
