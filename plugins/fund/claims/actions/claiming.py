"""What a claimant does: hand a claim in, answer a question, withdraw."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import ledger, pictures, sealing
from .....core.errors import Forbidden, Invalid
from .....core.node import Node
from .....core.pictures import Prepared
from .....core.values import Message
from ...carrying import actions as carrying
from ...carrying import queries as projects
from ...earmarks.models import Earmark
from ..models import Claim, ClaimReceipt
from ..rules import (
    HANDED_IN,
    PURPOSE,
    WITHDRAWN,
    Account,
    Wish,
    receipts_fit,
    subject_of,
    unpacked,
)
from .recording import held, record, tell_desk

_NEW = Message("A claim waits for a first person: %(purpose)s", {}).text


def hand_in(
    node: Node, session: Session, wish: Wish, account: Account, receipts: Sequence[Prepared], *,
    key: str, claimant_id: int,
) -> Claim:  # fmt: skip
    """Hand a claim in with one to five receipts, once for each ``key`` of a claimant."""
    ledger.hold(session)
    made = session.scalars(
        select(Claim).where(Claim.claimant_id == claimant_id, Claim.key == key)
    ).one_or_none()
    if made is not None:
        return made
    _check(node, session, wish)
    receipts_fit(len(receipts))
    claim = Claim(
        claimant_id=claimant_id, earmark_id=wish.earmark_id, purpose=wish.purpose,
        amount=wish.amount, bought_on=wish.bought_on, seller=wish.seller, state=HANDED_IN,
        key=key, made_at=node.clock.now(), sealed=_sealed(node, account, claimant_id, key),
    )  # fmt: skip
    session.add(claim)
    session.flush()
    _keep(node, session, claim, receipts)
    record(node, session, claim, "handed_in", claimant_id)
    tell_desk(node, session, claim, _NEW, "new")
    return claim


def change(
    node: Node, session: Session, claim_id: int, wish: Wish, account: Account | None,
    receipts: Sequence[Prepared], *, answer: str, actor_id: int,
) -> Claim:  # fmt: skip
    """Answer a question: the claim is handed in again as it is now, with more receipts if there
    are any. Without ``account`` the one that was given stays."""
    claim = held(session, claim_id, "change")
    _refuse_others(claim, actor_id)
    _check(node, session, wish)
    kept = session.scalar(select(func.count()).where(ClaimReceipt.claim_id == claim.id))
    receipts_fit(int(kept or 0) + len(receipts))
    claim.earmark_id, claim.purpose, claim.amount = wish.earmark_id, wish.purpose, wish.amount
    claim.bought_on, claim.seller = wish.bought_on, wish.seller
    if account is not None:
        claim.sealed = _sealed(node, account, actor_id, claim.key)
    claim.state, claim.checked_by, claim.reason = HANDED_IN, None, ""
    session.flush()
    _keep(node, session, claim, receipts)
    record(node, session, claim, "changed", actor_id, answer)
    tell_desk(node, session, claim, _NEW, "again")
    return claim


def withdraw(node: Node, session: Session, claim_id: int, *, actor_id: int) -> None:
    """Take one's own claim back, as long as it is not on its way to the bank."""
    claim = held(session, claim_id, "withdraw")
    _refuse_others(claim, actor_id)
    claim.state, claim.closed_at = WITHDRAWN, node.clock.now()
    carrying.release(session, subject_of(claim.id))
    record(node, session, claim, "withdrawn", actor_id)


def account_of(node: Node, claim: Claim) -> Account | None:
    """Return the bank account of a claim, None once it was destroyed."""
    if not claim.sealed:
        return None
    name, sealed = claim.sealed.split(" ", 1)
    return unpacked(sealing.unseal(node.settings.secret, PURPOSE, name, sealed))


def _sealed(node: Node, account: Account, claimant_id: int, key: str) -> str:
    name = f"{claimant_id}:{key}".replace(" ", "")
    return f"{name} {sealing.seal(node.settings.secret, PURPOSE, name, account.packed())}"


def _check(node: Node, session: Session, wish: Wish) -> None:
    wish.check(projects.today(node))
    earmark = session.get(Earmark, wish.earmark_id)
    if earmark is None or earmark.closed_at is not None:
        raise Invalid({"earmark_id": [Message("Please choose what it belongs to.", {})]})


def _keep(node: Node, session: Session, claim: Claim, receipts: Sequence[Prepared]) -> None:
    for each in receipts:
        picture = pictures.keep(
            session, node, each, caption=claim.purpose, owner_id=claim.claimant_id,
            at=node.clock.now(), closed=True,
        )  # fmt: skip
        session.add(ClaimReceipt(claim_id=claim.id, picture_id=picture.id, digest=picture.digest))
    session.flush()


def _refuse_others(claim: Claim, actor_id: int) -> None:
    if actor_id != claim.claimant_id:
        raise Forbidden("Only whoever handed the claim in does this.")
