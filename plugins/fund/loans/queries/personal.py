"""What is kept of one person about loans, for them to take along."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData
from ..models import Guarantor, Lender, Loan, Payment


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return a person's own loans, what they paid, and what they guarantee."""
    loans = (
        select(Loan.id.label("loan"), Lender.name.label("lender"), Loan.state, Loan.amount,
               Loan.months, Loan.rate_bp, Loan.purpose, Loan.repay_how, Loan.answer, Loan.made_at,
               Loan.out_on, Loan.ended_at)
        .join(Lender, Lender.id == Loan.lender_id)
        .where(Loan.person_id == person_id)
        .order_by(Loan.id)
    )  # fmt: skip
    paid = (
        select(Payment.loan_id.label("loan"), Payment.paid_on, Payment.late, Payment.interest,
               Payment.principal, Payment.note)
        .join(Loan, Loan.id == Payment.loan_id)
        .where(Loan.person_id == person_id)
        .order_by(Payment.id)
    )  # fmt: skip
    guarantees = (
        select(Guarantor.loan_id.label("loan"), Guarantor.amount, Guarantor.state,
               Guarantor.answered_at, Guarantor.paper_at)
        .where(Guarantor.person_id == person_id)
        .order_by(Guarantor.id)
    )  # fmt: skip
    found = {"loans": loans, "loan_payments": paid, "loan_guarantees": guarantees}
    return PersonalData.read(session, found)
