"""What is paid back: ordinary payments, repayment before time, and taking a wrong entry back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.errors import Invalid, NotFound, Refused
from .....core.models import LedgerPosting
from .....core.node import Node
from .....core.values import Message
from ..models import Loan, Payment, Plan
from ..queries import Owed, owed
from ..rules import Parts, early, later_plan, split
from ..rules.lending import OUT, REPAID
from .deciding import add_plan
from .held import held, record, refuse_own, subject_of, tell, today
from .watching import watch_from

_THANKS = Message("Your loan is repaid", {}).text
_THANKS_TEXT = Message("Nothing is left to pay. Thank you!", {}).text


@dataclass(frozen=True, slots=True)
class Money:
    """So many won that the lender got on a day; ``key`` makes one form one entry."""

    amount: int
    paid_on: date
    key: str
    note: str = ""


def pay(node: Node, session: Session, loan_id: int, money: Money, *, actor_id: int) -> Payment:
    """Note an ordinary payment, split by the rule that is shown; up to the next instalment."""
    loan, made = _begun(session, loan_id, money, actor_id)
    if made is not None:
        return made
    stand = _stand(node, session, loan, money.paid_on)
    parts = split(stand.standing, money.amount)
    return _note(node, session, loan, stand.plan_id, parts, money, actor_id)


def pay_early(
    node: Node, session: Session, loan_id: int, money: Money, *, whole: bool, actor_id: int
) -> Payment:
    """Note a repayment before time, without a fee and with interest to the day; ``whole`` pays all
    of it, otherwise the rest is spread anew over the months that are left."""
    loan, made = _begun(session, loan_id, money, actor_id)
    if made is not None:
        return made
    stand = _stand(node, session, loan, money.paid_on)
    parts = early(stand.standing, None if whole else money.amount)
    if whole and money.amount != parts.amount:
        raise Invalid({"amount": [
            Message("On that day it is %(sum)s won in all.", {"sum": f"{parts.amount:,}"})
        ]})  # fmt: skip
    made = _note(node, session, loan, stand.plan_id, parts, money, actor_id, is_early=True)
    if loan.state == OUT:
        dues = later_plan(
            stand.standing, out_on=_out_on(loan), rate_bp=loan.rate_bp, way=loan.way,
            principal=stand.standing.principal - parts.principal,
        )  # fmt: skip
        add_plan(node, session, loan, dues, starts_on=money.paid_on, reason="", actor_id=actor_id,
                 version=stand.version + 1)  # fmt: skip
    return made


def _begun(
    session: Session, loan_id: int, money: Money, actor_id: int
) -> tuple[Loan, Payment | None]:
    loan = held(session, loan_id)
    refuse_own(session, loan, actor_id)
    same = select(Payment).where(Payment.loan_id == loan_id, Payment.key == money.key)
    made = session.scalars(same).one_or_none()
    if made is None and loan.state != OUT:
        raise Refused("Nothing is to be paid on this loan.")
    return loan, made


def _out_on(loan: Loan) -> date:
    if loan.out_on is None:
        raise Refused("Nothing is to be paid on this loan.")
    return loan.out_on


def _stand(node: Node, session: Session, loan: Loan, day: date) -> Owed:
    if day > today(node):
        raise Invalid({"paid_on": [Message("Please enter it once it is paid.", {})]})
    stand = owed(session, loan, day)
    if stand is None:
        raise Refused("Nothing is to be paid on this loan.")
    last = max([stand.starts_on, *(each.on for each in stand.paid)])
    if day < last:
        raise Invalid({"paid_on": [
            Message("Something later stands there already: %(day)s. Please take that back first.",
                    {"day": str(last)})
        ]})  # fmt: skip
    return stand


def _note(
    node: Node, session: Session, loan: Loan, plan_id: int, parts: Parts, money: Money,
    actor_id: int, *, is_early: bool = False,
) -> Payment:  # fmt: skip
    made = Payment(
        loan_id=loan.id, plan_id=plan_id, paid_on=money.paid_on, late=parts.late,
        interest=parts.interest, principal=parts.principal, is_early=is_early, note=money.note,
        key=money.key, made_by=actor_id, made_at=node.clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    ledger.post(session, [_posting(loan, made, parts, actor_id)], node.clock.now())
    record(node, session, "payment", loan.id, actor_id, payment=made.id, amount=parts.amount)
    if ledger.balance(session, ledger.account("loan", loan.id)) == 0:
        loan.state, loan.ended_at = REPAID, node.clock.now()
        session.flush()
        tell(node, session, loan.person_id, loan.id, Message(_THANKS, {}),
             Message(_THANKS_TEXT, {}), key=f"repaid:{made.id}")  # fmt: skip
    return made


def _posting(loan: Loan, made: Payment, parts: Parts, actor_id: int) -> ledger.Draft:
    entries = (
        (ledger.account("lender", loan.lender_id), parts.amount),
        (ledger.account("loan", loan.id), -parts.principal),
        (ledger.account("interest", loan.lender_id), -(parts.interest + parts.late)),
    )
    return ledger.Draft(
        key=_key(made), subject=subject_of(loan.id), memo="대출 상환",
        entries=tuple(entry for entry in entries if entry[1]), actor_id=actor_id,
    )  # fmt: skip


def _key(made: Payment) -> str:
    return f"loan:{made.loan_id}:payment:{made.id}"


def take_back(
    node: Node, session: Session, loan_id: int, payment_id: int, *, reason: str, actor_id: int
) -> None:
    """Take the newest entry back by its opposite: the one before has to stand as it was split."""
    loan = held(session, loan_id, OUT, REPAID)
    refuse_own(session, loan, actor_id)
    found = session.get(Payment, payment_id)
    if found is None or found.loan_id != loan_id or found.reverses_id is not None:
        raise NotFound("There is no such entry on this loan.")
    back = select(Payment.id).where(Payment.reverses_id == payment_id)
    if session.scalar(back) is not None:
        return  # pressed twice
    _check_newest(session, loan, found)
    session.add(
        Payment(
            loan_id=loan_id, plan_id=found.plan_id, paid_on=found.paid_on, late=-found.late,
            interest=-found.interest, principal=-found.principal, is_early=found.is_early,
            reverses_id=found.id, note=reason, key=f"back:{found.id}", made_by=actor_id,
            made_at=node.clock.now(),
        )
    )  # fmt: skip
    posted = select(LedgerPosting.id).where(LedgerPosting.key == _key(found))
    ledger.reverse(
        session, session.scalars(posted).one(), memo="대출 상환 기록을 바로잡음",
        at=node.clock.now(), actor_id=actor_id,
    )  # fmt: skip
    loan.state, loan.ended_at = OUT, None
    session.flush()
    record(node, session, "payment_back", loan_id, actor_id, payment=payment_id)
    watch_from(node, session, loan_id)


def _check_newest(session: Session, loan: Loan, found: Payment) -> None:
    taken = select(Payment.reverses_id).where(
        Payment.loan_id == loan.id, Payment.reverses_id.is_not(None)
    )
    later = select(Payment.id).where(
        Payment.loan_id == loan.id, Payment.id > found.id, Payment.reverses_id.is_(None),
        Payment.id.not_in(taken),
    )  # fmt: skip
    newer = select(Plan.id).where(Plan.loan_id == loan.id, Plan.id > found.plan_id)
    if session.scalar(later.limit(1)) is not None or session.scalar(newer.limit(1)) is not None:
        raise Refused(
            "Only the newest entry can be taken back, and none from before the plan was changed."
        )
