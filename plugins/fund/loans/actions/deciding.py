"""Deciding about an application, and paying the loan out, once and within the lender's limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from .....core import ledger
from .....core.errors import Invalid, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Instalment, Lender, Loan, Plan
from ..queries import a_lender, outstanding
from ..rules import Due, check_cap, plan
from ..rules.lending import AGREED, APPROVED, OUT, REFUSED, REVIEW
from .held import guarantors_of, held, record, refuse_own, subject_of, tell, today
from .watching import watch_from


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a loan is given; ``answer`` says more in words."""

    amount: int
    months: int
    grace: int
    way: str
    rate_bp: int
    late_bp: int
    fee: int = 0
    answer: str = ""


_YES = Message("Your loan is approved", {}).text
_YES_TEXT = Message("Please read the terms and confirm them; then it can be paid out.", {}).text
_NO = Message("Your loan is not approved", {}).text


def approve(node: Node, session: Session, loan_id: int, terms: Terms, *, actor_id: int) -> None:
    """Approve an application on these terms: never more than was applied for, than the lender
    gives, or than the law allows."""
    loan = held(session, loan_id, REVIEW)
    refuse_own(session, loan, actor_id)
    _check(node, loan, a_lender(session, loan.lender_id), terms)
    for name in ("amount", "months", "grace", "way", "rate_bp", "late_bp", "fee", "answer"):
        setattr(loan, name, getattr(terms, name))
    loan.state, loan.decided_at, loan.decided_by = APPROVED, node.clock.now(), actor_id
    session.flush()
    tell(node, session, loan.person_id, loan.id, Message(_YES, {}), Message(_YES_TEXT, {}),
         key="approved")  # fmt: skip
    record(node, session, "approved", loan.id, actor_id, amount=loan.amount)


def _check(node: Node, loan: Loan, lender: Lender, terms: Terms) -> None:
    wrong: dict[str, list[Message]] = {}
    if terms.amount > loan.amount:
        wrong["amount"] = [Message("This is more than was applied for.", {})]
    if terms.months > lender.most_months:
        longest = {"most": lender.most_months}
        wrong["months"] = [Message("This lender lends for at most %(most)s months.", longest)]
    if terms.grace >= terms.months:
        wrong["grace"] = [Message("The grace has to be shorter than the loan.", {})]
    if terms.rate_bp > lender.rate_bp:
        wrong["rate_bp"] = [Message("This is above the lender's own terms.", {})]
    if not terms.rate_bp <= terms.late_bp <= max(lender.late_bp, terms.rate_bp):
        wrong["late_bp"] = [Message("Please keep between the rate and the lender's own terms.", {})]
    if wrong:
        raise Invalid(wrong)
    check_cap(_dues(terms, today(node)), terms.late_bp)


def _dues(terms: Terms | Loan, start: date) -> tuple[Due, ...]:
    return plan(
        terms.amount, terms.rate_bp, terms.months, way=terms.way, start=start, grace=terms.grace,
        fee=terms.fee,
    )  # fmt: skip


def refuse(node: Node, session: Session, loan_id: int, reason: str, *, actor_id: int) -> None:
    """Say no to an application, with a reason that the borrower reads."""
    loan = held(session, loan_id, REVIEW)
    refuse_own(session, loan, actor_id)
    now = node.clock.now()
    loan.state, loan.answer, loan.decided_at, loan.decided_by = REFUSED, reason, now, actor_id
    loan.ended_at = now
    session.flush()
    text = Message("The reason stands on the page of your application.", {})
    tell(node, session, loan.person_id, loan.id, Message(_NO, {}), text, key="refused")
    record(node, session, "refused", loan.id, actor_id)


def pay_out(node: Node, session: Session, loan_id: int, out_on: date, *, actor_id: int) -> bool:
    """Note that the lender has paid a loan out, once; what a co-operative has out stays within its
    paid-in capital, whoever pays out at the same time. Return whether it was done now."""
    loan = held(session, loan_id, AGREED, OUT)
    refuse_own(session, loan, actor_id)
    if loan.state == OUT:
        return False
    _check_out(node, session, loan, out_on)
    ledger.hold(session)
    lender = session.get_one(Lender, loan.lender_id, with_for_update=True, populate_existing=True)
    if lender.capital is not None:
        room = lender.capital - outstanding(session, lender.id)
        if loan.amount > room:
            raise Refused(
                "The lender may only lend within its paid-in capital. So much is left of it:"
                " %(left)s won",
                left=f"{max(0, room):,}",
            )
    loan.state, loan.out_on = OUT, out_on
    add_plan(
        node, session, loan, _dues(loan, out_on), starts_on=out_on, reason="", actor_id=actor_id
    )
    draft = ledger.Draft(
        key=f"loan:{loan.id}:out", subject=subject_of(loan.id), memo="대출 지급",
        entries=((ledger.account("loan", loan.id), loan.amount),
                 (ledger.account("lender", lender.id), -loan.amount)),
        actor_id=actor_id,
    )  # fmt: skip
    ledger.post(session, [draft], node.clock.now())
    text = Message("On your page you see when what is to be paid back.", {})
    tell(node, session, loan.person_id, loan.id, Message("Your loan is paid out", {}), text,
         key="out")  # fmt: skip
    record(node, session, "paid_out", loan.id, actor_id, amount=loan.amount)
    watch_from(node, session, loan.id)
    return True


def _check_out(node: Node, session: Session, loan: Loan, out_on: date) -> None:
    if out_on > today(node):
        raise Invalid({"out_on": [Message("Please enter it once it is paid.", {})]})
    if loan.agreed_at is not None and (today(node) - out_on).days > 31:
        raise Invalid({"out_on": [Message("This is more than a month ago. Please check it.", {})]})
    if any(each.paper_at is None for each in guarantors_of(session, loan.id)):
        raise Refused(
            "A guarantor's signature on paper is missing. A guarantee given on a screen alone does"
            " not hold (Civil Act article 428-2)."
        )


def add_plan(
    node: Node, session: Session, loan: Loan, dues: tuple[Due, ...], *, starts_on: date,
    reason: str, actor_id: int, version: int = 1,
) -> Plan:  # fmt: skip
    """Add a plan to a loan: the newest one holds."""
    made = Plan(
        loan_id=loan.id, version=version, starts_on=starts_on, reason=reason, made_by=actor_id,
        made_at=node.clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    session.add_all(
        Instalment(
            plan_id=made.id, number=due.number, due_on=due.due_on, interest=due.interest,
            principal=due.principal,
        )
        for due in dues
    )  # fmt: skip
    session.flush()
    return made
