"""Loans: who has which, how they are paid back, and how they stand on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Person
from ..models import Guarantor, Instalment, Lender, Loan, Payment, Plan, WriteOff
from ..rules import Due, Paid, Parts, Standing, stands

AnyRow = Row[*tuple[Any, ...]]
SIZE = 30


@dataclass(frozen=True, slots=True)
class Owed:
    """A loan that is or was out: its plan, what counts of what was paid under it, how it stands."""

    plan_id: int
    version: int
    starts_on: date
    dues: tuple[Due, ...]
    paid: tuple[Paid, ...]
    standing: Standing


def a_loan(session: Session, loan_id: int, *, lock: bool = False) -> Loan:
    """Return a loan, for a change with a lock on it; NotFound if there is none."""
    found = session.get(Loan, loan_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise NotFound("There is no such loan.")
    return found


def a_guarantor(session: Session, loan_id: int, guarantor_id: int) -> Guarantor:
    """Return a guarantor's place of this loan; NotFound for another's."""
    found = session.get(Guarantor, guarantor_id)
    if found is None or found.loan_id != loan_id:
        raise NotFound("There is no such guarantee.")
    return found


def by_code(session: Session, code: str) -> Guarantor:
    """Return the guarantor's place that a link leads to."""
    found = session.scalars(select(Guarantor).where(Guarantor.code == code)).one_or_none()
    if found is None:
        raise NotFound("There is no such guarantee.")
    return found


def guarantors(session: Session, loan_id: int) -> Sequence[AnyRow]:
    """Return the guarantors of a loan with their names (None until they have answered)."""
    return session.execute(
        select(*Guarantor.__table__.c, Person.name)
        .outerjoin(Person, Person.id == Guarantor.person_id)
        .where(Guarantor.loan_id == loan_id)
        .order_by(Guarantor.id)
    ).all()


def _listed() -> Any:
    return select(*Loan.__table__.c, Lender.name.label("lender")).join(
        Lender, Lender.id == Loan.lender_id
    )


def mine(
    session: Session, person_id: int, *, before: int | None = None, limit: int = SIZE + 1
) -> Sequence[AnyRow]:
    """Return a person's own loans, the newest first."""
    query = _listed().where(Loan.person_id == person_id).order_by(Loan.id.desc()).limit(limit)
    return session.execute(query if before is None else query.where(Loan.id < before)).all()


def my_guarantees(session: Session, person_id: int, *, limit: int = SIZE) -> Sequence[AnyRow]:
    """Return what a person guarantees: the place, the loan's state and the borrower's name."""
    return session.execute(
        select(
            *Guarantor.__table__.c, Loan.state.label("loan_state"), Person.name.label("borrower"),
            Lender.name.label("lender"),
        )
        .join(Loan, Loan.id == Guarantor.loan_id)
        .join(Lender, Lender.id == Loan.lender_id)
        .join(Person, Person.id == Loan.person_id)
        .where(Guarantor.person_id == person_id)
        .order_by(Guarantor.id.desc())
        .limit(limit)
    ).all()  # fmt: skip


def desk(
    session: Session, states: Collection[str], *, before: int | None = None, limit: int = SIZE + 1
) -> Sequence[AnyRow]:
    """Return the loans in these states with the borrowers' names, the newest first."""
    query = (
        _listed()
        .add_columns(Person.name.label("borrower"))
        .join(Person, Person.id == Loan.person_id)
        .where(Loan.state.in_(states))
        .order_by(Loan.id.desc())
        .limit(limit)
    )
    return session.execute(query if before is None else query.where(Loan.id < before)).all()


def payments(session: Session, loan_id: int, *, limit: int = 500) -> Sequence[Payment]:
    """Return what was paid on a loan and what was taken back, the newest first."""
    query = select(Payment).where(Payment.loan_id == loan_id)
    return session.scalars(query.order_by(Payment.id.desc()).limit(limit)).all()


def write_off_of(session: Session, loan_id: int) -> WriteOff | None:
    """Return what was asked about writing a loan off."""
    return session.get(WriteOff, loan_id)


def owed(session: Session, loan: Loan | AnyRow, day: date) -> Owed | None:
    """Return how a loan stands on a day; None as long as it was not paid out."""
    return owed_of(session, [loan], day).get(loan.id)


def owed_of(
    session: Session, loans: Collection[Loan | AnyRow], day: date
) -> dict[int, Owed]:  # fmt: skip
    """Return how these loans stand on a day, in three queries however many they are."""
    rates = {each.id: (each.rate_bp, each.late_bp) for each in loans if each.out_on is not None}
    plans = _plans(session, rates)
    dues: dict[int, list[Due]] = defaultdict(list)
    lines = select(Instalment).where(Instalment.plan_id.in_([each.id for each in plans]))
    for row in session.scalars(lines.order_by(Instalment.plan_id, Instalment.number)):
        dues[row.plan_id].append(Due(row.number, row.due_on, row.interest, row.principal))
    paid = _paid(session, [each.id for each in plans])
    found = {}
    for plan in plans:
        rate_bp, late_bp = rates[plan.loan_id]
        lines_of, paid_of = tuple(dues[plan.id]), tuple(paid[plan.id])
        standing = stands(
            lines_of, paid_of, day, start=plan.starts_on, rate_bp=rate_bp, late_bp=late_bp
        )
        found[plan.loan_id] = Owed(
            plan.id, plan.version, plan.starts_on, lines_of, paid_of, standing
        )
    return found


def _plans(session: Session, loan_ids: Collection[int]) -> Sequence[Plan]:
    newest = (
        select(Plan.loan_id, func.max(Plan.version).label("version"))
        .where(Plan.loan_id.in_(loan_ids))
        .group_by(Plan.loan_id)
        .subquery()
    )
    here = (Plan.loan_id == newest.c.loan_id) & (Plan.version == newest.c.version)
    return session.scalars(select(Plan).join(newest, here)).all()


def _paid(session: Session, plan_ids: Collection[int]) -> dict[int, list[Paid]]:
    """Return what counts of what was paid under these plans: what was taken back does not."""
    rows = session.scalars(
        select(Payment).where(Payment.plan_id.in_(plan_ids)).order_by(Payment.id)
    ).all()
    back = {row.reverses_id for row in rows}
    found: dict[int, list[Paid]] = defaultdict(list)
    for row in rows:
        if row.reverses_id is None and row.id not in back:
            parts = Parts(row.late, row.interest, row.principal)
            found[row.plan_id].append(Paid(row.paid_on, parts))
    return found
