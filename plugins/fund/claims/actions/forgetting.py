"""What is kept of claims, how long, and how it is destroyed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from .....core import outbox, pictures
from .....core.answers import Keeping
from .....core.models import Picture
from .....core.node import Node
from .....core.values import Message
from ...carrying import actions as carrying
from ..models import Claim, ClaimReceipt, ClaimStep
from ..rules import ASKED, CHECKED, HANDED_IN, SWEEP, WITHDRAWN, subject_of

_ACCOUNT_DAYS = 60
"""So long after the payment a bank may still send it back."""


def forget_accounts(session: Session, before: datetime, most: int) -> int:
    """Destroy the bank accounts of claims that are settled."""
    due = select(Claim.id).where(Claim.closed_at <= before, Claim.sealed != "").limit(most)
    gone = session.execute(update(Claim).where(Claim.id.in_(due)).values(sealed=""))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def forget_claims(session: Session, before: datetime, most: int) -> int:
    """Destroy receipts, and who claimed and decided, when no law wants them any more; the won and
    what they were for stay in the books."""
    ids = session.scalars(
        select(Claim.id).where(Claim.closed_at <= before, Claim.seller != "").limit(most)
    ).all()
    found = session.execute(
        select(ClaimReceipt.picture_id, ClaimReceipt.digest).where(ClaimReceipt.claim_id.in_(ids))
    ).all()
    session.execute(delete(ClaimReceipt).where(ClaimReceipt.claim_id.in_(ids)))
    session.execute(delete(Picture).where(Picture.id.in_([row.picture_id for row in found])))
    for row in found:
        key = f"{SWEEP}:{row.picture_id}"
        outbox.enqueue(session, SWEEP, {"digest": row.digest}, key=key, at=before)
    session.execute(
        update(Claim).where(Claim.id.in_(ids)).values(
            claimant_id=None, checked_by=None, approved_by=None, seller="", purpose="", sealed="",
        )
    )  # fmt: skip
    session.execute(delete(ClaimStep).where(ClaimStep.claim_id.in_(ids)))
    return len(ids)


def sweep(node: Node, payload: Mapping[str, Any]) -> None:
    """Take away the files of a receipt that nothing needs any more."""
    digest = str(payload["digest"])
    with node.db.write() as session:
        if session.scalar(select(Picture.id).where(Picture.digest == digest).limit(1)) is None:
            pictures.destroy(node, digest, closed=True)


def last_claim(session: Session, person_id: int) -> datetime | None:
    """Return when the newest claim of a person, or that a person decided about, was made."""
    mine = (
        (Claim.claimant_id == person_id)
        | (Claim.checked_by == person_id)
        | (Claim.approved_by == person_id)
    )
    return session.scalar(select(func.max(func.coalesce(Claim.closed_at, Claim.made_at))).where(
        mine
    ))  # fmt: skip


def forget_person(node: Node, session: Session, person_id: int) -> None:
    """Withdraw what somebody who leaves has claimed and nobody has approved; what is approved is
    still paid. Bank accounts of settled claims are destroyed at once."""
    mine = Claim.claimant_id == person_id
    waiting = session.scalars(
        select(Claim).where(mine, Claim.state.in_((HANDED_IN, ASKED, CHECKED)))
    ).all()
    now = node.clock.now()
    for claim in waiting:
        claim.state, claim.closed_at = WITHDRAWN, now
        carrying.release(session, subject_of(claim.id))
        session.add(
            ClaimStep(claim_id=claim.id, what="withdrawn", text="", actor_id=person_id, at=now)
        )
    session.flush()
    session.execute(update(Claim).where(mine, Claim.closed_at.is_not(None)).values(sealed=""))


WORK = {SWEEP: sweep}
KEEPINGS = (
    Keeping(
        "bank accounts of expense claims",
        Message("Paying back what somebody paid for the fund", {}),
        Message("bank, account number and holder", {}),
        Message("sixty days after the claim is settled", {}),
        Message("carrying out what you asked for (article 15 (1) 4)", {}),
        days=_ACCOUNT_DAYS,
        purge=forget_accounts,
    ),
    Keeping(
        "expense claims",
        Message("Expense claims and their receipts", {}),
        Message("who claimed what of which seller, the receipts, and who decided", {}),
        Message("ten years after the claim is settled", {}),
        Message("keeping important papers of the business (Commercial Act article 33; Framework Act"
                " on National Taxes article 85-3 wants five years)", {}),
        months=120,
        purge=forget_claims,
        last=last_claim,
    ),
)  # fmt: skip
