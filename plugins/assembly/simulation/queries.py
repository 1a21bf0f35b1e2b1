"""What a simulated round came to, each sum from where it is kept: orders, settlement, ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ....core import ledger
from ....core.models import LedgerAccount, LedgerEntry
from ....core.values import Won
from ...market import order_lines
from ..cycles.rules import occasion
from ..settlement.queries import settlement_page
from .rules import Counts, Outcome


def outcome(
    session: Session, *, cycle_id: int, hub_ids: tuple[int, ...], stock: Mapping[int, int | None],
    counts: Counts,
) -> Outcome:  # fmt: skip
    """Return the money of a settled round on a node that holds nothing else.

    ``stock`` is what there was of each product before the first order, None for those on demand.
    """
    lines = order_lines(session, occasion(cycle_id))
    paid = Won(sum(line.paid for line in lines))
    refunded = Won(sum(line.refunded for line in lines))
    sums = settlement_page(session, cycle_id).sums
    return Outcome(
        paid=paid,
        refunded=refunded,
        producers=_producers(session, {line.seller_id for line in lines}),
        activist=Won(sum(_balance(session, "activist", hub_id) for hub_id in hub_ids)),
        centre=sums.split.centre,
        fund=_balance(session, "fund"),
        in_deposits=_balance(session, "deposit"),
        on_accounts=_accounts(session),
        lines=sums.lines,
        oversold=_oversold(lines, stock),
        ledger_ok=_ledger_holds(session, hub_ids, paid - refunded, sums.split.centre),
        counts=counts,
    )


def _balance(session: Session, kind: str, owner_id: int | None = None) -> Won:
    return ledger.balance(session, ledger.account(kind, owner_id))


def _producers(session: Session, seller_ids: set[int]) -> Won:
    return Won(sum(_balance(session, "producer", seller_id) for seller_id in seller_ids))


def _accounts(session: Session) -> Won:
    """Return what all residents have on their accounts, less what they owe."""
    total = session.execute(
        select(func.coalesce(func.sum(LedgerEntry.amount), 0))
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerAccount.code.like("resident:%"))
    ).scalar_one()
    return Won(-int(total))


def _oversold(lines: Any, stock: Mapping[int, int | None]) -> int:
    """Return how many units were sold of counted goods beyond what there was of them."""
    sold: Counter[int] = Counter()
    for line in lines:
        sold[line.product_id] += line.quantity
    return sum(
        max(0, units - there)
        for product_id, units in sold.items()
        if (there := stock[product_id]) is not None
    )


def _ledger_holds(session: Session, hub_ids: tuple[int, ...], kept: int, centre: int) -> bool:
    """Say whether the books are proven, nothing is held any more, the tills hold what was kept,
    the deposits for boxes and what residents have on their accounts, and the centre's shares lie
    with the centre or in the fund."""
    tills = sum(_balance(session, "cash", hub_id) for hub_id in hub_ids)
    return (
        ledger.verify(session).ok
        and _balance(session, "held") == 0
        and tills == kept + _balance(session, "deposit") + _accounts(session)
        and _balance(session, "centre") + _balance(session, "fund") == centre
    )
