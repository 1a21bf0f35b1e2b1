"""What has to be so when it is calm again, whatever happened before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from wizzle.core import ledger
from wizzle.core.models import Job
from wizzle.core.node import Node
from wizzle.federation.delivery.models import Arrived, Flight, Sent
from wizzle.federation.exchange.models import Followed
from wizzle.plugins.assembly.cycles.models import Cycle
from wizzle.plugins.market import Order, Product
from wizzle.plugins.trade.books.models import Booking
from wizzle.plugins.trade.goods.models import Catalogue
from wizzle.plugins.trade.orders.models import TradeLine, TradeOrder

from .farm import GOODS
from .money import stated

NOTHING_COMES = ("cancelled", "rejected", "expired")
OURS = ("trade.look", "trade.follow", "trade.expire", "federation.pull", "federation.freshen")


@dataclass(frozen=True)
class Seen:
    """An order as one side has it: its state, and units, price and count of each line."""

    state: str
    lines: tuple[tuple[int, int, int, int | None], ...]


def waits(node: Node, now: datetime) -> str:
    """Return what still waits at a node, "" if nothing does."""
    with node.db.read() as session:
        letters = session.scalar(select(func.count()).where(Sent.state == "waiting"))
        came = session.scalar(select(func.count()).where(Arrived.state == "waiting"))
        jobs = session.scalar(
            select(func.count()).where(Job.state == "waiting", Job.due_at <= now,
                                       Job.kind.in_(OURS))
        )  # fmt: skip
        rounds = session.scalar(select(func.count()).where(Cycle.state != "settled"))
        orders = session.scalar(
            select(func.count()).where(
                TradeOrder.state.in_(("draft", "offered", "countered", "amending", "disputed"))
            )
        )
        payments = session.scalar(select(func.count()).where(Booking.state == "waiting"))
    told = {
        "letters": letters,
        "payments": payments,
        "came": came,
        "jobs": jobs,
        "rounds": rounds,
        "orders": orders,
    }
    return ", ".join(f"{count} {name}" for name, count in told.items() if count)


def orders(node: Node) -> dict[str, Seen]:
    """Return all orders of a node by their references."""
    with node.db.read() as session:
        found = {}
        for order in session.scalars(select(TradeOrder)):
            rows = session.scalars(
                select(TradeLine).where(TradeLine.order_id == order.id).order_by(TradeLine.no)
            )
            lines = tuple((row.no, row.agreed, row.price, row.received) for row in rows)
            found[order.order_ref] = Seen(order.state, lines)
        return found


def faults(gangbuk: Node, wanju: Node) -> Iterator[str]:
    """Yield a sentence for each thing that is not as it has to be."""
    for name, node in (("gangbuk", gangbuk), ("wanju", wanju)):
        yield from (f"{name}: {fault}" for fault in _of_one(node))
    yield from _books(gangbuk, wanju)
    yield from _orders(gangbuk, wanju)
    yield from _asked(gangbuk)
    yield from _stock(wanju)
    yield from _copies(gangbuk, wanju)


def _of_one(node: Node) -> Iterator[str]:
    """What a node can be asked by itself."""
    with node.db.read() as session:
        if not (verified := ledger.verify(session)).ok:
            yield f"the ledger is wrong: {verified}"
        for dead in session.scalars(select(Sent).where(Sent.state != "arrived")):
            yield f"a letter is {dead.state}: {dead.kind} {dead.object_kind} {dead.reason}" + (
                f" {dead.answer}"
            )
        for came in session.scalars(select(Arrived).where(Arrived.state != "done")):
            yield f"what came is {came.state}: {came.kind} {came.object_kind} {came.note}"
        for job in session.scalars(select(Job).where(Job.state == "failed")):
            yield f"a job failed: {job.kind} {job.error}"
        if session.scalar(select(func.count()).select_from(Flight)):
            yield "a lane is still on its way"


def _books(gangbuk: Node, wanju: Node) -> Iterator[str]:
    """Each owes the other just as much less, in sum and event by event."""
    sums, events, refused = list[int](), list[dict[str, int]](), list[set[str]]()
    for node, other in ((gangbuk, wanju), (wanju, gangbuk)):
        host = other.settings.node.address.removeprefix("http://")
        with node.db.read() as session:
            sums.append(ledger.balance(session, ledger.account("peer", host)))
            booked = select(Booking).where(Booking.state == "booked")
            events.append({each.event_id: each.amount for each in session.scalars(booked)})
            refused.append(
                set(session.scalars(select(Booking.event_id).where(Booking.state == "refused")))
            )
            for each in session.scalars(select(Booking).where(Booking.state != "booked")):
                if (each.kind, each.state) != ("payment", "refused"):
                    yield f"an event is {each.state}: {each.kind} {each.reason}"
            for each in session.scalars(select(Booking).where(Booking.problem != "")):
                yield f"the other side has not heard of a {each.kind}"
    if sums[0] != -sums[1]:
        yield f"the mirrors are no opposites: {sums}"
    if events[0] != {event: -amount for event, amount in events[1].items()}:
        yield f"the events differ: {events}"
    if refused[0] != refused[1]:
        yield f"money that never came is known to one side alone: {refused}"
    last = stated(gangbuk)
    if last is None or (last.state, last.closing) != ("accepted", sums[0]):
        yield f"the last statement is {last and (last.state, last.closing)}, owed is {sums[0]}"


def _orders(gangbuk: Node, wanju: Node) -> Iterator[str]:
    """Neither side has an order that the other has not, or has otherwise."""
    here, there = orders(gangbuk), orders(wanju)
    for ref in here.keys() ^ there.keys():
        yield f"only one side knows the order {ref}: {here.get(ref) or there.get(ref)}"
    for ref in here.keys() & there.keys():
        if here[ref] != there[ref]:
            yield f"order {ref}: {here[ref]} here, {there[ref]} there"


def _asked(gangbuk: Node) -> Iterator[str]:
    """What residents have ordered was asked for, once for each round."""
    with gangbuk.db.read() as session:
        placed = set(session.scalars(select(Order.occasion).where(Order.state != "withdrawn")))
        asked = Counter(session.scalars(select(TradeOrder.occasion)))
    yield from (f"nobody has asked for {each}" for each in placed - asked.keys())
    yield from (f"{each} was asked for {n} times" for each, n in asked.items() if n != 1)


def _stock(wanju: Node) -> Iterator[str]:
    """What is left is what there was without what is agreed."""
    with wanju.db.read() as session:
        given: Counter[str] = Counter()
        agreed = (
            select(Product.name, TradeLine.agreed, TradeLine.held)
            .join(Product, Product.id == TradeLine.product_id)
            .join(TradeOrder, TradeOrder.id == TradeLine.order_id)
        )
        for row in session.execute(agreed.where(TradeOrder.state.not_in(NOTHING_COMES))):
            given[row.name] += row.agreed
            counted = GOODS[row.name].stock is not None
            if row.held != (row.agreed if counted else 0):
                yield f"{row.name}: {row.held} held, {row.agreed} agreed"
        for product in session.scalars(select(Product)):
            first = GOODS[product.name].stock
            left = None if first is None else first - given[product.name]
            if product.stock != left:
                yield f"{product.name}: {first} there were, {left} to be left, {product.stock} are"


def _copies(gangbuk: Node, wanju: Node) -> Iterator[str]:
    """The hub holds of the catalogue just what the farm publishes."""
    with wanju.db.read() as session:
        told = session.execute(select(Catalogue.seq, Catalogue.digest)).one()
    with gangbuk.db.read() as session:
        known: Any = session.execute(select(Followed.seq, Followed.digest)).one_or_none()
    digest = None if known is None else known.digest
    if known is None or known.seq != told.seq or digest not in (told.digest, told.digest.hex()):
        yield f"the copies are at {known}, the catalogue at {told}"
