"""The cut-off of producers: whether what was ordered of each is enough, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.facts import SellerClosed
from .....core.node import Node
from ....market import cancel_lines, order_lines
from ..models import Carried, Cycle, Part
from ..queries import AnyRow, ordered_of
from ..rules import Outcome, State, Verdict, decide, part_cut_off
from .carrying import ask_carrying
from .held import locked, record
from .notices import tell_producers
from .parts import terms_of_part
from .verdicts import tell_verdicts


def decide_parts(
    node: Node, session: Session, cycle: Cycle, *, actor_id: int | None = None
) -> list[Part]:
    """Decide on the producers whose cut-off is over, all if the round, which is ``locked``, is
    closed; return them. Who was decided on already stays as it is.

    Below the minimum, all lines of the producer are cancelled, and noted to be carried over if
    that is the rule. Every resident concerned gets one mail.
    """
    due = [part for part in _undecided(session, cycle) if _is_due(node, cycle, part)]
    verdicts = [_decide(node, session, cycle, part, actor_id) for part in due]
    _cancel(node, session, cycle, verdicts)
    tell_verdicts(node, session, cycle, [each for each in verdicts if each.terms.has_minimum])
    # Whoever closes before the round does has to know at once what to bring.
    early = [each.seller_id for each in verdicts if each.terms.cut_off and not each.gone]
    tell_producers(node, session, cycle, early)
    for each in verdicts:
        if not each.gone and each.lines:
            _tell_closed(node, session, cycle, each.seller_id)
    return due


def _tell_closed(node: Node, session: Session, cycle: Cycle, seller_id: int) -> None:
    """Tell that what was ordered of a producer stands and is to come."""
    zone = ZoneInfo(node.settings.node.time_zone)
    fact = SellerClosed(
        occasion=cycle.occasion,
        title=cycle.title,
        hub_id=cycle.hub_id,
        seller_id=seller_id,
        collect_on=cycle.collect_from.astimezone(zone).date(),
        at=node.clock.now(),
    )
    node.hooks.seller_closed(node=node, session=session, fact=fact)


def work_cut_off(node: Node, payload: Mapping[str, Any]) -> None:
    """Decide what is due by the clock in a round that takes orders; otherwise nothing is."""
    with node.db.write() as session:
        cycle = locked(session, int(payload["cycle_id"]))
        if cycle.state == State.OPEN:
            decide_parts(node, session, cycle)


def _undecided(session: Session, cycle: Cycle) -> Sequence[Part]:
    return session.scalars(
        select(Part)
        .where(Part.cycle_id == cycle.id, Part.outcome.is_(None))
        .order_by(Part.seller_id)
        .execution_options(populate_existing=True)
    ).all()


def _is_due(node: Node, cycle: Cycle, part: Part) -> bool:
    closed = State(cycle.state).reached(State.CLOSED)
    return closed or part_cut_off(part.cut_off, cycle.cut_off) <= node.clock.now()


def _decide(
    node: Node, session: Session, cycle: Cycle, part: Part, actor_id: int | None
) -> Verdict:
    terms, ordered = terms_of_part(part), ordered_of(session, cycle.id, part.seller_id)
    outcome = decide(terms, ordered)
    part.outcome, part.decided_at = outcome.value, node.clock.now()
    session.flush()
    record(node, session, "decided", cycle.id, actor_id, seller_id=part.seller_id,
           outcome=outcome.value, won=ordered.won, units=ordered.units)  # fmt: skip
    lines = order_lines(session, cycle.occasion, seller_id=part.seller_id, states=("placed",))
    coming = [line for line in lines if line.delivered]
    return Verdict(part.seller_id, terms, ordered, outcome, coming)


def _cancel(node: Node, session: Session, cycle: Cycle, verdicts: Iterable[Verdict]) -> None:
    """Cancel the lines that do not come; what is carried over is noted as waiting."""
    for outcome in (Outcome.CANCELLED, Outcome.CARRIED):
        lines = [line for each in verdicts if each.outcome is outcome for line in each.lines]
        if not lines:
            continue
        carried = outcome is Outcome.CARRIED
        ids = [line.line_id for line in lines]
        if carried:
            session.add_all([_carried(node, cycle, line) for line in lines])
            ask_carrying(node, session, cycle)
        cancel_lines(node, session, cycle.occasion, ids, carried=carried)


def _carried(node: Node, cycle: Cycle, line: AnyRow) -> Carried:
    return Carried(
        line_id=line.line_id,
        hub_id=cycle.hub_id,
        from_cycle_id=cycle.id,
        person_id=line.person_id,
        product_id=line.product_id,
        quantity=line.delivered,
        at=node.clock.now(),
    )
