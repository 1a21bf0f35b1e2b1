"""Paying credit out: the resident asks, the hub or the steward pays, and only then it moves."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, ledger
from .....core.errors import NotFound, Refused
from .....core.models import Space
from .....core.node import Node
from ..models import CreditPayout
from ..queries import open_payout, payout
from ..rules import CASH, resident
from .held import hold_account
from .letters import declined_letter, paid_letter


def ask_payout(
    node: Node, session: Session, person_id: int, amount: int, *,
    way: str, host_id: int | None = None, bank_account: str = "",
) -> CreditPayout:  # fmt: skip
    """Ask for credit in cash at a hub, or on a bank account; one wish at a time."""
    account = hold_account(session, person_id)
    if open_payout(session, person_id) is not None:
        raise Refused("You have asked for a payment already. Please wait for it, or take it back.")
    if not 0 < amount <= account:
        raise Refused("At most %(most)s won can be paid out to you.", most=f"{max(0, account):,}")
    if way == CASH:
        _check_hub(session, host_id)
    elif not bank_account.strip():
        raise Refused("Please say to which bank account the money should go.")
    asked = CreditPayout(
        person_id=person_id,
        amount=amount,
        way=way,
        host_id=host_id if way == CASH else None,
        bank_account="" if way == CASH else " ".join(bank_account.split())[:120],
        state="asked",
        asked_at=node.clock.now(),
    )
    session.add(asked)
    session.flush()
    return asked


def pay_out(node: Node, session: Session, payout_id: int, *, actor_id: int) -> None:
    """Write that a payment was made; a second time changes nothing.

    Refused if the credit was used for an order meanwhile.
    """
    # The account first, then the wish: so does whoever leaves.
    account = hold_account(session, payout(session, payout_id).person_id)
    asked = _held(session, payout_id)
    if asked.state == "paid":
        return
    _check_open(asked)
    if account < asked.amount:
        raise Refused(
            "Only %(left)s won are left on this account by now. Please cancel this and ask anew.",
            left=f"{max(0, account):,}",
        )
    giver = "bank" if asked.host_id is None else ledger.account("cash", asked.host_id)
    draft = ledger.Draft(
        key=f"payout:{asked.id}",
        subject=f"person:{asked.person_id}",
        memo=f"Credit paid out: {asked.way}",
        entries=((resident(asked.person_id), asked.amount), (giver, -asked.amount)),
        actor_id=actor_id,
    )
    ledger.post(session, [draft], node.clock.now())
    _decide(node, session, asked, "paid", actor_id)
    paid_letter(node, session, asked)


def cancel_payout(
    node: Node, session: Session, payout_id: int, *, actor_id: int, reason: str = ""
) -> None:
    """Take a wish back, or turn it down with a reason; nothing has moved yet."""
    asked = _held(session, payout_id)
    if asked.state == "cancelled":
        return
    _check_open(asked)
    if asked.person_id != actor_id and not reason.strip():
        raise Refused("Please say why, so that everyone can understand it later.")
    asked.reason = " ".join(reason.split())[:300]
    _decide(node, session, asked, "cancelled", actor_id)
    if asked.person_id != actor_id:
        declined_letter(node, session, asked)


def _held(session: Session, payout_id: int) -> CreditPayout:
    found = session.get(CreditPayout, payout_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound("Nobody asked for this.")
    return found


def _check_open(asked: CreditPayout) -> None:
    if asked.state == "paid":
        raise Refused("This was paid out already.")
    if asked.state == "cancelled":
        raise Refused("This was taken back. Nothing is to be paid.")


def _check_hub(session: Session, host_id: int | None) -> None:
    kind = session.scalar(select(Space.kind).where(Space.id == host_id, Space.closed_at.is_(None)))
    if kind != "hub":
        raise Refused("Please choose where you want to have the money.")


def _decide(node: Node, session: Session, asked: CreditPayout, state: str, actor_id: int) -> None:
    asked.state, asked.decided_at, asked.decided_by = state, node.clock.now(), actor_id
    asked.bank_account = ""  # it is of no use any more, and nobody else's business
    session.flush()
    told = {"amount": asked.amount, "way": asked.way}
    audit.record(session, f"market.payout.{state}", at=node.clock.now(), person_id=actor_id,
                 subject=("person", asked.person_id), **told)  # fmt: skip
