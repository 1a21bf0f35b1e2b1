"""Two people look at each claim, and neither of them is the claimant."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.errors import Invalid
from .....core.node import Node
from .....core.values import Message
from ...carrying import actions as carrying
from .. import queries
from ..models import Claim
from ..rules import (
    APPROVED,
    ASKED,
    CHECKED,
    REFUSED,
    refuse_own,
    refuse_same,
    subject_of,
)
from .recording import held, record, tell_claimant, tell_desk

_SECOND = Message("A claim waits for a second person: %(purpose)s", {}).text
_APPROVED = Message("Your claim is approved: %(purpose)s", {}).text
_SOON = Message("It is paid with the next run to the bank.", {})
_ASKED = Message("There is a question about your claim: %(purpose)s", {}).text
_REFUSED = Message("Your claim was refused: %(purpose)s", {}).text


def check(node: Node, session: Session, claim_id: int, wording: str, *, actor_id: int) -> None:
    """Say as the first person that claim and receipts fit.

    ``wording`` is what everyone reads of it once it is paid: it names nobody. The first person is
    a treasurer, a steward, or whoever leads the project.
    """
    claim = held(session, claim_id, "check")
    refuse_own(actor_id, claim.claimant_id)
    queries.refuse_first(session, actor_id, claim)
    if not wording.strip():
        raise Invalid({"wording": [Message("Please say what everyone may read of it.", {})]})
    claim.state, claim.checked_by, claim.wording = CHECKED, actor_id, wording.strip()[:120]
    record(node, session, claim, "checked", actor_id, claim.wording)
    tell_desk(node, session, claim, _SECOND, "second")


def approve(node: Node, session: Session, claim_id: int, *, actor_id: int) -> None:
    """Approve a claim as the second person: its won are promised from now on.

    ``Refused`` if its project or area cannot pay so much now; the sentence says how much is left.
    """
    claim = held(session, claim_id, "approve")
    refuse_own(actor_id, claim.claimant_id)
    queries.refuse_keeping(session, actor_id)
    refuse_same(actor_id, claim.checked_by)
    carrying.commit(node, session, claim.earmark_id, subject_of(claim.id), claim.amount)
    claim.state, claim.approved_by = APPROVED, actor_id
    record(node, session, claim, "approved", actor_id)
    tell_claimant(node, session, claim, _APPROVED, _SOON, "approved")


def ask(node: Node, session: Session, claim_id: int, why: str, *, actor_id: int) -> None:
    """Send a claim back with a question; whoever handed it in answers, and both look anew."""
    claim = _decided(session, claim_id, "ask", actor_id)
    claim.state, claim.reason, claim.checked_by = ASKED, why, None
    record(node, session, claim, "asked", actor_id, why)
    tell_claimant(node, session, claim, _ASKED, why, "asked")


def refuse(node: Node, session: Session, claim_id: int, why: str, *, actor_id: int) -> None:
    """Refuse a claim with a reason; one that was approved too, until it is on its way."""
    claim = _decided(session, claim_id, "refuse", actor_id)
    carrying.release(session, subject_of(claim.id))
    claim.state, claim.reason, claim.closed_at = REFUSED, why, node.clock.now()
    record(node, session, claim, "refused", actor_id, why)
    tell_claimant(node, session, claim, _REFUSED, why, "refused")


def _decided(session: Session, claim_id: int, move: str, actor_id: int) -> Claim:
    claim = held(session, claim_id, move)
    refuse_own(actor_id, claim.claimant_id)
    queries.refuse_keeping(session, actor_id)
    return claim
