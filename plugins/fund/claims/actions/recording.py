"""Holding a claim while something is done with it, and writing down what was done."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from .....core import audit, ledger, notices
from .....core.node import Node
from .....core.notices import Notice
from .....core.values import Message
from ...carrying import queries as carrying
from .. import queries
from ..models import Claim, ClaimStep
from ..rules import CLAIM, DESK, path_of, refuse_move, subject_of


def held(session: Session, claim_id: int, move: str) -> Claim:
    """Return a claim that nobody else changes until this transaction ends.

    ``Refused`` if ``move`` does not lead on from its state. The ledger is held first by everyone,
    so that no two wait for each other.
    """
    ledger.hold(session)
    claim = queries.the_claim(session, claim_id)
    session.refresh(claim, with_for_update=True)
    refuse_move(claim.state, move)
    return claim


def record(
    node: Node, session: Session, claim: Claim, what: str, actor_id: int | None, text: str = ""
) -> None:
    """Write down what was done with a claim, in its own history and in the audit log."""
    now = node.clock.now()
    session.add(ClaimStep(claim_id=claim.id, what=what, text=text[:500], actor_id=actor_id, at=now))
    session.flush()
    audit.record(
        session, f"fund.claim_{what}", at=now, person_id=actor_id, subject=("claim", claim.id),
        amount=claim.amount,
    )  # fmt: skip


def tell_claimant(
    node: Node, session: Session, claim: Claim, title: str, text: str | Message, what: str
) -> None:
    """Tell whoever handed a claim in what became of it."""
    if claim.claimant_id is not None:
        _tell(node, session, [claim.claimant_id], claim, title, text, CLAIM.name, what)


def tell_desk(node: Node, session: Session, claim: Claim, title: str, what: str) -> None:
    """Tell those who keep the fund that a claim waits; not those who may not decide on it."""
    people = carrying.keepers(session)
    if not people - {claim.claimant_id, claim.checked_by}:
        people = queries.stewards(session)  # one treasurer alone: the steward is the second
    people -= {each for each in (claim.claimant_id, claim.checked_by) if each is not None}
    _tell(node, session, people, claim, title, claim.purpose, DESK.name, what)


def _tell(
    node: Node, session: Session, people: Iterable[int], claim: Claim, title: str,
    text: str | Message, kind: str, what: str,
) -> None:  # fmt: skip
    said = Message(title, {"purpose": claim.wording or claim.purpose})
    key = f"fund:claim:{claim.id}:{what}:{int(node.clock.now().timestamp())}"
    notice = Notice(
        kind=kind, title=said, text=text, url=path_of(claim.id), subject=subject_of(claim.id),
        heading=claim.wording or claim.purpose, key=key,
    )  # fmt: skip
    notices.tell(node, session, sorted(people), notice)
