"""On which terms producers take part in a round: their own cut-off, minimum, and rule below it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Cycle, Offer, Part
from ..queries import ordered_of
from ..rules import Below, State, Terms, check_promise, own_cut_off, part_cut_off, shown_state
from .held import locked, record
from .jobs import ask_decision, ask_reminders


def keep_parts(session: Session, cycle_id: int) -> None:
    """Make a part for each producer with offers in the round, and drop those without any."""
    sellers = set(session.scalars(select(Offer.seller_id).where(Offer.cycle_id == cycle_id)))
    known = set(session.scalars(select(Part.seller_id).where(Part.cycle_id == cycle_id)))
    if gone := known - sellers:
        session.execute(delete(Part).where(Part.cycle_id == cycle_id, Part.seller_id.in_(gone)))
    if new := sorted(sellers - known):
        session.execute(insert(Part), [{"cycle_id": cycle_id, "seller_id": each} for each in new])


def terms_of_part(part: Part) -> Terms:
    """Return the terms of a part as a value."""
    return Terms(
        cut_off=part.cut_off,
        minimum_won=part.minimum_won,
        minimum_units=part.minimum_units,
        below=Below(part.below),
    )


def set_terms(
    node: Node, session: Session, cycle_id: int, seller_id: int, terms: Terms, *,
    actor_id: int | None,
) -> None:  # fmt: skip
    """Set the terms on which a producer takes part.

    Once the round is open, a cut-off must lie ahead, and terms at which somebody has ordered
    become no harder; once it was decided, nothing moves. A cut-off at the round's own is no own.
    """
    cycle = locked(session, cycle_id)
    part = session.get(Part, (cycle_id, seller_id), populate_existing=True)
    if part is None:
        raise NotFound("This producer has no part in the round.")
    _check_changeable(node, cycle, part)
    terms.check(cycle.opens_at, cycle.cut_off)
    if cycle.state == State.OPEN:
        _check_open(node, session, cycle, part, terms)
    part.cut_off = None if terms.cut_off == cycle.cut_off else terms.cut_off
    part.minimum_won, part.minimum_units = terms.minimum_won, terms.minimum_units
    part.below = terms.below.value
    cycle.version += 1
    session.flush()
    record(node, session, "terms", cycle_id, actor_id, seller_id=seller_id,
           minimum_won=terms.minimum_won, minimum_units=terms.minimum_units,
           below=terms.below.value,
           cut_off=part.cut_off.isoformat() if part.cut_off else None)  # fmt: skip
    if cycle.state == State.OPEN:
        end = part_cut_off(part.cut_off, cycle.cut_off)
        ask_decision(session, cycle, end)
        ask_reminders(node, session, cycle, end)


def _check_changeable(node: Node, cycle: Cycle, part: Part) -> None:
    now = node.clock.now()
    state = shown_state(State(cycle.state), cycle.cut_off, now)
    over = state is State.OPEN and part_cut_off(part.cut_off, cycle.cut_off) <= now
    if state not in {State.DRAFT, State.OPEN} or part.outcome is not None or over:
        raise Refused("The cut-off of this producer is over. Its terms stay as they are.")


def _check_open(node: Node, session: Session, cycle: Cycle, part: Part, terms: Terms) -> None:
    if terms.cut_off is not None and terms.cut_off <= node.clock.now():
        raise Invalid({"cut_off": [Message("The cut-off must lie ahead.", {})]})
    if ordered_of(session, cycle.id, part.seller_id).units:
        check_promise(terms_of_part(part), terms)


def move_parts(session: Session, cycle: Cycle, before: datetime) -> None:
    """Let the producers' own cut-offs move along with a draft that ended at ``before``, as long
    before its end as they were; one for which there is no room becomes the round's."""
    for part in session.scalars(select(Part).where(Part.cycle_id == cycle.id)):
        part.cut_off = own_cut_off(part.cut_off, before, cycle.opens_at, cycle.cut_off)
    session.flush()


def copy_parts(session: Session, source: Cycle, target: Cycle) -> None:
    """Give the producers of a draft the terms that they had in another round."""
    known = session.scalars(select(Part).where(Part.cycle_id == source.id))
    terms = {part.seller_id: part for part in known}
    for part in session.scalars(select(Part).where(Part.cycle_id == target.id)):
        old = terms.get(part.seller_id)
        if old is None:
            continue
        part.minimum_won, part.minimum_units = old.minimum_won, old.minimum_units
        part.below = old.below
        part.cut_off = own_cut_off(old.cut_off, source.cut_off, target.opens_at, target.cut_off)
    session.flush()
