"""Paying out: all that is owed at a moment and can be paid, each won once."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from .....core import audit, ledger
from .....core.errors import NotFound, Refused
from .....core.models import LedgerPosting
from .....core.node import Node
from ..models import Payout, PayoutRow
from ..queries import owed
from ..rules import Owed, Payee, payable_of, row_key, run_number
from .letters import paid_letters, returned_letters

BANK = ledger.account("bank")


def pay_out(node: Node, session: Session, *, key: str, shown: int, actor_id: int | None) -> Payout:
    """Pay all that is owed to those whose bank account is known: one posting each.

    A second call with the same ``key`` returns the run that stands. ``shown``: the won that the
    page said; Refused if it is another sum by now, or nothing.
    """
    ledger.hold(session)
    standing = session.scalar(select(Payout).where(Payout.key == key))
    if standing is not None:
        return standing
    payable = payable_of(owed(session))
    if not payable:
        raise Refused("There is nothing to pay out now.")
    if shown != sum(each.amount for each, _ in payable):
        raise Refused("What is owed has changed since this page was shown. Please look again.")
    payout = _write(node, session, payable, key, actor_id)
    ledger.post(session, [_draft(payout, each) for each, _ in payable], payout.at)
    audit.record(
        session, "assembly.payout.made", at=payout.at, person_id=actor_id,
        subject=("payout", payout.id), number=payout.number, total=payout.total, rows=payout.rows,
    )  # fmt: skip
    return payout


Payable = list[tuple[Owed, Payee]]


def _write(
    node: Node, session: Session, payable: Payable, key: str, actor_id: int | None
) -> Payout:
    now = node.clock.now()
    year = now.astimezone(ZoneInfo(node.settings.node.time_zone)).year
    earlier = session.scalar(select(func.count()).where(Payout.number.startswith(f"{year}-")))
    payout = Payout(
        number=run_number(year, int(earlier or 0)),
        key=key,
        total=sum(each.amount for each, _ in payable),
        rows=len(payable),
        actor_id=actor_id,
        at=now,
    )
    session.add(payout)
    session.flush()
    rows = [_row(payout, *each) for each in payable]
    session.execute(insert(PayoutRow), rows)
    paid_letters(node, session, payout, rows)
    return payout


def _row(payout: Payout, each: Owed, payee: Payee) -> dict[str, object]:
    return {
        "payout_id": payout.id,
        "account": each.account,
        "name": each.name,
        "bank": payee.bank,
        "number": payee.number,
        "holder": payee.holder,
        "amount": each.amount,
        "posting": row_key(payout.number, each.account),
    }


def _draft(payout: Payout, each: Owed) -> ledger.Draft:
    return ledger.Draft(
        key=row_key(payout.number, each.account),
        subject=f"payout:{payout.id}",
        memo=f"{payout.number} · {each.name}"[:300],
        entries=((each.account, each.amount), (BANK, -each.amount)),
        actor_id=payout.actor_id,
    )


def give_back(
    node: Node, session: Session, payout_id: int, account: str, *,
    reason: str, actor_id: int | None,
) -> None:  # fmt: skip
    """Write down that the bank sent a row back: it is owed again. A second time changes nothing."""
    why = " ".join(reason.split())[:200]
    if not why:
        raise Refused("Please say why, so that everyone can understand it later.")
    row = session.scalar(
        select(PayoutRow)
        .where(PayoutRow.payout_id == payout_id, PayoutRow.account == account)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("There is no such payout.")
    if row.returned_at is not None:
        return
    row.returned_at = node.clock.now()
    posting = select(LedgerPosting.id).where(LedgerPosting.key == row.posting)
    ledger.reverse(
        session, session.scalars(posting).one(), memo=f"{row.name}: {why}"[:300],
        at=row.returned_at, actor_id=actor_id,
    )  # fmt: skip
    audit.record(
        session, "assembly.payout.returned", at=row.returned_at, person_id=actor_id,
        subject=("payout", payout_id), account=account, amount=row.amount, reason=why,
    )  # fmt: skip
    returned_letters(node, session, session.get_one(Payout, payout_id), row, why)
