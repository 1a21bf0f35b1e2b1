"""Rounds: drafting one, and moving it from step to step, each step once and only forward."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import NotFound, Refused
from .....core.models import Space
from .....core.node import Node
from ....market import Product
from ..models import Cycle, CycleStep, Offer
from ..rules import State, check_times, next_step
from . import notices


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When a round takes orders and when these are collected."""

    title: str
    opens_at: datetime
    cut_off: datetime
    collect_from: datetime
    collect_until: datetime

    def check(self) -> None:
        """Raise ``Invalid`` unless the times follow each other."""
        check_times(self.opens_at, self.cut_off, self.collect_from, self.collect_until)


def locked(session: Session, cycle_id: int, *, shared: bool = False) -> Cycle:
    """Return the cycle, locked until the transaction ends so that nobody moves it meanwhile.

    ``shared``: others may hold it so at the same time; for what needs the state to stay as it is.
    """
    cycle = session.scalars(
        select(Cycle)
        .where(Cycle.id == cycle_id)
        .with_for_update(read=shared)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if cycle is None:
        raise NotFound("There is no such round.")
    return cycle


def draft_cycle(
    node: Node, session: Session, hub_id: int, plan: Plan, *, actor_id: int | None
) -> Cycle:
    """Make a round of this hub; nobody else sees it before it is opened."""
    plan.check()
    hub = session.get(Space, hub_id)
    if hub is None or hub.kind != "hub":
        raise NotFound("There is no such hub.")
    rates = node.settings.rates
    cycle = Cycle(
        hub_id=hub_id,
        **asdict(plan),
        place=hub.name,
        address=hub.address,
        activist_bp=rates.activist_bp,
        centre_bp=rates.centre_bp,
        created_at=node.clock.now(),
    )
    session.add(cycle)
    session.flush()
    _note_step(node, session, cycle, actor_id)
    record(node, session, "drafted", cycle.id, actor_id, title=cycle.title)
    return cycle


def change_cycle(
    node: Node, session: Session, cycle_id: int, plan: Plan, *, version: int, actor_id: int | None
) -> Cycle:
    """Change a round that is not open yet; Refused if it was changed after ``version``."""
    plan.check()
    cycle = _held_draft(session, cycle_id, version)
    for name, value in asdict(plan).items():
        setattr(cycle, name, value)
    cycle.version += 1
    record(node, session, "changed", cycle_id, actor_id)
    return cycle


def discard_cycle(
    node: Node, session: Session, cycle_id: int, *, version: int, actor_id: int | None
) -> None:
    """Throw a round away that was never opened."""
    cycle = _held_draft(session, cycle_id, version)
    session.execute(delete(Offer).where(Offer.cycle_id == cycle_id))
    session.execute(delete(CycleStep).where(CycleStep.cycle_id == cycle_id))
    session.delete(cycle)
    record(node, session, "discarded", cycle_id, actor_id, title=cycle.title)


def _held_draft(session: Session, cycle_id: int, version: int) -> Cycle:
    cycle = locked(session, cycle_id)
    if cycle.state != State.DRAFT:
        raise Refused("This round is open already. What was promised stays as it is.")
    _check_version(cycle, version)
    return cycle


def _check_version(cycle: Cycle, version: int | None) -> None:
    if version is not None and cycle.version != version:
        raise Refused("This round was changed in another window. Please look at it again.")


def advance(
    node: Node,
    session: Session,
    cycle_id: int,
    to: State | str,
    *,
    actor_id: int | None,
    version: int | None = None,
) -> Cycle:
    """Take the step that leads a round into the state ``to``; Refused if it is not the next one.

    Of two who press at once only one does it; ``version`` refuses what was shown before a change.
    """
    return enter(node, session, locked(session, cycle_id), to, actor_id=actor_id, version=version)


def enter(
    node: Node,
    session: Session,
    cycle: Cycle,
    to: State | str,
    *,
    actor_id: int | None,
    version: int | None = None,
) -> Cycle:
    """Bring a round that is ``locked`` into its next state, and do what the step promises.

    The last step only marks it as settled: whoever splits the money does both in one transaction.
    """
    to = State(to)
    _check_order(State(cycle.state), to)
    _check_version(cycle, version)
    if to is State.OPEN:
        _prepare_opening(node, session, cycle)
    cycle.state = to.value
    cycle.version += 1
    session.flush()
    _note_step(node, session, cycle, actor_id)
    record(node, session, to.value, cycle.id, actor_id)
    notices.tell(node, session, cycle)
    return cycle


def _check_order(state: State, to: State) -> None:
    step = next_step(state)
    if step is not None and step.after is to:
        return
    if state.reached(to):
        raise Refused("This step was done already. Please look at the round again.")
    raise Refused("This round is not at that step yet.")


def _prepare_opening(node: Node, session: Session, cycle: Cycle) -> None:
    check_times(cycle.opens_at, cycle.cut_off, cycle.collect_from, cycle.collect_until)
    if cycle.cut_off <= node.clock.now():
        raise Refused("The cut-off of this round is over. Please set its times anew.")
    if session.get_one(Space, cycle.hub_id).closed_at is not None:
        raise Refused("This hub is closed. A steward can open it again.")
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


def _note_step(node: Node, session: Session, cycle: Cycle, actor_id: int | None) -> None:
    at = node.clock.now()
    session.add(CycleStep(cycle_id=cycle.id, state=cycle.state, at=at, actor_id=actor_id))
    session.flush()


def record(
    node: Node, session: Session, what: str, cycle_id: int, actor_id: int | None, **details: Any
) -> None:
    """Write in the audit log what was done with a round."""
    audit.record(
        session,
        f"assembly.cycle.{what}",
        at=node.clock.now(),
        person_id=actor_id,
        subject=("cycle", cycle_id),
        **details,
    )
