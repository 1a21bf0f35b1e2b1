"""Becoming a member and leaving: asked for, accepted or not, and ended at any time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from .. import queries
from ..models import CapitalReturn, Member, MembershipKind, Purchase
from ..rules import (
    APPLIED,
    DROPPED,
    ENDED,
    LATE_MONTHS,
    LEFT,
    LETTERS,
    MEMBER,
    REFUSED,
    WANTED,
    WITHDRAWN,
    month_later,
    repay_on,
)
from .held import locked, own, record, refuse_unless, tell_desk, tell_member, today
from .owing import ask_daily, make_dues
from .shares import add_purchase

_ASKS = Message("%(name)s wants to be a member: %(kind)s", {}).text
_YES = Message("You are a member now: %(kind)s", {}).text
_YES_TEXT = Message("Welcome! On your page stands what there is to pay, and how.", {}).text
_NO = Message("Your application was not accepted: %(kind)s", {}).text
_OVER = Message("Your membership has ended: %(kind)s", {}).text
_LEAVES = Message("A member with capital has left: %(kind)s", {}).text
_LEAVES_TEXT = Message("%(amount)s won are to be given back from %(day)s on.", {}).text


def apply(
    node: Node, session: Session, person_id: int, kind_id: int, *, words: str, key: str
) -> Member:
    """Ask to be a member of a kind, once for each key; Refused while one is a member of it."""
    person = members.stays(session, person_id)
    kind = queries.kind(session, kind_id)
    if person is None or not kind.active:
        raise NotFound("There is no such kind of membership.")
    made = _made(session, person_id, key)
    if made is not None:
        return made
    member = Member(
        person_id=person_id, kind_id=kind_id, state=APPLIED, words=words, key=key,
        code="D" + node.random.code(6, LETTERS), applied_at=node.clock.now(),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(member)
            session.flush()
    except IntegrityError:
        again = _made(session, person_id, key)
        if again is None:
            raise Refused("You have asked for this already, or are a member.") from None
        return again
    title = Message(_ASKS, {"name": person.name, "kind": kind.name})
    tell_desk(node, session, member.id, title, words, key=f"asks:{member.id}")
    record(node, session, "applied", ("membership", member.id), person_id)
    return member


def _made(session: Session, person_id: int, key: str) -> Member | None:
    same = (Member.person_id == person_id, Member.key == key)
    return session.scalars(select(Member).where(*same)).one_or_none()


def withdraw(node: Node, session: Session, member_id: int, *, person_id: int) -> None:
    """Take back that one wants to be a member."""
    member = own(session, member_id, person_id)
    if member.state == WITHDRAWN:
        return
    refuse_unless(member, APPLIED)
    member.state, member.ended_at = WITHDRAWN, node.clock.now()
    session.flush()
    record(node, session, "withdrawn", ("membership", member_id), person_id)


def accept(
    node: Node, session: Session, member_id: int, *, owes_from: date | None = None,
    actor_id: int | None,
) -> None:  # fmt: skip
    """Accept somebody; what is due from the month of ``owes_from`` (this one if None) stands at
    once, and the least number of shares waits to be paid in."""
    person_id = queries.member(session, member_id).person_id
    if person_id is None or members.stays(session, person_id) is None:
        raise Refused("This person has left.")
    member = locked(session, member_id)
    if member.state == MEMBER:
        return
    refuse_unless(member, APPLIED)
    day = today(node)
    _check_start(owes_from or day, day)
    now, kind = node.clock.now(), queries.kind(session, member.kind_id)
    member.state, member.joined_at, member.decided_by = MEMBER, now, actor_id
    member.owes_from = (owes_from or day).replace(day=1)
    session.flush()
    make_dues(node, session, member, kind)
    if kind.unit and kind.least:
        add_purchase(node, session, member, kind, kind.least, key="join")
    ask_daily(node, session)
    title = Message(_YES, {"kind": kind.name})
    tell_member(node, session, member, title, Message(_YES_TEXT, {}), key=f"yes:{member.id}")
    record(node, session, "accepted", ("membership", member_id), actor_id)


def _check_start(start: date, day: date) -> None:
    if not month_later(day, -LATE_MONTHS) <= start <= day:
        raise Invalid(
            {"owes_from": [Message("A day of the last two years, today at the latest.", {})]}
        )


def refuse(node: Node, session: Session, member_id: int, *, reason: str, actor_id: int) -> None:
    """Do not accept somebody, and tell them why."""
    member = locked(session, member_id)
    if member.state == REFUSED:
        return
    refuse_unless(member, APPLIED)
    kind = queries.kind(session, member.kind_id)
    member.state, member.reason, member.ended_at = REFUSED, reason, node.clock.now()
    member.decided_by = actor_id
    session.flush()
    title = Message(_NO, {"kind": kind.name})
    tell_member(node, session, member, title, reason, key=f"no:{member.id}")
    record(node, session, "refused", ("membership", member_id), actor_id)


def leave(node: Node, session: Session, member_id: int, *, person_id: int) -> None:
    """Leave, at any time: nothing is due any more, and capital is given back later."""
    member = own(session, member_id, person_id)
    if member.state == LEFT:
        return
    refuse_unless(member, MEMBER)
    go(node, session, member, LEFT)
    record(node, session, "left", ("membership", member_id), person_id)


def end(node: Node, session: Session, member_id: int, *, reason: str, actor_id: int) -> None:
    """End somebody's membership as the by-laws allow it, and tell them why."""
    member = locked(session, member_id)
    if member.state == ENDED:
        return
    refuse_unless(member, MEMBER)
    member.reason, member.decided_by = reason, actor_id
    go(node, session, member, ENDED)
    title = Message(_OVER, {"kind": queries.kind(session, member.kind_id).name})
    tell_member(node, session, member, title, reason, key=f"over:{member.id}")
    record(node, session, "ended", ("membership", member_id), actor_id)


def go(node: Node, session: Session, member: Member, state: str) -> None:
    """End a membership that is held: shares that are not paid in are dropped, and the capital is
    noted to be given back."""
    member.state, member.ended_at = state, node.clock.now()
    wanted = select(Purchase).where(Purchase.member_id == member.id, Purchase.state == WANTED)
    for each in session.scalars(wanted.with_for_update()):
        each.state = DROPPED
    session.flush()
    amount = queries.capital(session, member.id)
    if amount:
        _give_back_later(node, session, member, amount)


def _give_back_later(node: Node, session: Session, member: Member, amount: int) -> None:
    chosen, kind = queries.settings(session), session.get_one(MembershipKind, member.kind_id)
    due_on = repay_on(today(node), chosen.year_ends, chosen.repay_months)
    session.add(
        CapitalReturn(member_id=member.id, amount=amount, asked_at=node.clock.now(), due_on=due_on)
    )
    session.flush()
    text = Message(_LEAVES_TEXT, {"amount": f"{amount:,}", "day": str(due_on)})
    title = Message(_LEAVES, {"kind": kind.name})
    tell_desk(node, session, member.id, title, text, key=f"leaves:{member.id}")
