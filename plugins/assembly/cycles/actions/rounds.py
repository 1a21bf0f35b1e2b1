"""Rounds: drafting one, and moving it from step to step, each step once and only forward."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from .....core.errors import NotFound, Refused
from .....core.facts import GoodsCounted
from .....core.models import Space
from .....core.node import Node
from ..models import Cycle, CycleStep, Offer, Part, Point
from ..rules import State, check_times, next_step
from . import notices, telling
from .deciding import decide_parts
from .held import locked, record
from .jobs import ask_opening
from .opening import prepare_opening, start
from .parts import move_parts
from .points import move_points


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
    cut_off, collect_from = cycle.cut_off, cycle.collect_from
    for name, value in asdict(plan).items():
        setattr(cycle, name, value)
    cycle.version += 1
    move_parts(session, cycle, cut_off)
    move_points(session, cycle, cycle.collect_from - collect_from)
    ask_opening(session, cycle)
    record(node, session, "changed", cycle_id, actor_id)
    return cycle


def discard_cycle(
    node: Node, session: Session, cycle_id: int, *, version: int, actor_id: int | None
) -> None:
    """Throw a round away that was never opened."""
    cycle = _held_draft(session, cycle_id, version)
    for table in (Offer, Part, Point):
        session.execute(delete(table).where(table.cycle_id == cycle_id))
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
        prepare_opening(node, session, cycle)
    cycle.state = to.value
    cycle.version += 1
    session.flush()
    _note_step(node, session, cycle, actor_id)
    record(node, session, to.value, cycle.id, actor_id)
    if to is State.OPEN:
        start(node, session, cycle)
    if to is State.CLOSED:
        decide_parts(node, session, cycle, actor_id=actor_id)
    if to is State.PACKED:
        counted = GoodsCounted(cycle.occasion, cycle.hub_id, node.clock.now())
        node.hooks.goods_counted(node=node, session=session, fact=counted)
    notices.tell(node, session, cycle)
    telling.tell(session, cycle, node.clock.now())
    return cycle


def _check_order(state: State, to: State) -> None:
    step = next_step(state)
    if step is not None and step.after is to:
        return
    if state.reached(to):
        raise Refused("This step was done already. Please look at the round again.")
    raise Refused("This round is not at that step yet.")


def _note_step(node: Node, session: Session, cycle: Cycle, actor_id: int | None) -> None:
    at = node.clock.now()
    session.add(CycleStep(cycle_id=cycle.id, state=cycle.state, at=at, actor_id=actor_id))
    session.flush()
