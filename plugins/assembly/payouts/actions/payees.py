"""Bank accounts of those who are paid."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core import audit
from .....core.banks import BANKS, account_number, masked
from .....core.errors import NotFound, Refused
from .....core.models import Space
from .....core.node import Node
from ..models import Payee
from ..rules import KINDS


def name_payee(
    node: Node, session: Session, account: str, *, bank: str, number: str, holder: str,
    actor_id: int | None,
) -> Payee:  # fmt: skip
    """Write down to which bank account what is owed to ``account`` goes from now on."""
    space = _space(session, account)
    if bank not in BANKS:
        raise Refused("Please choose a bank from the list.")
    figures, name = account_number(number), " ".join(holder.split())[:60]
    if not name:
        raise Refused("Please say whose account it is.")
    payee = session.get(Payee, account) or Payee(account=account)
    payee.bank, payee.number, payee.holder = bank, figures, name
    payee.changed_at, payee.changed_by = node.clock.now(), actor_id
    session.add(payee)
    audit.record(
        session, "assembly.payee.named", at=payee.changed_at, person_id=actor_id,
        subject=("space", space.id), account=account, bank=bank, number=masked(figures),
    )  # fmt: skip
    return payee


def forget_payee(node: Node, session: Session, account: str, *, actor_id: int | None) -> None:
    """Forget a bank account; what is owed waits until there is another one."""
    space, payee = _space(session, account), session.get(Payee, account)
    if payee is None:
        return
    session.delete(payee)
    audit.record(
        session, "assembly.payee.forgotten", at=node.clock.now(), person_id=actor_id,
        subject=("space", space.id), account=account,
    )  # fmt: skip


def _space(session: Session, account: str) -> Space:
    kind, _, owner = account.partition(":")
    space = session.get(Space, int(owner)) if kind in KINDS and owner.isdecimal() else None
    if space is None:
        raise NotFound("There is nobody to be paid here.")
    return space
