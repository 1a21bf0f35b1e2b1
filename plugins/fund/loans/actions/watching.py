"""Looking after loans that are out: a word before an instalment, and more when it is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from .....core import outbox
from .....core.node import Node
from .....core.values import Message
from ..models import Loan
from ..queries import Owed, a_lender, owed
from ..rules.lending import OUT
from .held import guarantors_of, tell, today

JOB = "fund.loan_watch"
BEFORE = 3
"""So many days before an instalment its borrower is reminded."""

_SOON = Message("An instalment is due on %(day)s", {}).text
_SOON_TEXT = Message("%(amount)s won. If you cannot pay it, please tell the lender now.", {}).text
_LATE = Message("An instalment is late", {}).text
_LATE_TEXT = Message(
    "%(amount)s won were due. Please talk to the lender: a later plan can often be found.", {}
).text
_GUARANTOR = Message("A loan that you guarantee is late", {}).text
_GUARANTOR_TEXT = Message(
    "It has not been paid for %(days)s days. The lender may turn to you; please see the page.", {}
).text


def watch_from(node: Node, session: Session, loan_id: int) -> None:
    """Look after a loan from tomorrow morning on."""
    _again(node, session, loan_id, today(node) + timedelta(days=1))


def _again(node: Node, session: Session, loan_id: int, day: date) -> None:
    at = datetime.combine(day, time(9), ZoneInfo(node.settings.node.time_zone))
    outbox.enqueue(session, JOB, {"loan_id": loan_id}, key=f"{JOB}:{loan_id}:{day}", at=at)


def watch(node: Node, payload: Mapping[str, Any]) -> None:
    """Tell what is due or late of a loan, each thing once, and look again when it matters."""
    with node.db.write() as session:
        loan = session.get(Loan, int(payload["loan_id"]))
        if loan is None or loan.state != OUT:
            return
        day = today(node)
        stand = owed(session, loan, day)
        if stand is None:
            return
        _tell_borrower(node, session, loan, stand)
        _tell_guarantors(node, session, loan, stand)
        _again(node, session, loan.id, _next_look(stand, day))


def _next_look(stand: Owed, day: date) -> date:
    tomorrow, ahead = day + timedelta(days=1), stand.standing.next
    if stand.standing.now.amount or ahead is None:
        return tomorrow
    return max(tomorrow, ahead.due_on - timedelta(days=BEFORE))


def _tell_borrower(node: Node, session: Session, loan: Loan, stand: Owed) -> None:
    now, ahead = stand.standing, stand.standing.next
    if now.late_since is not None:
        text = Message(_LATE_TEXT, {"amount": f"{now.now.amount:,}"})
        key = f"late:{stand.version}:{now.late_since}:{now.days_late // 7}"
        tell(node, session, loan.person_id, loan.id, Message(_LATE, {}), text, key=key)
    if ahead is not None and (ahead.due_on - now.day).days <= BEFORE:
        title = Message(_SOON, {"day": str(ahead.due_on)})
        text = Message(_SOON_TEXT, {"amount": f"{ahead.amount:,}"})
        key = f"soon:{stand.version}:{ahead.due_on}"
        tell(node, session, loan.person_id, loan.id, title, text, key=key)


def _tell_guarantors(node: Node, session: Session, loan: Loan, stand: Owed) -> None:
    now = stand.standing
    if now.days_late < a_lender(session, loan.lender_id).letter_days:
        return
    text = Message(_GUARANTOR_TEXT, {"days": now.days_late})
    for place in guarantors_of(session, loan.id):
        if place.person_id is not None:
            tell(node, session, place.person_id, loan.id, Message(_GUARANTOR, {}), text,
                 key=f"guarantors:{stand.version}:{now.late_since}",
                 url=f"/fund/loans/guarantee/{place.code}")  # fmt: skip


WORK = {JOB: watch}
"""The timed work of loans by its kind."""
