"""Applying for a loan: a draft, its guarantors' places, handing it in, taking it back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import Invalid, NotFound, Refused, TooMany
from .....core.node import Node
from .....core.values import Message
from ..models import Guarantor, Lender, Loan
from ..queries import a_lender
from ..rules import MOST_GUARANTORS
from ..rules.lending import AGREED, APPLIED, APPROVED, DRAFT, OUT, REVIEW, WITHDRAWN
from .forgetting import CONSENT, CONSENT_VERSION
from .held import held, record, tell_desk

OPEN = (DRAFT, APPLIED, REVIEW, APPROVED, AGREED)
MOST_OPEN = 3
"""So many applications of one person may wait at a time."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody applies for, in won and months; ``key`` makes one form one application."""

    lender_id: int
    amount: int
    months: int
    grace: int
    way: str
    purpose: str
    repay_how: str
    key: str


def draft(node: Node, session: Session, wish: Wish, *, person_id: int) -> Loan:
    """Begin an application with a verified lender; who applies has agreed that the lender gets it
    (Personal Information Protection Act article 17)."""
    if members.stays(session, person_id) is None:
        raise NotFound("There is no such loan.")
    same = select(Loan).where(Loan.person_id == person_id, Loan.key == wish.key)
    made = session.scalars(same).one_or_none()
    if made is not None:
        return made
    lender = _lender(session, wish)
    waiting = select(func.count()).where(Loan.person_id == person_id, Loan.state.in_(OPEN))
    if int(session.scalar(waiting) or 0) >= MOST_OPEN:
        raise TooMany("Several of your applications wait already. Please finish those first.")
    made = Loan(
        lender_id=lender.id, person_id=person_id, state=DRAFT, amount=wish.amount,
        months=wish.months, grace=wish.grace, way=wish.way, rate_bp=lender.rate_bp,
        late_bp=lender.late_bp, purpose=wish.purpose, repay_how=wish.repay_how, key=wish.key,
        made_at=node.clock.now(), fee=0, lost=0,
    )  # fmt: skip
    session.add(made)
    session.flush()
    members.give_consent(session, person_id, CONSENT, CONSENT_VERSION, at=node.clock.now())
    record(node, session, "drafted", made.id, person_id)
    return made


def _lender(session: Session, wish: Wish) -> Lender:
    lender = a_lender(session, wish.lender_id)
    if lender.verified_at is None or lender.closed_at is not None:
        raise Refused("This lender takes no applications now.")
    wrong: dict[str, list[Message]] = {}
    if wish.amount > lender.most:
        most = f"{lender.most:,}"
        wrong["amount"] = [Message("This lender lends at most %(most)s won.", {"most": most})]
    if wish.months > lender.most_months:
        longest = {"most": lender.most_months}
        wrong["months"] = [Message("This lender lends for at most %(most)s months.", longest)]
    if wish.grace >= wish.months:
        wrong["grace"] = [Message("The grace has to be shorter than the loan.", {})]
    if wrong:
        raise Invalid(wrong)
    return lender


def own(session: Session, loan_id: int, person_id: int, *states: str) -> Loan:
    """Return one's own loan with a lock on it; NotFound for anybody else's."""
    loan = held(session, loan_id)
    if loan.person_id != person_id:
        raise NotFound("There is no such loan.")
    return held(session, loan_id, *states)


def add_guarantor(
    node: Node, session: Session, loan_id: int, amount: int, *, person_id: int
) -> Guarantor:
    """Make a place for a guarantor, with a link that the borrower passes on."""
    loan = own(session, loan_id, person_id, DRAFT, APPLIED)
    count = session.scalar(select(func.count()).where(Guarantor.loan_id == loan.id))
    if int(count or 0) >= MOST_GUARANTORS:
        raise Refused("A loan has at most three guarantors.")
    if amount > loan.amount:
        raise Invalid({"amount": [Message("Nobody answers for more than the loan.", {})]})
    made = Guarantor(
        loan_id=loan.id, amount=amount, state="asked", code=node.random.token(18),
        made_at=node.clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(node, session, "guarantor_asked", loan.id, person_id, guarantor=made.id)
    return made


def drop_guarantor(
    node: Node, session: Session, loan_id: int, guarantor_id: int, *, person_id: int
) -> None:
    """Take a place back as long as the application was not looked at; its link leads nowhere."""
    loan = own(session, loan_id, person_id, DRAFT, APPLIED)
    here = (Guarantor.id == guarantor_id, Guarantor.loan_id == loan.id)
    session.execute(delete(Guarantor).where(*here))
    record(node, session, "guarantor_dropped", loan.id, person_id, guarantor=guarantor_id)
    if loan.state == APPLIED:
        go_on(node, session, loan)


def hand_in(node: Node, session: Session, loan_id: int, *, person_id: int) -> None:
    """Hand an application in; it is looked at once all who were asked to guarantee have agreed."""
    loan = own(session, loan_id, person_id, DRAFT)
    loan.state, loan.applied_at = APPLIED, node.clock.now()
    session.flush()
    record(node, session, "applied", loan.id, person_id)
    go_on(node, session, loan)


_NEW = Message("An application for a loan", {}).text
_NEW_TEXT = Message("It is whole and waits to be looked at.", {}).text


def go_on(node: Node, session: Session, loan: Loan) -> None:
    """Hand an application on to those who look at it, unless a guarantor has not agreed."""
    open_ = (Guarantor.loan_id == loan.id, Guarantor.state != "agreed")
    if session.scalar(select(Guarantor.id).where(*open_).limit(1)) is None:
        loan.state = REVIEW
        session.flush()
        tell_desk(node, session, loan.id, Message(_NEW, {}), Message(_NEW_TEXT, {}), key="new")


def withdraw(node: Node, session: Session, loan_id: int, *, person_id: int) -> None:
    """Take an application back; until the money is out there is nothing to be paid."""
    loan = own(session, loan_id, person_id)
    if loan.state == WITHDRAWN:
        return
    if loan.state not in OPEN:
        raise Refused("This loan has moved on meanwhile. Please look at it again.")
    loan.state, loan.ended_at = WITHDRAWN, node.clock.now()
    session.flush()
    record(node, session, "withdrawn", loan.id, person_id)


_AGREED = Message("A contract for a loan is confirmed", {}).text
_AGREED_TEXT = Message("The money can be paid out.", {}).text


def agree(node: Node, session: Session, loan_id: int, *, person_id: int) -> None:
    """Confirm the terms that were approved, as the borrower."""
    loan = own(session, loan_id, person_id, APPROVED, AGREED, OUT)
    if loan.state != APPROVED:
        return  # pressed twice
    loan.state, loan.agreed_at = AGREED, node.clock.now()
    session.flush()
    record(node, session, "agreed", loan.id, person_id)
    tell_desk(node, session, loan.id, Message(_AGREED, {}), Message(_AGREED_TEXT, {}), key="agreed")
