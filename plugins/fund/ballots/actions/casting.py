"""Voting: one ballot into the urn and one tick on the roll, in one transaction, once.

Nothing else is written: no record with a time, no key of a form, no answer kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from .....core.errors import NotFound, Refused
from .....core.node import Node
from .....core.statements import insert_of
from ..models import DeskCount, Vote, Voter
from ..queries import member_on_roll, options, turnout, voter_by_code
from ..rules import OPEN, check_ballot
from .held import locked, put_in

_NO_CODE = "No such code. Please look at the paper again."


def cast_as_member(
    node: Node, session: Session, vote_id: int, person_id: int, chosen: Sequence[int]
) -> None:
    """Vote as a member on the roll. ``Refused`` for whoever has voted already."""
    voter = member_on_roll(session, vote_id, person_id)
    if voter is None:
        raise Refused("You are not on the roll of this vote.")
    _cast(node, session, voter, chosen, paper=False)


def cast_by_code(node: Node, session: Session, code: str, chosen: Sequence[int]) -> int:
    """Vote by a code and return the vote's id; the code is used up."""
    voter = voter_by_code(session, node.settings.secret, code)
    if voter is None:
        raise NotFound(_NO_CODE)
    _cast(node, session, voter, chosen, paper=False)
    return voter.vote_id


def _cast(
    node: Node, session: Session, voter: Voter, chosen: Sequence[int], *, paper: bool
) -> None:
    vote = locked(session, voter.vote_id)
    check_running(node, vote)
    ballot = _checked(session, vote, chosen)
    _tick(session, voter)
    put_in(node, session, vote.id, ballot, paper=paper)


def check_running(node: Node, vote: Vote) -> None:
    """Raise ``Refused`` while one cannot vote."""
    now = node.clock.now()
    if vote.state != OPEN or now >= vote.closes_at:
        raise Refused("This vote is over.")
    if now < vote.opens_at:
        raise Refused("This vote has not begun yet.")


def _checked(session: Session, vote: Vote, chosen: Sequence[int]) -> tuple[int, ...]:
    costs = {each.number: each.cost for each in options(session, vote.id)}
    return check_ballot(
        vote.form, chosen, costs, least=vote.least, most=vote.most, budget=vote.budget
    )


def _tick(session: Session, voter: Voter) -> None:
    ticked = session.execute(
        update(Voter)
        .where(Voter.id == voter.id, Voter.voted.is_(False))
        .values(voted=True)
        .execution_options(synchronize_session=False)
    )
    if not ticked.rowcount:  # type: ignore[attr-defined]
        raise Refused("This vote was cast already. Everybody has one.")


def tick_off(node: Node, session: Session, vote_id: int, voter_id: int, *, officer_id: int) -> None:
    """Tick somebody off at the desk, who then fills in a ballot on paper."""
    vote = locked(session, vote_id)
    check_running(node, vote)
    voter = session.get(Voter, voter_id)
    if voter is None or voter.vote_id != vote_id or voter.code_hash is not None:
        raise NotFound("There is no such entry on the roll.")
    _tick(session, voter)
    _count(session, vote_id, officer_id, "ticked")


def enter_paper(
    node: Node, session: Session, vote_id: int, chosen: Sequence[int], *, officer_id: int,
    code: str = "",
) -> None:  # fmt: skip
    """Put a ballot on paper into the urn: by the code that stands on it while the vote runs; one
    without, also after it, as long as there are fewer of them than people ticked off."""
    if code:
        voter = voter_by_code(session, node.settings.secret, code)
        if voter is None or voter.vote_id != vote_id:
            raise NotFound(_NO_CODE)
        _cast(node, session, voter, chosen, paper=True)
        _count(session, vote_id, officer_id, "by_code")
        return
    vote = locked(session, vote_id)
    if vote.state != OPEN:
        raise Refused("This vote is over.")
    if turnout(session, vote_id).outstanding < 1:
        raise Refused(
            "As many paper ballots are entered as people were ticked off. Please tick the next one"
            " off the roll first."
        )
    put_in(node, session, vote_id, _checked(session, vote, chosen), paper=True)
    _count(session, vote_id, officer_id, "loose")


def _count(session: Session, vote_id: int, officer_id: int, what: str) -> None:
    insert = insert_of(session.get_bind().dialect.name)
    row = {"vote_id": vote_id, "officer_id": officer_id, "ticked": 0, "loose": 0, "by_code": 0}
    session.execute(insert(DeskCount).values(row).on_conflict_do_nothing())
    of_it = (DeskCount.vote_id == vote_id, DeskCount.officer_id == officer_id)
    column = DeskCount.__table__.c[what]
    session.execute(
        update(DeskCount)
        .where(*of_it)
        .values({what: column + 1})
        .execution_options(synchronize_session=False)
    )
