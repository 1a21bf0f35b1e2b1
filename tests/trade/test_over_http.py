"""Trade between two nodes as it really goes: signed letters from inbox to inbox, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from support.cast import Cast
from support.federated import Wire, copied, joined_once, near
from support.settling import Sold
from support.trading import GANGBUK, WANJU, Pair

from wizzle.core.models import Job
from wizzle.core.node import Node
from wizzle.core.outgoing import Answer, Failed
from wizzle.core.testing import FixedClock
from wizzle.core.work import work_once
from wizzle.federation.delivery.models import Arrived, Sent
from wizzle.plugins.market import cancel_by_hub
from wizzle.plugins.trade.books import actions as books
from wizzle.plugins.trade.books.models import NettingStatement
from wizzle.plugins.trade.orders import actions

PLUGINS = ("market", "assembly", "fund", "federation", "trade")


@dataclass
class Mail:
    """The real way between two nodes, in the place of the post that tests play with."""

    nodes: tuple[Node, ...]
    asking: list[str] = field(default_factory=list)

    def bring(self, **_: Any) -> int:
        return sum(work_once(node) for node in self.nodes)

    @property
    def refused(self) -> list[tuple[Any, str]]:
        found: list[tuple[Any, str]] = []
        for node in self.nodes:
            with node.db.read() as session:
                for row in session.scalars(select(Arrived).where(Arrived.state != "done")):
                    found.append((row, f"{row.kind} {row.state}: {row.note}"))
                for sent in session.scalars(select(Sent).where(Sent.state != "arrived")):
                    found.append((sent, f"{sent.kind} {sent.state}: {sent.answer}"))
                session.expunge_all()
        return found


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both nodes as they are before each test."""
    return joined_once(tmp_path_factory.mktemp("trade"), GANGBUK, WANJU, plugins=PLUGINS)


@pytest.fixture
def pair(tmp_path: Path, homes: Path, clock: FixedClock, wire: Wire) -> Iterator[Pair]:
    here, there = copied(homes, GANGBUK, tmp_path), copied(homes, WANJU, tmp_path)
    more: Any = {"clock": clock, "plugins": PLUGINS, "migrated": True}
    with (
        near(wire, here, GANGBUK, **more) as gangbuk,
        near(wire, there, WANJU, seed=2, **more) as wanju,
    ):
        mail: Any = Mail((gangbuk, wanju))
        yield Pair(Sold(gangbuk, Cast(gangbuk), clock), wanju, mail, Cast(wanju))


def test_from_basket_to_the_netted_month(pair, clock):
    pair.grow("대파", price=990, stock=10)
    pair.there.person("erin")
    pair.ordered({"alice": {"대파": 3}, "gina": {"대파": 1}}).settle_down()
    assert pair.states == ("accepted", "accepted")
    pair.ship()
    pair.settle_down()
    pair.sold.to("distributing")
    pair.settle_down()
    pair.sold.hand_over()
    pair.sold.settle()
    pair.settle_down()
    assert pair.states == ("settled", "settled")
    assert pair.mirrors() == (3366, -3366)


def test_what_is_owed_is_paid_and_the_month_agreed(pair, clock):
    pair.grow("대파", price=990, stock=10)
    pair.there.person("erin")
    pair.ordered({"alice": {"대파": 3}}).settle_down()
    pair.sold.to("distributing").hand_over()
    pair.sold.settle()
    pair.settle_down()
    owed = pair.mirrors()[0]
    pair.do(pair.gangbuk, books.pay, WANJU, owed, reference="11월", key="1", actor_id=None)
    pair.settle_down()
    payment = next(each for each in pair.bookings(pair.wanju) if each.kind == "payment")
    pair.do(pair.wanju, books.confirm, payment.id, arrived=True, actor_id=None)
    pair.settle_down()
    assert pair.mirrors() == (0, 0)
    clock.advance(days=9)
    pair.settle_down()
    assert pair.mirrors() == (0, 0)
    assert [stated(node) for node in (pair.gangbuk, pair.wanju)] == [[("2026-11", "accepted")]] * 2


def stated(node: Node) -> list[tuple[str, str]]:
    with node.db.read() as session:
        rows = session.execute(select(NettingStatement.month, NettingStatement.state))
        return [(row.month, row.state) for row in rows]


