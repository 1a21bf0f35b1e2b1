"""Telling shortly before a cut-off, to those who have something to lose by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.language import when
from .....core.models import Person
from .....core.node import Node
from .....core.notices import tell
from ....market import Order, OrderLine, baskets_at
from ...kinds import NEAR
from ..models import Cycle, Part
from ..rules import State, part_cut_off
from .about import about
from .held import locked


def work_near(node: Node, payload: Mapping[str, Any]) -> None:
    """Write to those with something in their basket or ordered for whom this cut-off is near.

    Once for each person and cut-off; nobody is written to if it was moved or is over.
    """
    cut_off = datetime.fromisoformat(str(payload["cut_off"]))
    with node.db.write() as session:
        cycle = locked(session, int(payload["cycle_id"]), shared=True)
        if cycle.state != State.OPEN or cut_off <= node.clock.now():
            return
        sellers = _sellers(session, cycle, cut_off)
        if not sellers:
            return
        for person, basket in _concerned(session, cycle, sellers):
            _tell(node, session, cycle, cut_off, person, basket=basket)


def _sellers(session: Session, cycle: Cycle, cut_off: datetime) -> list[int]:
    """Return the producers whose orders end at this very cut-off."""
    parts = session.execute(
        select(Part.seller_id, Part.cut_off).where(
            Part.cycle_id == cycle.id, Part.outcome.is_(None)
        )
    )
    return [
        each.seller_id for each in parts if part_cut_off(each.cut_off, cycle.cut_off) == cut_off
    ]


def _concerned(session: Session, cycle: Cycle, sellers: Sequence[int]) -> list[tuple[Person, bool]]:
    """Return the people with goods of these sellers, and whether any lie only in the basket."""
    baskets = set(baskets_at(session, cycle.occasion, sellers))
    ordered = set(
        session.scalars(
            select(Order.person_id)
            .join(OrderLine, OrderLine.order_id == Order.id)
            .where(
                OrderLine.occasion == cycle.occasion,
                OrderLine.seller_id.in_(sellers),
                Order.state == "placed",
            )
        )
    )
    people = session.scalars(
        select(Person)
        .where(Person.id.in_(baskets | ordered), Person.blocked_at.is_(None))
        .order_by(Person.id)
    )
    return [(person, person.id in baskets) for person in people]


def _tell(
    node: Node, session: Session, cycle: Cycle, cut_off: datetime, person: Person, *, basket: bool
) -> None:
    say = partial(node.catalogues.tongue(person.language).pgettext, "round")
    time = when(cut_off, ZoneInfo(node.settings.node.time_zone), person.language)
    if basket:
        subject = say("Something still lies in your basket: orders until %(time)s", time=time)
        text = [
            say("What lies in your basket for the round %(title)s is not ordered yet.",
                title=cycle.title),
            say("You can order it until %(time)s.", time=time),
        ]  # fmt: skip
    else:
        subject = say("You can still change your order until %(time)s", time=time)
        text = [
            say("What you ordered in the round %(title)s stands.", title=cycle.title),
            say("Until %(time)s you can still add, change or withdraw something.", time=time),
        ]
    key = f"assembly:near:{cycle.id}:{cut_off.isoformat()}"
    url = "/basket" if basket else "/orders"
    tell(node, session, person.id,
         about(cycle, NEAR, subject, text, key=key, url=url, until=cut_off))  # fmt: skip
