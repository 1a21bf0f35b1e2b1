"""What is kept of members, how long, and how it is destroyed.

Capital of somebody who has left the site is still owed to them: who they were stays at it, for the
treasurer alone, until it is given back. All else goes when the books need it no more.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from .....core.answers import Keeping
from .....core.facts import PersonLeft
from .....core.node import Node
from .....core.values import Message
from .. import queries
from ..models import Arrival, Deposit, Due, Member, ShareCertificate
from ..rules import APPLIED, CAPITAL, LEFT, LIVE, MEMBER, REFUSED, WITHDRAWN
from .held import locked
from .joining import go

_NOT_SYNCED = {"synchronize_session": False}


def forget_person(node: Node, session: Session, fact: PersonLeft) -> None:
    """End the memberships of somebody who leaves the site; certificates and pleas are destroyed,
    and where capital of theirs is here it is kept who gets it back."""
    rows = session.scalars(
        select(Member.id).where(Member.person_id == fact.id).order_by(Member.id)
    ).all()
    for member_id in rows:
        member = locked(session, member_id)
        if member.state == MEMBER:
            go(node, session, member, LEFT)
        elif member.state == APPLIED:
            member.state, member.ended_at = WITHDRAWN, node.clock.now()
        member.words = ""
        if queries.capital(session, member_id):
            member.kept_name, member.kept_contact = fact.name[:60], fact.email
    mine = Due.member_id.in_(rows)
    session.execute(update(Due).where(mine).values(plea="", answer=""))
    session.execute(delete(ShareCertificate).where(ShareCertificate.member_id.in_(rows)))
    session.flush()


def forget_applications(session: Session, before: datetime, most: int) -> int:
    """Destroy what became of nobody's membership."""
    old = (Member.state.in_((REFUSED, WITHDRAWN)), Member.applied_at <= before)
    due = select(Member.id).where(*old).limit(most)
    gone = session.execute(delete(Member).where(Member.id.in_(due)), execution_options=_NOT_SYNCED)
    return int(gone.rowcount)  # type: ignore[attr-defined]


def forget_pleas(session: Session, before: datetime, most: int) -> int:
    """Destroy why somebody asked to be let off; that they were stays in the list of dues."""
    told = (Due.plea != "") | (Due.answer != "")
    due = select(Due.id).where(Due.plea_at <= before, told).limit(most)
    gone = session.execute(
        update(Due).where(Due.id.in_(due)).values(plea="", answer=""),
        execution_options=_NOT_SYNCED,
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def forget_members(session: Session, before: datetime, most: int) -> int:
    """Forget who was a member five years after the last thing of it; the won stay in the books."""
    held = (
        select(Arrival.member_id)
        .where(Arrival.what == CAPITAL)
        .group_by(Arrival.member_id)
        .having(func.sum(Arrival.amount) > 0)
    )
    lately = select(Arrival.member_id).where(Arrival.at > before)
    due = (
        select(Member.id)
        .where(Member.person_id.is_not(None), Member.state.not_in(LIVE), Member.ended_at <= before,
               Member.id.not_in(held), Member.id.not_in(lately))
        .limit(most)
    )  # fmt: skip
    ids = session.scalars(due).all()
    session.execute(delete(ShareCertificate).where(ShareCertificate.member_id.in_(ids)))
    gone = session.execute(
        update(Member)
        .where(Member.id.in_(ids))
        .values(person_id=None, words="", reason="", kept_name="", kept_contact=""),
        execution_options=_NOT_SYNCED,
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def forget_depositors(session: Session, before: datetime, most: int) -> int:
    """Forget who sent a deposit; its sum stays."""
    named = (Deposit.depositor != "") | (Deposit.memo != "")
    due = select(Deposit.id).where(Deposit.at <= before, named).limit(most)
    gone = session.execute(
        update(Deposit).where(Deposit.id.in_(due)).values(depositor="", memo=""),
        execution_options=_NOT_SYNCED,
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def last_money(session: Session, person_id: int) -> datetime | None:
    """Return when money of a person last came or went back."""
    query = select(func.max(Arrival.at)).join(Member, Member.id == Arrival.member_id)
    return session.scalar(query.where(Member.person_id == person_id))


_BOOKS = Message("keeping books and their evidence (Framework Act on National Taxes article 85-3)",
                 {})  # fmt: skip
KEEPINGS = (
    Keeping(
        "applications for membership",
        Message("Applications for membership of the fund that were refused or taken back", {}),
        Message("name, what you wrote, when, and why it was refused", {}),
        Message("six months", {}),
        Message("your application (article 15 (1) 4)", {}),
        months=6,
        purge=forget_applications,
    ),
    Keeping(
        "pleas about dues",
        Message("Why somebody asked to be let off their dues", {}),
        Message("what you wrote, and the answer", {}),
        Message("one year", {}),
        Message("your request (article 15 (1) 4)", {}),
        months=12,
        purge=forget_pleas,
    ),
    Keeping(
        "memberships of the fund",
        Message("Membership of the fund, dues and capital", {}),
        Message("name, from when to when, what was due, what came and went back", {}),
        Message("five years after the last of it, and as long as capital is owed to you", {}),
        _BOOKS,
        months=60,
        purge=forget_members,
        last=last_money,
    ),
    Keeping(
        "deposits at the fund's bank",
        Message("The bank's list of deposits of the fund", {}),
        Message("who sent it, what they wrote, amount, when it came", {}),
        Message("five years", {}),
        _BOOKS,
        months=60,
        purge=forget_depositors,
    ),
)