def test_too_little_stock_and_a_withdrawal_cross_the_wire(pair):
    pair.grow("대파", price=990, stock=2)
    pair.there.person("erin")
    pair.ordered({"alice": {"대파": 3}}).settle_down()
    assert pair.states == ("accepted", "accepted")
    assert pair.stock("대파") == 0
    with pair.wanju.db.write() as session:
        actions.decline(pair.wanju, session, pair.theirs.id, reason="weather", actor_id=pair.erin)
    pair.settle_down()
    assert pair.states == ("cancelled", "cancelled")
    assert pair.stock("대파") == 2
    assert pair.mirrors() == (0, 0)


# What a storm between two processes has brought to light


def no_letters_to(host: str):
    """Lose all letters to a node, while it can be asked."""

    def fault(method: str, url: str, _body: bytes) -> None:
        if method == "POST" and url.startswith(f"https://{host}/"):
            raise Failed("connect", host)

    return fault


def cancel_last(pair: Pair) -> None:
    order = pair.sold.waiting()[-1]
    pair.do(pair.gangbuk, cancel_by_hub, order.id, reason="못 옴", actor_id=pair.sold.dana)


def test_change_before_anything_was_answered(pair, clock, wire):
    pair.grow("대파", price=990, stock=10)
    pair.ordered({"alice": {"대파": 3}, "gina": {"대파": 1}})
    wire.fault = no_letters_to(WANJU)
    pair.post.bring()
    cancel_last(pair)
    pair.do(pair.gangbuk, actions.amend_now, pair.here.id, actor_id=pair.sold.dana)
    wire.fault = None
    clock.advance(minutes=11)
    pair.settle_down()
    assert pair.states == ("accepted", "accepted")
    assert pair.stock("대파") == 7


def test_nothing_is_wanted_any_more_before_the_offer_has_come(pair, clock, wire):
    pair.grow("대파", price=990, stock=10)
    pair.ordered({"alice": {"대파": 3}})
    wire.fault = no_letters_to(WANJU)
    pair.post.bring()
    cancel_last(pair)
    pair.do(pair.gangbuk, actions.amend_now, pair.here.id, actor_id=pair.sold.dana)
    clock.advance(minutes=11)
    pair.post.bring()  # its node says that it knows no such order: all is said once more
    wire.fault = None
    clock.advance(minutes=11)
    pair.settle_down()
    assert pair.states == ("cancelled", "cancelled")
    assert pair.stock("대파") == 10


def test_counter_offer_that_was_only_seen_is_taken(pair, clock, wire):
    pair.grow("대파", price=990, stock=10)
    pair.grow("감자", price=3000, stock=10)
    pair.change("대파", price=1200)
    wire.fault = no_letters_to(GANGBUK)
    pair.ordered({"alice": {"대파": 3, "감자": 1}})
    pair.post.bring()
    clock.advance(minutes=11)
    pair.post.bring()
    assert pair.states == ("countered", "countered")
    pair.do(pair.gangbuk, actions.drop_dearer, pair.here.id, actor_id=pair.sold.dana)
    pair.post.bring()
    wire.fault = None
    clock.advance(minutes=11)
    pair.settle_down()
    assert pair.states == ("accepted", "accepted")
    assert (pair.stock("대파"), pair.stock("감자")) == (10, 9)


def test_node_that_lets_us_not_read_is_asked_again(pair, clock, wire):
    pair.grow("대파", price=990, stock=10)

    def forbid(method: str, url: str, _body: bytes) -> Answer | None:
        return Answer(401, {}, b"", url) if url.startswith(f"https://{WANJU}/") else None

    wire.fault = forbid
    pair.ordered({"alice": {"대파": 3}})
    for _ in range(20):
        clock.advance(hours=1)
        pair.post.bring()
    assert pair.here.problem == "The producer's node does not answer. We keep asking."
    with pair.gangbuk.db.read() as session:
        looks = session.scalars(select(Job.state).where(Job.kind == "trade.look"))
        assert set(looks) == {"done", "waiting"}


def test_an_order_that_waits_to_be_delivered_is_not_written_again_and_again(pair, clock, wire):
    pair.grow("대파", price=990, stock=10)
    wire.fault = no_letters_to(WANJU)  # it can be asked, and says that it knows no such order
    pair.ordered({"alice": {"대파": 3}})
    for _ in range(30):
        clock.advance(minutes=11)
        pair.post.bring()
    with pair.gangbuk.db.read() as session:
        offers = [row for row in session.scalars(select(Sent)) if row.kind == "Offer"]
    assert [row.state for row in offers] == ["waiting"]
    wire.fault = None
    clock.advance(hours=3)
    pair.settle_down()
    assert pair.states == ("accepted", "accepted")
