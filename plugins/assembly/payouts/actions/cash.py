"""Cash that a hub brings to the bank."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, ledger
from .....core.errors import NotFound, Refused
from .....core.models import LedgerPosting, Space
from .....core.node import Node
from .paying import BANK


def bring_cash(
    node: Node, session: Session, space_id: int, amount: int, *, key: str, actor_id: int | None
) -> bool:
    """Move cash of a hub or shop into the bank account; Refused beyond what it holds.

    A second call with the same ``key`` changes nothing. Return whether this one did.
    """
    ledger.hold(session)
    space, cash = session.get(Space, space_id), ledger.account("cash", space_id)
    if space is None:
        raise NotFound("There is no such place.")
    posting = f"banked:{space_id}:{key}"[:120]
    if session.scalar(select(LedgerPosting.id).where(LedgerPosting.key == posting)) is not None:
        return False
    held = ledger.balance(session, cash)
    if not 0 < amount <= held:
        raise Refused(
            "%(name)s holds %(held)s won in cash. Please look at the amount again.",
            name=space.name,
            held=f"{held:,}",
        )
    at = node.clock.now()
    draft = ledger.Draft(
        key=posting, subject=f"space:{space_id}", memo=f"{space.name} → bank",
        entries=((BANK, amount), (cash, -amount)), actor_id=actor_id,
    )  # fmt: skip
    ledger.post(session, [draft], at)
    audit.record(
        session, "assembly.cash.banked", at=at, person_id=actor_id,
        subject=("space", space_id), amount=amount,
    )  # fmt: skip
    return True
