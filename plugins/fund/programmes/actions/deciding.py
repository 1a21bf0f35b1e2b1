"""Freezing the list with its money, and binding what was decided: the earmarks of the winners."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.errors import Invalid, Refused
from .....core.node import Node
from .....core.values import Message, Won
from ...carrying.actions import begin
from ...carrying.rules import Step
from ...earmarks.actions import Move, account_of, close, open_for, shift
from ...earmarks.models import Earmark
from ..models import BallotLine, Programme, Proposal
from ..queries import on_ballot
from ..rules import (
    BY_COMMITTEE,
    CARRYING,
    CHOSEN,
    DELIBERATION,
    FEASIBLE,
    FROZEN,
    NOT_CHOSEN,
    PROGRAMME,
    PROPOSAL,
    VOTE,
    Project,
    check_winners,
    subject_of,
)
from .held import caught_up, into_phase, last_day, locked_programme, record
from .telling import search_all, tell_outcome, tell_phase


def begin_vote(
    node: Node, session: Session, programme_id: int, *, actor_id: int | None, reason: str = ""
) -> None:
    """Freeze the list of feasible proposals with their costs, and set the money apart.

    Done once; again, nothing happens. ``Refused`` before the deliberation, if nothing is feasible,
    or if less money is left than the programme promises.
    """
    programme = locked_programme(session, programme_id)
    if programme.phase in FROZEN:
        return
    if caught_up(node, session, programme) != DELIBERATION:
        raise Refused("The proposals have to be reviewed first.")
    projects = on_ballot(session, programme_id)
    if not projects:
        raise Refused("No proposal was found feasible yet, so there is nothing to decide about.")
    _set_apart(node, session, programme, actor_id)
    session.add_all(
        BallotLine(
            proposal_id=each.proposal_id, programme_id=programme_id, title=each.title,
            summary=each.summary, category=each.category, cost=each.cost,
        )
        for each in projects
    )  # fmt: skip
    into_phase(node, session, programme, VOTE, reason=reason)
    tell_phase(node, session, programme, actor_id)
    record(node, session, "froze", PROGRAMME, programme_id, actor_id, proposals=len(projects))


def _set_apart(node: Node, session: Session, programme: Programme, actor_id: int | None) -> None:
    source = _source(session, programme)
    ledger.hold(session)
    held = ledger.balance(session, account_of(source))
    if held < programme.money:
        raise Refused(
            "This programme promises %(money)s won, but only %(held)s won are there.",
            money=f"{programme.money:,}", held=f"{Won(held):,}",
        )  # fmt: skip
    subject = subject_of(PROGRAMME, programme.id)
    pot = open_for(node, session, subject, name=programme.title)
    memo = f"{programme.title}: 결정할 돈을 떼어 둠"
    move = Move(programme.money, f"fund:{subject}:apart", subject, memo, actor_id)
    shift(node, session, move, source=source, target=pot)


def _source(session: Session, programme: Programme) -> Earmark | None:
    """Return the area from which the money comes; what an ended area had is free money."""
    area = session.get(Earmark, programme.earmark_id or 0)
    return None if area is None or area.closed_at is not None else area


def bind(
    node: Node, session: Session, programme_id: int, winners: Sequence[int], *, by: str,
    actor_id: int | None, why: str = "",
) -> None:  # fmt: skip
    """Give each winner its cost, and return what is left to where the money came from.

    ``by`` names what decided ("vote:3"). Done once: the same winners again change nothing, others
    are ``Refused``, as are winners that cost more than the money.
    """
    programme = locked_programme(session, programme_id)
    if programme.decided_at is not None:
        if set(winners) == _chosen(session, programme_id):
            return
        raise Refused("This was decided already.")
    if programme.phase != VOTE:
        raise Refused("The list is not frozen yet, so nothing can be decided.")
    projects = {each.proposal_id: each for each in on_ballot(session, programme_id)}
    costs = {number: each.cost for number, each in projects.items()}
    left = programme.money - check_winners(costs, winners, programme.money)
    pot = open_for(node, session, subject_of(PROGRAMME, programme_id), name=programme.title)
    for number in sorted(winners):
        _give(node, session, programme, pot, projects[number], actor_id)
    if left:
        subject = subject_of(PROGRAMME, programme_id)
        memo = f"{programme.title}: 쓰지 않기로 한 돈"
        move = Move(left, f"fund:{subject}:rest", subject, memo, actor_id)
        shift(node, session, move, source=pot, target=_source(session, programme))
    close(node, session, pot, actor_id=actor_id)
    _mark(session, programme_id, winners)
    programme.decided_at, programme.decided_by = node.clock.now(), by
    programme.decided_why = why
    into_phase(node, session, programme, CARRYING)
    tell_phase(node, session, programme, actor_id)
    tell_outcome(node, session, programme, actor_id)
    record(node, session, "decided", PROGRAMME, programme_id, actor_id, by=by, chosen=list(winners))


def _give(
    node: Node, session: Session, programme: Programme, pot: Earmark, project: Project,
    actor_id: int | None,
) -> None:  # fmt: skip
    subject = subject_of(PROPOSAL, project.proposal_id)
    earmark = open_for(node, session, subject, name=project.title)
    memo = f"{programme.title}: {project.title}"
    move = Move(project.cost, f"fund:{subject}:chosen", subject, memo, actor_id)
    shift(node, session, move, source=pot, target=earmark)
    day = last_day(node, programme.carrying_end)
    author_id = session.get_one(Proposal, project.proposal_id).author_id
    begin(
        node, session, earmark, title=project.title, leader_id=author_id, space_id=None,
        steps=[Step(project.title, project.cost, day)], report_on=[day],
    )  # fmt: skip


def _chosen(session: Session, programme_id: int) -> set[int]:
    mine = (Proposal.programme_id == programme_id, Proposal.state == CHOSEN)
    return set(session.scalars(select(Proposal.id).where(*mine)))


def _mark(session: Session, programme_id: int, winners: Sequence[int]) -> None:
    of_it = (Proposal.programme_id == programme_id, Proposal.state == FEASIBLE)
    for state, which in (
        (CHOSEN, Proposal.id.in_(winners)), (NOT_CHOSEN, Proposal.id.not_in(winners)),
    ):  # fmt: skip
        session.execute(update(Proposal).where(*of_it, which).values(state=state))
    session.flush()
    search_all(session, programme_id)


def bind_by_hand(
    node: Node, session: Session, programme_id: int, winners: Sequence[int], *, reason: str,
    actor_id: int,
) -> None:  # fmt: skip
    """Bind what a committee decided, with its reason for everyone to read; only where the programme
    said beforehand that a committee decides."""
    programme = locked_programme(session, programme_id)
    if programme.decision != BY_COMMITTEE:
        raise Refused("The neighbours decide about this programme by a vote.")
    if not reason.strip():
        raise Invalid({"reason": [Message("Please say why; everyone reads it.", {})]})
    begin_vote(node, session, programme_id, actor_id=actor_id)
    bind(node, session, programme_id, winners, by="hand", actor_id=actor_id, why=reason.strip())
