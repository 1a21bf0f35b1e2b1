"""Who may look into a claim, and who may decide about it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import Forbidden, NotFound
from .....core.models import Grant
from .....core.values import STEWARD
from ...access import AUDITOR, TREASURER
from ...carrying import queries as carrying
from ...carrying.models import Undertaking
from ..models import Claim


def offices(session: Session, person_id: int) -> frozenset[str]:
    """Return the offices of the fund that a person holds: treasurer, auditor, steward."""
    rows = session.scalars(
        select(Grant.role).where(
            Grant.person_id == person_id, Grant.space_id.is_(None),
            Grant.role.in_((TREASURER, AUDITOR, STEWARD)),
        )
    )  # fmt: skip
    return frozenset(rows)


def keeps(session: Session, person_id: int) -> bool:
    """Say whether a person keeps the fund: a treasurer or a steward."""
    return bool(offices(session, person_id) & {TREASURER, STEWARD})


def stewards(session: Session) -> frozenset[int]:
    """Return the stewards of the node."""
    return frozenset(
        session.scalars(
            select(Grant.person_id).where(Grant.space_id.is_(None), Grant.role == STEWARD)
        )
    )


def leads(session: Session, person_id: int, earmark_id: int) -> bool:
    """Say whether a person leads the project of this earmark."""
    found = session.get(Undertaking, earmark_id)
    return found is not None and person_id in carrying.leaders(session, found)


def may_check(session: Session, person_id: int, claim: Claim) -> bool:
    """Say whether a person may be the first to look at a claim."""
    return person_id != claim.claimant_id and (
        keeps(session, person_id) or leads(session, person_id, claim.earmark_id)
    )


def sees_all(session: Session, person_id: int, claim: Claim) -> bool:
    """Say whether a person sees the receipts: the claimant, the offices, and who leads the
    project."""
    return (
        person_id == claim.claimant_id
        or bool(offices(session, person_id))
        or leads(session, person_id, claim.earmark_id)
    )


def refuse_first(session: Session, person_id: int, claim: Claim) -> None:
    """Refuse whoever may not be the first to look at a claim."""
    if not (keeps(session, person_id) or leads(session, person_id, claim.earmark_id)):
        raise Forbidden("The treasurer, the steward, or whoever leads the project does this.")


def refuse_keeping(session: Session, person_id: int) -> None:
    """Refuse whoever does not keep the fund."""
    if not keeps(session, person_id):
        raise Forbidden("The treasurer or the steward does this.")


def the_claim(session: Session, claim_id: int) -> Claim:
    """Return a claim; ``NotFound`` if there is none."""
    found = session.get(Claim, claim_id)
    if found is None:
        raise NotFound("There is no such claim.")
    return found
