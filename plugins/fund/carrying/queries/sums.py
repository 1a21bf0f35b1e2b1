"""The won of earmarks: set apart, let out by milestones, paid, promised; what may be paid now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from .....core.models import LedgerAccount, LedgerEntry, LedgerPosting
from .....core.values import Won
from ...earmarks import queries as earmarks
from ...earmarks.rules import FREE, apart
from .. import rules
from ..models import Commitment, Milestone, Override, Undertaking


@dataclass(frozen=True, slots=True)
class Sums:
    """The won of an earmark: set apart (the sum of its steps; of an area what is left and spent),
    let out by milestones, paid, promised to approved claims, left, and what may be paid now."""

    planned: Won
    released: Won
    spent: Won
    committed: Won
    left: Won
    payable: Won

    @property
    def open(self) -> Won:
        """What may still be promised."""
        return Won(max(0, self.payable - self.committed))


def payable(session: Session, earmark_id: int) -> Won | None:
    """Return what may be paid out of an earmark now; None for an area, which has no milestones."""
    if session.get(Undertaking, earmark_id) is None:
        return None
    return sums(session, [earmark_id])[earmark_id].payable


def sums(session: Session, earmark_ids: Collection[int]) -> dict[int, Sums]:
    """Return how these earmarks stand, areas too: of an area all that is left may be paid."""
    held = earmarks.left(session, earmark_ids)
    paid = spent(session, earmark_ids)
    steps = _milestones(session, earmark_ids)
    early = _early(session, earmark_ids)
    promised = committed(session, earmark_ids)
    return {each: _sums(held[each], paid[each], steps.get(each), early, promised[each])
            for each in earmark_ids}  # fmt: skip


def _sums(
    left: Won, paid: Won, steps: Sequence[Milestone] | None, early: dict[int, int], promised: Won
) -> Sums:
    out = Won(left + paid) if steps is None else rules.released(steps, early)
    planned = left + paid if steps is None else sum(each.amount for each in steps)
    return Sums(
        Won(planned), out, paid, promised, left, rules.payable(out, paid, left)
    )  # fmt: skip


def _milestones(session: Session, earmark_ids: Collection[int]) -> dict[int, Sequence[Milestone]]:
    found: dict[int, list[Milestone]] = {}
    query = select(Milestone).where(Milestone.earmark_id.in_(earmark_ids))
    for each in session.scalars(query.order_by(Milestone.earmark_id, Milestone.position)):
        found.setdefault(each.earmark_id, []).append(each)
    return dict(found)


def _early(session: Session, earmark_ids: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(Override.milestone_id, func.sum(Override.amount))
        .where(Override.earmark_id.in_(earmark_ids), Override.what == rules.PAY_EARLY)
        .group_by(Override.milestone_id)
    )
    return {int(milestone): int(amount) for milestone, amount in rows if milestone is not None}


def spent(session: Session, earmark_ids: Collection[int]) -> dict[int, Won]:
    """Return what left the fund from each of these earmarks, less what was taken back.

    Money that only moves within the fund is not spent.
    """
    codes = {apart(each): each for each in earmark_ids}
    other, its = aliased(LedgerEntry), aliased(LedgerAccount)
    within = (
        select(other.id)
        .join(its, its.id == other.account_id)
        .where(other.posting_id == LedgerEntry.posting_id, other.id != LedgerEntry.id)
        .where((its.code == FREE) | its.code.startswith("earmark:"))
        .exists()
    )
    paid = case(
        (LedgerPosting.reverses_id.is_(None) & (LedgerEntry.amount > 0), LedgerEntry.amount),
        (LedgerPosting.reverses_id.is_not(None) & (LedgerEntry.amount < 0), LedgerEntry.amount),
        else_=0,
    )
    rows = session.execute(
        select(LedgerAccount.code, func.sum(paid))
        .select_from(LedgerEntry)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .where(LedgerAccount.code.in_(codes), ~within)
        .group_by(LedgerAccount.code)
    )
    found = {codes[code]: int(amount) for code, amount in rows}
    return {each: Won(found.get(each, 0)) for each in earmark_ids}


def committed(session: Session, earmark_ids: Collection[int]) -> dict[int, Won]:
    """Return what of these earmarks is promised and not yet paid."""
    rows = session.execute(
        select(Commitment.earmark_id, func.sum(Commitment.amount))
        .where(Commitment.earmark_id.in_(earmark_ids))
        .group_by(Commitment.earmark_id)
    )
    found = Counter({int(each): int(amount) for each, amount in rows})
    return {each: Won(found[each]) for each in earmark_ids}
