"""What members owe: made once for each period, paid by what came, reminded of in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import notices, outbox
from .....core.node import Node
from .....core.notices import Notice
from .....core.statements import insert_of
from .....core.values import Message
from .. import queries
from ..models import Due, Member, MembershipKind
from ..rules import MEMBER, REMIND, Owed, due_on, periods, reminder, reminders_by, spread
from .held import locked, today

JOB = "fund.dues"
_HOUR = time(8, 30)
_AT_ONCE = 50

_SOON = Message("Soon your dues are due: %(open)s won", {}).text
_LATE = Message("Your dues are late: %(open)s won", {}).text
_TEXT = Message(
    "%(kind)s, for %(period)s, until %(day)s. On your page stands how to pay. If it is hard right"
    " now, you can ask there to be let off; nobody else sees that.",
    {},
).text


def make_dues(node: Node, session: Session, member: Member, kind: MembershipKind) -> int:
    """Make what a member owes for every period begun by today, once each, and pay it from what
    they have given too much; the member is held. Returns how many are new."""
    if member.state != MEMBER or member.owes_from is None or not kind.amount:
        return 0
    zone = ZoneInfo(node.settings.node.time_zone)
    day, joined = today(node), (member.joined_at or node.clock.now()).astimezone(zone).date()
    chosen, insert = queries.settings(session), insert_of(session.get_bind().dialect.name)
    made = 0
    for period in periods(member.owes_from, day, kind.every):
        last = due_on(period, chosen.due_day, joined)
        row = {
            "member_id": member.id, "period": period, "every": kind.every, "amount": kind.amount,
            "paid": 0, "due_on": last, "made_at": node.clock.now(), "told": 0, "plea": "",
            "answer": "", "remind_on": reminder(last, 0),
        }  # fmt: skip
        statement = insert(Due).values(row).on_conflict_do_nothing().returning(Due.id)
        made += session.scalar(statement) is not None
    settle(session, member.id)
    return made


def settle(session: Session, member_id: int) -> None:
    """Write down how far the dues of a member are paid by all that has come; the member is held."""
    session.flush()
    rows = session.scalars(
        select(Due)
        .where(Due.member_id == member_id)
        .order_by(Due.period, Due.id)
        .execution_options(populate_existing=True)
    ).all()
    owed = [Owed(row.id, row.amount, row.waived_at is not None) for row in rows]
    paid, _ = spread(queries.received(session, member_id), owed)
    for row in rows:
        row.paid = paid[row.id]
    session.flush()


def ask_daily(node: Node, session: Session) -> None:
    """Ask for the next morning's work, once however often it is asked for."""
    zone = ZoneInfo(node.settings.node.time_zone)
    morning = datetime.combine(today(node) + timedelta(days=1), _HOUR, zone)
    outbox.enqueue(session, JOB, {}, key=f"{JOB}:{morning.date()}", at=morning)


def daily(node: Node, _payload: Mapping[str, Any]) -> None:
    """Make what is due for periods that have begun, and remind of what is to be paid. The next
    morning is asked for first, so that a day that fails ends nothing."""
    with node.db.write() as session:
        ask_daily(node, session)
    make_all_dues(node)
    _remind_all(node)


def make_all_dues(node: Node) -> int:
    """Make the dues of all members that lack some; return how many are new."""
    with node.db.read() as session:
        lacking = _lacking(node, session)
    made = 0
    for start in range(0, len(lacking), _AT_ONCE):
        with node.db.write() as session:
            for member_id in lacking[start : start + _AT_ONCE]:
                member = locked(session, member_id)
                made += make_dues(node, session, member, queries.kind(session, member.kind_id))
    return made


def _lacking(node: Node, session: Session) -> list[int]:
    last = (
        select(Due.member_id, func.max(Due.period).label("period"))
        .group_by(Due.member_id)
        .subquery()
    )
    rows = session.execute(
        select(Member.id, Member.owes_from, MembershipKind.every, last.c.period)
        .join(MembershipKind, MembershipKind.id == Member.kind_id)
        .outerjoin(last, last.c.member_id == Member.id)
        .where(Member.state == MEMBER, Member.owes_from.is_not(None), MembershipKind.amount > 0)
        .order_by(Member.id)
    )
    day = today(node)
    found = []
    for row in rows:
        begun = periods(row.owes_from, day, row.every)
        if begun and (row.period is None or row.period < begun[-1]):
            found.append(row.id)
    return found


def _remind_all(node: Node) -> None:
    while True:
        with node.db.write() as session:
            if not _remind(node, session, _to_remind(node, session)):
                return


def _to_remind(node: Node, session: Session) -> Sequence[Any]:
    return session.execute(
        select(Due, Member.person_id, MembershipKind.name)
        .join(Member, Member.id == Due.member_id)
        .join(MembershipKind, MembershipKind.id == Member.kind_id)
        .where(queries.is_open(), Due.remind_on <= today(node), Member.state == MEMBER)
        .order_by(Due.remind_on, Due.id)
        .limit(_AT_ONCE)
        .with_for_update(of=Due)
    ).all()


def _remind(node: Node, session: Session, rows: Sequence[Any]) -> int:
    day = today(node)
    for due, person_id, kind in rows:
        waits = due.plea_at is not None and due.answered_at is None
        due.told = reminders_by(due.due_on, due.told, day)
        due.remind_on = reminder(due.due_on, due.told)
        if waits or person_id is None:
            continue
        late = due.due_on < day
        text = Message(_TEXT, {"kind": kind, "period": f"{due.period:%Y-%m}",
                               "day": str(due.due_on)})  # fmt: skip
        title = Message(_LATE if late else _SOON, {"open": f"{due.amount - due.paid:,}"})
        notice = Notice(
            kind=REMIND.name, title=title, text=text, url=f"/fund/membership/{due.member_id}",
            subject=f"membership:{due.member_id}",
            key=f"fund:due:{due.id}:{due.told}",
        )  # fmt: skip
        notices.tell(node, session, person_id, notice)
    session.flush()
    return len(rows)
