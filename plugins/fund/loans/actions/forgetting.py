"""What is kept of borrowers and guarantors, how long, and how it is destroyed."""

from __future__ import annotations

from datetime import UTC, datetime, time

from sqlalchemy import String, cast, delete, func, literal, or_, select, update
from sqlalchemy.orm import Session

from .....core.answers import ConsentText, Keeping
from .....core.rights.apart import nobody
from .....core.values import Message
from ..models import Guarantor, Instalment, Loan, Plan
from ..rules.lending import AGREED as CONFIRMED
from ..rules.lending import APPLIED, APPROVED, DRAFT, LOST, OUT, REFUSED, REPAID, REVIEW, WITHDRAWN

CONSENT, CONSENT_VERSION = "fund.loan", "1"

TO_LENDER = ConsentText(
    CONSENT,
    CONSENT_VERSION,
    "third_party",
    Message("Applying for a loan, or guaranteeing one", {}),
    Message("The lender may get what I have written here", {}),
    Message("to decide about the loan, to make the contract and to have it paid back; the lender is"
            " named where you apply", {}),
    Message("name, e-mail address, phone number, what you wrote in the application, and how it is"
            " paid back", {}),
    Message("until the loan is paid back, and then as long as the law makes the lender keep its"
            " books", {}),
    Message("You may refuse; then you cannot apply or guarantee here.", {}),
    ends=Message("You take it back by withdrawing the application, before it is paid out.", {}),
)  # fmt: skip

_OVER = (REFUSED, WITHDRAWN)
_BOOKS = (OUT, REPAID, LOST)


def forget_applications(session: Session, before: datetime, most: int) -> int:
    """Destroy applications that came to nothing, and those that nobody has gone on with."""
    over = (Loan.state.in_(_OVER) & (Loan.ended_at <= before)) | (
        Loan.state.in_((DRAFT, APPLIED)) & (Loan.made_at <= before)
    )
    due = list(session.scalars(select(Loan.id).where(over).limit(most)))
    session.execute(delete(Guarantor).where(Guarantor.loan_id.in_(due)))
    session.execute(delete(Loan).where(Loan.id.in_(due)))
    return len(due)


def forget_borrowers(session: Session, before: datetime, most: int) -> int:
    """Forget whose loans those were that ended long ago; the won stay in the books."""
    gone = nobody(session, before)
    query = select(Loan.id).where(
        Loan.state.in_((REPAID, LOST)), Loan.ended_at <= before, Loan.person_id != gone
    )
    due = list(session.scalars(query.limit(most)))
    emptied = {"person_id": gone, "purpose": "", "repay_how": "", "answer": ""}
    key = literal("gone:") + cast(Loan.id, String)
    session.execute(update(Loan).where(Loan.id.in_(due)).values(**emptied, key=key))
    session.execute(delete(Guarantor).where(Guarantor.loan_id.in_(due)))
    return len(due)


def last_loan(session: Session, person_id: int) -> datetime | None:
    """Return when the last loan that this person borrowed or guarantees ends or has ended; one
    that is out ends with its last instalment at the earliest."""
    mine = or_(
        Loan.person_id == person_id,
        Loan.id.in_(
            select(Guarantor.loan_id).where(
                Guarantor.person_id == person_id, Guarantor.state == "agreed"
            )
        ),
    )
    ended = session.scalar(
        select(func.max(Loan.ended_at)).where(mine, Loan.state.in_((REPAID, LOST)))
    )
    last = session.scalar(
        select(func.max(Instalment.due_on))
        .join(Plan, Plan.id == Instalment.plan_id)
        .join(Loan, Loan.id == Plan.loan_id)
        .where(mine, Loan.state == OUT)
    )
    open_until = None if last is None else datetime.combine(last, time(), UTC)
    return max((each for each in (ended, open_until) if each is not None), default=None)


def forget_person(session: Session, person_id: int, at: datetime) -> None:
    """Withdraw what somebody who leaves has applied for, and free them of guarantees of loans that
    are not out; what was paid out stays owed, and is kept apart."""
    waiting = (DRAFT, APPLIED, REVIEW, APPROVED, CONFIRMED)
    session.execute(
        update(Loan)
        .where(Loan.person_id == person_id, Loan.state.in_(waiting))
        .values(state=WITHDRAWN, ended_at=at, purpose="", repay_how="")
    )
    not_out = select(Loan.id).where(Loan.state.not_in(_BOOKS))
    session.execute(
        update(Guarantor)
        .where(Guarantor.person_id == person_id, Guarantor.loan_id.in_(not_out))
        .values(state="declined", person_id=None)
    )


KEEPINGS = (
    Keeping(
        "loan applications",
        Message("Applications for a loan that came to nothing", {}),
        Message("what you wrote, who was to guarantee, and the answer", {}),
        Message("a year after the end", {}),
        Message("steps before a contract that you asked for (article 15 (1) 4)", {}),
        months=12,
        purge=forget_applications,
    ),
    Keeping(
        "loans",
        Message("Loans, who guarantees them, and what was paid", {}),
        Message("name, terms, guarantors, payments", {}),
        Message("ten years after the loan has ended", {}),
        Message("keeping books and important papers of business (Commercial Act article 33)", {}),
        months=120,
        purge=forget_borrowers,
        last=last_loan,
    ),
)
