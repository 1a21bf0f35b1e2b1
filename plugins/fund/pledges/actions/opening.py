"""The treasurer checks a proposal: opens it with its legal notice, or says why not."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from .....core import follows, outbox
from .....core.donations import Notice
from .....core.errors import Forbidden, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Drive, Solicitation
from ..rules import COUNTING_DAYS, OPEN, PROPOSED, last_day, phase_of, subject_of
from .held import check_organiser, locked, record, runners, tell_runners, today

ENDS = "fund.round_ends"
_OPENED = Message("Your drive is open: %(title)s", {}).text
_OPENED_TEXT = Message("Your neighbours can pledge now. Tell them about it.", {})
_REFUSED = Message("Your drive was not opened: %(title)s", {}).text


def open_drive(
    node: Node, session: Session, drive_id: int, notice: Notice, *, actor_id: int
) -> Drive:
    """Open a proposed drive with the notice that the law asks for; its days begin today.

    Days, goal and purpose of the notice are those of the drive, whatever was given. ``Invalid``
    where the law does not allow it, ``Refused`` where the organiser has no room left or whoever
    opens it runs it.
    """
    drive = locked(session, drive_id)
    if drive.state == OPEN:
        return drive
    if drive.state != PROPOSED:
        raise Refused("Only a drive that is proposed can be opened.")
    if actor_id in runners(session, drive):
        raise Forbidden(
            "You lead this project yourself. Please ask another treasurer, or the steward."
        )
    begins = today(node)
    notice = replace(
        notice, goal=drive.optimum, purpose=drive.summary, collect_from=begins, use_from=begins,
        collect_until=_latest(drive, begins), reward="",
    )  # fmt: skip
    notice.check()
    if not notice.registration:
        check_organiser(node, session, drive.space_id, 1)
    said = {field.name: getattr(notice, field.name) for field in fields(notice)
            if field.name != "reward"}  # fmt: skip
    session.add(Solicitation(drive_id=drive_id, **said))
    drive.state, drive.opened_at = OPEN, node.clock.now()
    drive.first_until = last_day(begins, drive.first_days)
    drive.version += 1
    session.flush()
    count_later(node, session, drive)
    for person_id in runners(session, drive):
        follows.follow(session, person_id, subject_of(drive_id), at=node.clock.now())
    title = Message(_OPENED, {"title": drive.title})
    tell_runners(node, session, drive, title, _OPENED_TEXT, "opened")
    record(node, session, "opened", drive_id, actor_id, registered=bool(notice.registration))
    return drive


def _latest(drive: Drive, begins: date) -> date:
    """Return the last day on which may be collected: both rounds and the days of counting."""
    days = drive.first_days + drive.second_days + 2 * (COUNTING_DAYS + 1)
    return last_day(begins, days)


def count_later(node: Node, session: Session, drive: Drive) -> None:
    """Ask that the round is counted once the days of counting are over, if nobody has by then."""
    phase = phase_of(drive, today(node))
    if phase.until is None:
        return
    day = phase.until + timedelta(days=COUNTING_DAYS + 1)
    at = datetime.combine(day, time(6), tzinfo=ZoneInfo(node.settings.node.time_zone))
    payload = {"drive_id": drive.id, "round": phase.round}
    outbox.enqueue(session, ENDS, payload, key=f"{ENDS}:{drive.id}:{phase.round}", at=at)


def refuse(node: Node, session: Session, drive_id: int, *, reason: str, actor_id: int) -> None:
    """Say why a proposal is not opened; whoever made it can change it and propose it anew."""
    drive = locked(session, drive_id)
    if drive.state != PROPOSED:
        raise Refused("Only a drive that is proposed can be refused.")
    drive.state, drive.reason = "refused", reason
    drive.version += 1
    title = Message(_REFUSED, {"title": drive.title})
    tell_runners(node, session, drive, title, reason, f"refused:{drive.version}")
    record(node, session, "refused", drive_id, actor_id)
