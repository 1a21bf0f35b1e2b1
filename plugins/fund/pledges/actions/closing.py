"""The end of a round: reached or not, every won goes where it belongs in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.errors import NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ...carrying import actions as carrying
from ...earmarks import actions as earmarks
from ...earmarks.models import Earmark
from ..models import Drive, Match, Pledge
from ..queries import added_by, match_of, steps
from ..rules import (
    CANCELLED,
    FAILED,
    OPEN,
    SUCCEEDED,
    held_for,
    last_day,
    parts_of,
    phase_of,
    raised_of,
    subject_of,
)
from .arriving import tell_due
from .held import locked, noted, record, tell_followers, tell_giver, tell_runners, today
from .matching import end_if_over
from .opening import count_later
from .pledging import owe

_DONE = Message("It worked: %(title)s", {}).text
_DONE_TEXT = Message("The minimum is there. Your %(amount)s won go to work. Thank you!", {}).text
_FAILED = Message("The minimum was not reached: %(title)s", {}).text
_FAILED_TEXT = Message("Your %(amount)s won are sent back to you.", {}).text
_CANCELLED = Message("The drive was cancelled: %(title)s", {}).text
_LAPSED_TEXT = Message(
    "Your pledge of %(amount)s won has lapsed, because the money had not come. Please send nothing"
    " any more.",
    {},
).text
_SECOND = Message("The minimum is there, the second round begins: %(title)s", {}).text
_SECOND_TEXT = Message("Until %(day)s it goes on towards the optimum.", {}).text
_RUN_DONE = Message("The money is there. Now it is carried out, step by step.", {})
_RUN_FAILED = Message("All that had come is sent back. You can propose it anew.", {})


def count_due(node: Node, payload: Mapping[str, Any]) -> None:
    """Count a round whose days of counting are over, unless the treasurer has done so."""
    with node.db.write() as session:
        drive = locked(session, int(payload["drive_id"]))
        phase = phase_of(drive, today(node))
        if phase.counting and phase.round == int(payload["round"]):
            _count(node, session, drive, None)


def count(node: Node, session: Session, drive_id: int, *, actor_id: int) -> Drive:
    """End a round once its last day has passed and all transfers are noted: only what has arrived
    counts. Twice is once."""
    drive = locked(session, drive_id)
    phase = phase_of(drive, today(node))
    if phase.pledging:
        raise Refused("Pledges are taken until %(day)s. Please count after that.",
                      day=str(phase.until))  # fmt: skip
    if phase.counting:
        _count(node, session, drive, actor_id)
    return drive


def _count(node: Node, session: Session, drive: Drive, actor_id: int | None) -> None:
    match = match_of(session, drive.id, lock=True)
    ledger.hold(session)
    standing = _standing(session, drive.id)
    arrived = [each for each in standing if each.arrived_at is not None]
    fresh = [each for each in arrived if each.moved_at is None]
    added = added_by(session, [match], counting=drive.id)[match.id].by_pledge if match else {}
    total = sum(each.amount + added.get(each.id, 0) for each in arrived)
    if drive.reached_at is None and total < drive.minimum:
        _fail(node, session, drive, FAILED, actor_id)
        return
    for each in fresh:
        each.matched = added.get(each.id, 0)
    _move(node, session, drive, fresh)
    if drive.reached_at is None:
        drive.reached_at = node.clock.now()
        if drive.second_days and total < drive.optimum:
            _go_on(node, session, drive, fresh, actor_id)
            return
    waiting = [each for each in standing if each.arrived_at is None]
    _lapse(node, session, drive, waiting)
    _tell_all(node, session, drive, fresh, _DONE, _DONE_TEXT, "done")
    _succeed(node, session, drive, arrived, match, actor_id)


def _standing(session: Session, drive_id: int) -> Sequence[Pledge]:
    return session.scalars(
        select(Pledge)
        .where(
            Pledge.drive_id == drive_id, Pledge.taken_back_at.is_(None),
            Pledge.lapsed_at.is_(None), Pledge.owed_at.is_(None),
        )
        .order_by(Pledge.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()  # fmt: skip


def _move(node: Node, session: Session, drive: Drive, pledges: Sequence[Pledge]) -> None:
    """Let what was held for each of those who pledged come together for the drive."""
    now = node.clock.now()
    drafts = [
        ledger.Draft(
            key=f"pledge:{each.id}:moved", subject=subject_of(drive.id),
            memo=f"{drive.title}: 모인 돈"[:300],
            entries=((held_for(each.id), each.amount), (raised_of(drive.id), -each.amount)),
        )
        for each in pledges
    ]  # fmt: skip
    ledger.post(session, drafts, now)
    number = int(session.scalar(select(func.max(Pledge.receipt))) or 0)
    for each in pledges:
        each.moved_at = now
        if each.wants_receipt:  # the ledger's lock is held: no two get the same number
            number += 1
            each.receipt = number
    session.flush()
    noted(node, session, "given", pledges)


def _lapse(node: Node, session: Session, drive: Drive, pledges: Sequence[Pledge]) -> None:
    now = node.clock.now()
    for each in pledges:
        each.lapsed_at = now
    session.flush()
    noted(node, session, "lapsed", pledges)
    _tell_all(node, session, drive, pledges, _ended(drive), _LAPSED_TEXT, "lapsed")


def _ended(drive: Drive) -> str:
    return _DONE if drive.reached_at is not None else _FAILED


def _tell_all(
    node: Node, session: Session, drive: Drive, pledges: Sequence[Pledge], title: str, text: str,
    key: str,
) -> None:  # fmt: skip
    for each in pledges:
        tell_giver(node, session, drive, each, title, text, key)


def _go_on(
    node: Node, session: Session, drive: Drive, fresh: Sequence[Pledge], actor_id: int | None
) -> None:
    drive.second_until = last_day(today(node) + timedelta(days=1), drive.second_days)
    drive.version += 1
    session.flush()
    count_later(node, session, drive)
    title = Message(_SECOND, {"title": drive.title})
    text = Message(_SECOND_TEXT, {"day": str(drive.second_until)})
    tell_followers(node, session, drive, title, text, key="second", actor_id=actor_id)
    _tell_all(node, session, drive, fresh, _DONE, _DONE_TEXT, "done")
    record(node, session, "reached", drive.id, actor_id)


def _succeed(
    node: Node, session: Session, drive: Drive, given: Sequence[Pledge], match: Match | None,
    actor_id: int | None,
) -> None:  # fmt: skip
    subject = subject_of(drive.id)
    earmark = earmarks.open_for(node, session, subject, name=drive.title)
    raised, added = sum(each.amount for each in given), sum(each.matched for each in given)
    memo = f"{drive.title}: 함께 모은 돈"
    move = earmarks.Move(raised, f"{subject}:raised", subject, memo, actor_id)
    earmarks.receive(node, session, move, target=earmark, source=raised_of(drive.id))
    if match is not None and added:
        memo = f"{drive.title}: 매칭기금이 보탠 돈"
        move = earmarks.Move(added, f"{subject}:match", subject, memo, actor_id)
        source = session.get_one(Earmark, match.earmark_id)
        earmarks.shift(node, session, move, source=source, target=earmark)
    begun = today(node)
    parts, reports = steps(session, drive.id)
    carrying.begin(
        node, session, earmark, title=drive.title, leader_id=drive.proposer_id,
        space_id=drive.space_id,
        steps=parts_of(parts, minimum=drive.minimum, money=raised + added,
                       more=drive.for_optimum, begun=begun),
        report_on=[begun + timedelta(days=days) for days in reports],
    )  # fmt: skip
    _close(node, session, drive, SUCCEEDED, actor_id)
    tell_runners(node, session, drive, Message(_DONE, {"title": drive.title}), _RUN_DONE, "done")


def _close(node: Node, session: Session, drive: Drive, state: str, actor_id: int | None) -> None:
    drive.state, drive.closed_at = state, node.clock.now()
    drive.version += 1
    session.flush()
    end_if_over(node, session, drive.id)
    record(node, session, state, drive.id, actor_id)


def _fail(node: Node, session: Session, drive: Drive, state: str, actor_id: int | None) -> None:
    """Owe all that has arrived back, let the rest lapse, and tell everyone."""
    standing = _standing(session, drive.id)
    arrived = [each for each in standing if each.arrived_at is not None]
    title = _FAILED if state == FAILED else _CANCELLED
    _close(node, session, drive, state, actor_id)
    owe(node, session, drive, arrived)
    _tell_all(node, session, drive, arrived, title, _FAILED_TEXT, "owed")
    _lapse(node, session, drive, [each for each in standing if each.arrived_at is None])
    if arrived:
        tell_due(node, session, drive, state)
    tell_runners(node, session, drive, Message(title, {"title": drive.title}), _RUN_FAILED, state)


def cancel(node: Node, session: Session, drive_id: int, *, reason: str, actor_id: int) -> None:
    """Stop an open drive: all that has come goes back. Once a round was reached its money is bound,
    so it cannot be cancelled any more."""
    drive = locked(session, drive_id)
    if drive.state == CANCELLED:
        return
    if drive.opened_at is None:
        raise NotFound("There is no such drive here.")
    if drive.state != OPEN or drive.reached_at is not None:
        raise Refused("The money of this drive is decided on, so it cannot be cancelled.")
    drive.reason = reason
    _fail(node, session, drive, CANCELLED, actor_id)
