"""One person's standing orders at one occasion: what can be had is ordered, the rest is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from .....core import members
from .....core.models import Person
from .....core.node import Node
from .....core.values import Message
from ...orders.actions import Short, change_order, place_order, ways_to_pay
from ...orders.actions.letters import Foreword
from ...orders.models import Order, OrderLine
from ...orders.queries import goods
from ...orders.rules import AT_COLLECTION, PLACED, Good, Item, refusal, why_no_more
from ..models import StandingRun
from ..queries import Due, standing_at
from ..rules import FAILED, MADE, SKIPPED, Opening, kept
from .fits import Fit, Problems, fits_of
from .letters import Told, failed_letter, foreword

_RUNS: Table = StandingRun.__table__  # type: ignore[assignment]


def serve(
    node: Node,
    opening: Opening,
    person_id: int,
    problems: Problems,
    again: bool,
    session: Session,
) -> None:
    """Make what is due of this person at an occasion, one order a place and way to pay, and write
    what became of each standing order. Raises what placing raises: then nothing is done."""
    person = members.stays(session, person_id)
    if person is None:
        return
    due, skipped = [], []
    for standing in standing_at(session, opening, person_id, again=again):
        if standing.why_skipped is None:
            due.append(Due.of(standing))
        else:
            skipped.append(Fit(Due.of(standing), 0, standing.why_skipped))
    _write(node, session, opening, skipped, None, SKIPPED)
    if not due:
        return
    by_way = _by_way(node)
    due.sort(key=by_way)
    for (host_id, payment), group in groupby(due, key=by_way):
        _at_host(node, session, opening, person, (host_id, payment), list(group), problems)


def _by_way(node: Node) -> Callable[[Due], tuple[int, str]]:
    """Say of what is due where it is collected and how it is paid: at collection if the way that
    was chosen is off now, so that nobody goes without for it."""
    offered = {each.name for each in ways_to_pay(node)}

    def way(each: Due) -> tuple[int, str]:
        order = each.standing.order
        return order.host_id, order.payment if order.payment in offered else AT_COLLECTION

    return way


def _at_host(
    node: Node,
    session: Session,
    opening: Opening,
    person: Person,
    way: tuple[int, str],
    due: Sequence[Due],
    problems: Problems,
) -> None:
    found = goods(session, {each.product_id for each in due})
    fits = fits_of(node, session, opening, due, found, problems)
    told = [Told(fit.due.quantity, fit.quantity, fit.problem, _name(fit, found)) for fit in fits]
    having = [fit for fit in fits if fit.quantity]
    order, said = _order(node, session, opening, person, way, having, foreword(node, told))
    _write(node, session, opening, fits, order)
    # What failed before was told then: a try again brings no second letter on it.
    fresh = [f.due.standing.order.id for f in fits if f.problem and f.due.standing.run is None]
    if fresh and not said:
        failed_letter(node, session, person, opening, told, min(fresh), nothing=order is None)


def _name(fit: Fit, found: Mapping[int, Good]) -> str:
    good = found.get(fit.due.product_id)
    return f"{good.name} {good.unit_label}" if good else ""


def _order(
    node: Node,
    session: Session,
    opening: Opening,
    person: Person,
    way: tuple[int, str],
    fits: Sequence[Fit],
    before: Foreword,
) -> tuple[Order | None, bool]:
    """Order what can be had, in the one order of this occasion: a new one, or what stands of it.

    Return it, and whether its letter says all that ``before`` does: the one of a new order.
    """
    if not fits:
        return None, False
    items = _items(fits)
    host_id, payment = way
    key = opening.key(host_id, payment)
    standing = session.scalars(
        select(Order).where(Order.person_id == person.id, Order.key == key)
    ).one_or_none()
    if standing is None:
        placed = place_order(
            node, session, person, occasion=opening.occasion, items=items, key=key,
            payment=payment, host_id=host_id, foreword=before,
        )  # fmt: skip
        return placed, True
    _add(node, session, person, standing, items)
    return standing, False


def _items(fits: Sequence[Fit]) -> list[Item]:
    items: dict[int, Item] = {}
    for fit in fits:
        known = items.get(fit.due.product_id)
        if known is None:
            items[fit.due.product_id] = Item(fit.due.product_id, fit.quantity, fit.due.if_short)
        else:
            total = known.quantity + fit.quantity
            items[fit.due.product_id] = replace(known, quantity=total)
    return list(items.values())


def _add(node: Node, session: Session, person: Person, order: Order, items: Sequence[Item]) -> None:
    """Put more into an order that this occasion's standing orders made before.

    What somebody has put into it by hand since is not ordered a second time.
    """
    if order.state != PLACED:
        raise refusal(why_no_more(order.state))
    lines = session.execute(
        select(OrderLine.product_id, OrderLine.product_name, OrderLine.quantity).where(
            OrderLine.order_id == order.id
        )
    ).all()
    names = {line.product_id: line.product_name for line in lines}
    double = {
        item.product_id: Message(
            "%(name)s is in your order of this round already.", {"name": names[item.product_id]}
        )
        for item in items
        if item.product_id in names
    }
    if double:
        raise Short(double)
    keep = [Item(line.product_id, line.quantity) for line in lines]
    change_order(node, session, person, order.id, [*keep, *items], version=order.version)


def _write(
    node: Node,
    session: Session,
    opening: Opening,
    fits: Sequence[Fit],
    order: Order | None,
    state: str | None = None,
) -> None:
    """Write what became of standing orders, over what a try before has left."""
    new = []
    for fit in fits:
        standing, run = fit.due.standing.order, fit.due.standing.run
        made = fit.quantity > 0
        row = {
            "title": opening.title[:200],
            "collect_on": opening.on,
            "host_id": standing.host_id,
            "state": state or (MADE if made else FAILED),
            "order_id": order.id if made and order is not None else None,
            "product_id": fit.due.product_id,
            "wanted": fit.due.quantity,
            "quantity": fit.quantity,
            "at": node.clock.now(),
            **kept(fit.problem),
        }
        if run is None:
            new.append({"standing_id": standing.id, "occasion": opening.occasion, **row})
            continue
        for name, value in row.items():
            setattr(run, name, value)
    if new:
        session.execute(insert(_RUNS), new)
