"""What is kept of one person about their memberships, for them to take along."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData
from ..models import Arrival, CapitalReturn, Due, Member, MembershipKind, Purchase


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return memberships, dues, money and shares of a person."""
    mine = Member.person_id == person_id
    members = (
        select(MembershipKind.name.label("kind"), Member.state, Member.code, Member.words,
               Member.reason, Member.owes_from, Member.applied_at, Member.joined_at,
               Member.ended_at)
        .join(MembershipKind, MembershipKind.id == Member.kind_id)
        .where(mine)
        .order_by(Member.id)
    )  # fmt: skip
    dues = (
        select(Due.period, Due.amount, Due.paid, Due.due_on, Due.plea, Due.answer, Due.waived_at)
        .join(Member, Member.id == Due.member_id)
        .where(mine)
        .order_by(Due.id)
    )
    money = (
        select(Arrival.what, Arrival.amount, Arrival.way, Arrival.came_on)
        .join(Member, Member.id == Arrival.member_id)
        .where(mine)
        .order_by(Arrival.id)
    )
    shares = (
        select(Purchase.shares, Purchase.amount, Purchase.code, Purchase.state, Purchase.made_at)
        .join(Member, Member.id == Purchase.member_id)
        .where(mine)
        .order_by(Purchase.id)
    )
    back = (
        select(CapitalReturn.amount, CapitalReturn.asked_at, CapitalReturn.due_on,
               CapitalReturn.paid, CapitalReturn.lost, CapitalReturn.paid_at)
        .join(Member, Member.id == CapitalReturn.member_id)
        .where(mine)
        .order_by(Member.id)
    )  # fmt: skip
    return PersonalData.read(
        session,
        {"fund_memberships": members, "fund_dues": dues, "fund_member_money": money,
         "fund_shares": shares, "fund_capital_given_back": back},
    )  # fmt: skip
