"""Single weeks of a standing order: skipped, kept after all, or something else; and holidays."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ...catalog.rules import piece_price
from ...orders.rules import Orderer
from ..models import Holiday, StandingChange, StandingOrder, StandingRun
from ..queries import today
from ..rules import FAILED, MOST_HOLIDAYS, SKIP, SWAP, is_due, week_of
from .held import going_on, good_for

AHEAD = timedelta(days=366)
"""How far ahead a week can be changed and a holiday can reach."""


def skip_week(node: Node, session: Session, person: Orderer, uid: str, on: date) -> None:
    """Let nothing be made in the week of ``on``."""
    order = going_on(session, person.id, uid)
    change = _change(node, session, order, on)
    change.kind = SKIP
    change.product_id = change.quantity = change.price = change.unit_label = None
    session.add(change)


def swap_week(
    node: Node,
    session: Session,
    person: Orderer,
    uid: str,
    on: date,
    *,
    product_id: int,
    quantity: int,
) -> None:
    """Have something else made in the week of ``on``, at its price of today."""
    order = going_on(session, person.id, uid)
    good = good_for(session, product_id, quantity)
    if product_id == order.product_id:
        raise Refused("That is what you get anyway. Please choose something else.")
    change = _change(node, session, order, on)
    change.kind, change.product_id, change.quantity = SWAP, product_id, quantity
    change.price, change.unit_label = piece_price(good), good.unit_label
    session.add(change)


def keep_week(node: Node, session: Session, person: Orderer, uid: str, on: date) -> None:
    """Have the usual thing made in the week of ``on`` after all."""
    order = going_on(session, person.id, uid)
    change = _change(node, session, order, on)
    if change in session:
        session.delete(change)


def _change(node: Node, session: Session, order: StandingOrder, on: date) -> StandingChange:
    """Return what is said of a week, or a new saying; Refused when the week is not to be changed.

    The standing order is held, so that of two windows the second finds what the first has said.
    """
    last_day = week_of(on) + timedelta(days=6)
    if last_day < today(node) or on > today(node) + AHEAD:
        raise Refused("This week cannot be changed. Please choose one of those shown.")
    if not is_due(order.begins_on, order.every, max(on, order.begins_on)):
        raise Refused("Nothing is due in this week.")
    had = session.scalar(
        select(func.count()).where(
            StandingRun.standing_id == order.id,
            StandingRun.state != FAILED,
            StandingRun.collect_on.between(week_of(on), last_day),
        )
    )
    if had:
        raise Refused(
            "This week had its turn already. You can change or withdraw the order itself."
        )
    standing = session.get(StandingChange, (order.id, week_of(on)), populate_existing=True)
    return standing or StandingChange(standing_id=order.id, on=week_of(on))


def add_holiday(
    node: Node, session: Session, person: Orderer, from_on: date, until_on: date
) -> None:
    """Let none of a person's standing orders be made from one day until another, both included.

    The same days a second time change nothing.
    """
    if until_on < from_on:
        wrong = Message("The last day comes before the first.", {})
        raise Invalid({"until_on": [wrong]})
    if until_on < today(node) or until_on > today(node) + AHEAD:
        raise Invalid({"until_on": [Message("Please choose days within the next year.", {})]})
    mine = Holiday.person_id == person.id
    known = select(Holiday.id).where(mine, Holiday.from_on == from_on, Holiday.until_on == until_on)
    if session.scalar(known) is not None:
        return
    session.execute(delete(Holiday).where(mine, Holiday.until_on < today(node)))
    if (session.scalar(select(func.count()).where(mine)) or 0) >= MOST_HOLIDAYS:
        raise Refused("Please take an old holiday out first: %(most)s fit.", most=MOST_HOLIDAYS)
    session.add(Holiday(person_id=person.id, from_on=from_on, until_on=until_on))


def drop_holiday(session: Session, person: Orderer, holiday_id: int) -> None:
    """Take a holiday back; NotFound if it is none of this person's."""
    found = session.get(Holiday, holiday_id)
    if found is None or found.person_id != person.id:
        raise NotFound("There is no such holiday.")
    session.delete(found)
