"""What is due at an occasion: whose standing orders, and of each what and how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, exists, select
from sqlalchemy.orm import Session

from .....core.answers import SaleTerms
from .....core.node import Node
from .....core.values import Message
from ...orders.queries import terms_of
from ...orders.rules import IfShort, places_of, shop_of
from ..models import Holiday, StandingChange, StandingOrder, StandingRun
from ..rules import ACTIVE, FAILED, MADE, SKIP, Opening, is_due, week_of

AnyRow = Row[*tuple[Any, ...]]


def today(node: Node) -> date:
    """Return the day that it is where the node is."""
    return node.clock.now().astimezone(ZoneInfo(node.settings.node.time_zone)).date()


def opening_of(node: Node, session: Session, occasion: str) -> Opening | None:
    """Return an occasion that standing orders can join, None if there is none of this name."""
    terms = terms_of(node, session, occasion)
    return None if terms is None else opening(node, terms)


def opening(node: Node, terms: SaleTerms) -> Opening | None:
    """Return the terms of a round as an opening; a shop has no rounds to join."""
    if shop_of(terms.occasion) is not None or terms.collect_from is None:
        return None
    on = terms.collect_from.astimezone(ZoneInfo(node.settings.node.time_zone)).date()
    hosts = tuple(place.host_id for place in places_of(terms))
    return Opening(terms.occasion, terms.title, hosts, on)


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing order as it was held, with what was said of the week and what became of it."""

    order: StandingOrder
    run: StandingRun | None
    change: StandingChange | None
    made: bool
    away: bool

    @property
    def why_skipped(self) -> Message | None:
        """Why nothing is to be made this week, None if something is."""
        if self.change is not None and self.change.kind == SKIP:
            return Message("You skipped this week.", {})
        return Message("You are on holiday.", {}) if self.away else None


@dataclass(frozen=True, slots=True)
class Due:
    """So many of a product for one standing order, at the price that was agreed."""

    standing: Standing
    product_id: int
    quantity: int
    price: int
    unit_label: str

    @property
    def if_short(self) -> IfShort:
        order = self.standing.order
        return IfShort(order.wish, order.substitute_up_to)

    @classmethod
    def of(cls, standing: Standing) -> Due:
        """Return what is due: the week's own wish if there is one."""
        order, change = standing.order, standing.change
        if change is None or change.product_id is None:
            return cls(standing, order.product_id, order.quantity, order.price, order.unit_label)
        return cls(
            standing,
            change.product_id,
            change.quantity or 0,
            change.price or 0,
            change.unit_label or "",
        )


def people_at(
    session: Session, opening: Opening, *, again: bool, after: int = 0, limit: int
) -> Sequence[int]:
    """Return the next people who have a standing order that was not tried at this occasion yet.

    ``again``: also those of whose orders some failed.
    """
    return session.scalars(
        select(StandingOrder.person_id)
        .where(*_joining(opening), ~served(opening, again=again), StandingOrder.person_id > after)
        .distinct()
        .order_by(StandingOrder.person_id)
        .limit(limit)
    ).all()


def served(opening: Opening, *, again: bool) -> ColumnElement[bool]:
    """Return the condition that a standing order had its turn at an occasion."""
    run = (StandingRun.standing_id == StandingOrder.id, StandingRun.occasion == opening.occasion)
    return exists().where(*run, *([StandingRun.state != FAILED] if again else []))


def _joining(opening: Opening) -> tuple[ColumnElement[bool], ...]:
    return (
        StandingOrder.host_id.in_(opening.host_ids),
        StandingOrder.state == ACTIVE,
        StandingOrder.begins_on <= opening.on,
    )


def standing_at(
    session: Session, opening: Opening, person_id: int, *, again: bool
) -> list[Standing]:
    """Return a person's standing orders that are due at this occasion, held until the end."""
    held = session.scalars(
        _held().where(
            *_joining(opening),
            ~served(opening, again=again),
            StandingOrder.person_id == person_id,
        )
    ).all()
    due = [order for order in held if is_due(order.begins_on, order.every, opening.on)]
    return [each for each in _with_week(session, opening, person_id, due) if not each.made]


def _held() -> Select[StandingOrder]:
    return (
        select(StandingOrder)
        .order_by(StandingOrder.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _with_week(
    session: Session, opening: Opening, person_id: int, due: Sequence[StandingOrder]
) -> list[Standing]:
    if not due:
        return []
    ids, week = [order.id for order in due], week_of(opening.on)
    runs = session.scalars(
        select(StandingRun).where(StandingRun.standing_id.in_(ids), StandingRun.collect_on >= week)
    ).all()
    changes = session.scalars(
        select(StandingChange).where(StandingChange.standing_id.in_(ids), StandingChange.on == week)
    ).all()
    away = session.scalar(
        select(
            exists().where(
                Holiday.person_id == person_id,
                Holiday.from_on <= opening.on,
                Holiday.until_on >= opening.on,
            )
        )
    )
    here = {run.standing_id: run for run in runs if run.occasion == opening.occasion}
    made = {r.standing_id for r in runs if r.state == MADE and week_of(r.collect_on) == week}
    wishes = {change.standing_id: change for change in changes}
    return [
        Standing(order, here.get(order.id), wishes.get(order.id), order.id in made, bool(away))
        for order in due
        if not _had_turn(here.get(order.id))
    ]


def _had_turn(run: StandingRun | None) -> bool:
    """Say whether an occasion was done with while we waited to hold the standing order."""
    return run is not None and run.state != FAILED
