"""How undertakings stand: what may be paid, what was paid, what is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from ....core.errors import NotFound
from ....core.models import Grant, LedgerAccount, LedgerEntry, LedgerPosting
from ....core.values import Won
from ..earmarks import queries as earmarks
from ..earmarks.models import Earmark
from ..earmarks.rules import FREE, apart
from . import rules
from .models import CarryingReport, Commitment, Milestone, Override, Undertaking

SIZE = 20
OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Sums:
    """The won of an earmark: set apart (left and spent), let out by milestones, paid, promised to
    approved claims, and what may be paid now."""

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


def undertaking(session: Session, earmark_id: int) -> Undertaking:
    """Return an undertaking; ``NotFound`` if there is none."""
    found = session.get(Undertaking, earmark_id)
    if found is None:
        raise NotFound("There is no such project.")
    return found


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
    return Sums(
        Won(left + paid), out, paid, promised, left, rules.payable(out, paid, left)
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


def leaders(session: Session, found: Undertaking) -> frozenset[int]:
    """Return the people who lead an undertaking: its leader, and the owners of its organisation."""
    people = {found.leader_id} - {None}
    if found.space_id is not None:
        people |= set(
            session.scalars(
                select(Grant.person_id).where(Grant.space_id == found.space_id, Grant.role == OWNER)
            )
        )
    return frozenset(each for each in people if each is not None)


def overdue(session: Session, today: date, limit: int) -> Sequence[Row[Any]]:
    """Return the reports that were not given in time, the latest due first: id, earmark_id,
    due_on, title."""
    query: Select[Any] = (
        select(CarryingReport.id, CarryingReport.earmark_id, CarryingReport.due_on,
               Undertaking.title)
        .join(Undertaking, Undertaking.earmark_id == CarryingReport.earmark_id)
        .where(CarryingReport.given_at.is_(None), CarryingReport.due_on < today)
        .where(Undertaking.ended_at.is_(None))
        .order_by(CarryingReport.due_on, CarryingReport.id)
        .limit(limit)
    )  # fmt: skip
    return session.execute(query).all()


def milestones(session: Session, earmark_id: int) -> Sequence[Milestone]:
    """Return the milestones of an undertaking in their order."""
    return _milestones(session, [earmark_id]).get(earmark_id, ())


def reports(session: Session, earmark_id: int) -> Sequence[CarryingReport]:
    """Return the reports of an undertaking by the day they are due."""
    query = select(CarryingReport).where(CarryingReport.earmark_id == earmark_id)
    return session.scalars(query.order_by(CarryingReport.due_on)).all()


def overrides(session: Session, earmark_id: int) -> Sequence[Override]:
    """Return what was left aside for an undertaking, the newest first."""
    query = select(Override).where(Override.earmark_id == earmark_id)
    return session.scalars(query.order_by(Override.id.desc()).limit(50)).all()


def earmark_of(session: Session, earmark_id: int) -> Earmark:
    """Return an earmark; ``NotFound`` if there is none."""
    found = session.get(Earmark, earmark_id)
    if found is None:
        raise NotFound("There is no such project.")
    return found
