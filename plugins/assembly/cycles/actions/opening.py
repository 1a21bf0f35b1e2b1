"""Opening a round: what has to be right before, and what begins with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.facts import OccasionOpened
from .....core.models import Space
from .....core.node import Node
from ....market import Product
from ..models import Cycle, Offer, Part, Point, Schedule
from ..rules import State, check_times, part_cut_off
from .held import locked
from .jobs import BEGIN, CARRY, ask_decision, ask_for, ask_reminders


def prepare_opening(node: Node, session: Session, cycle: Cycle) -> None:
    """Refuse to open a round that is not ready; its rates stand fixed from then on."""
    check_times(cycle.opens_at, cycle.cut_off, cycle.collect_from, cycle.collect_until)
    if cycle.cut_off <= node.clock.now():
        raise Refused("The cut-off of this round is over. Please set its times anew.")
    if session.get_one(Space, cycle.hub_id).closed_at is not None:
        raise Refused("This hub is closed. A steward can open it again.")
    _check_parts(node, session, cycle)
    offered = session.scalar(
        select(func.count())
        .select_from(Offer)
        .join(Product, Product.id == Offer.product_id)
        .where(Offer.cycle_id == cycle.id, Product.listed)
    )
    if not offered:
        raise Refused("Please choose at least one producer with a product first.")
    rates = node.settings.rates
    cycle.activist_bp, cycle.centre_bp = rates.activist_bp, rates.centre_bp


def _check_parts(node: Node, session: Session, cycle: Cycle) -> None:
    over = session.scalar(
        select(Space.name)
        .join(Part, Part.seller_id == Space.id)
        .where(Part.cycle_id == cycle.id, Part.cut_off <= node.clock.now())
        .limit(1)
    )
    if over is not None:
        raise Refused("The own cut-off of %(name)s is over. Please set it anew.", name=over)
    closed = session.scalar(
        select(Space.name)
        .join(Point, Point.hub_id == Space.id)
        .where(Point.cycle_id == cycle.id, Space.closed_at.is_not(None))
        .limit(1)
    )
    if closed is not None:
        raise Refused("%(name)s is closed. Please take it out of the round.", name=closed)


def start(node: Node, session: Session, cycle: Cycle) -> None:
    """Ask for all that a round brings about by the clock, now that it is open."""
    if cycle.schedule_id is not None:
        session.get_one(Schedule, cycle.schedule_id).problem = ""
    for at in cut_offs_of(session, cycle):
        ask_decision(session, cycle, at)
        ask_reminders(node, session, cycle, at)
    if cycle.opens_at <= node.clock.now():
        begin(node, session, cycle)
    else:
        ask_for(session, BEGIN, f"{cycle.id}", cycle.opens_at, cycle_id=cycle.id)


def cut_offs_of(session: Session, cycle: Cycle) -> list[datetime]:
    """Return the instants at which orders of some or all producers of a round end, in order."""
    own = session.scalars(select(Part.cut_off).where(Part.cycle_id == cycle.id))
    return sorted({cycle.cut_off, *(part_cut_off(each, cycle.cut_off) for each in own)})


def begin(node: Node, session: Session, cycle: Cycle) -> None:
    """Tell others that a round takes orders from now on, and place what was carried over to it."""
    points = session.scalars(
        select(Point.hub_id).where(Point.cycle_id == cycle.id).order_by(Point.hub_id)
    )
    zone = ZoneInfo(node.settings.node.time_zone)
    node.hooks.occasion_opened(
        node=node,
        session=session,
        fact=OccasionOpened(
            occasion=cycle.occasion,
            title=cycle.title,
            host_ids=(cycle.hub_id, *points),
            collect_on=cycle.collect_from.astimezone(zone).date(),
            cut_off=cycle.cut_off,
        ),
    )
    ask_for(session, CARRY, f"{cycle.id}", node.clock.now(), cycle_id=cycle.id)


def work_begin(node: Node, payload: Mapping[str, Any]) -> None:
    """Begin a round that was opened before its time, if it still takes orders."""
    with node.db.write() as session:
        cycle = locked(session, int(payload["cycle_id"]))
        if cycle.state == State.OPEN:
            begin(node, session, cycle)
