"""What is kept of those who pledge and propose, how long, and how it is destroyed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, cast, delete, func, literal, select, update
from sqlalchemy.orm import Session

from .....core.answers import Keeping
from .....core.node import Node
from .....core.values import Message
from ..models import Drive, DriveStep, MatchDrive, Pledge, Reward
from ..rules import PROPOSED, REFUSED
from .held import locked, noted

_FORGOTTEN = {"person_id": None, "key": literal("-:") + cast(Pledge.id, String)}
"""The key of a pledge names who made it."""

_NEVER_CAME = (
    Pledge.arrived_at.is_(None),
    Pledge.taken_back_at.is_not(None) | Pledge.lapsed_at.is_not(None),
    Pledge.reward_id.is_(None),
)
"""Gifts of which nothing is left to be proved; what was bought is a contract."""


def forget_idle(session: Session, before: datetime, most: int) -> int:
    """Forget who made pledges for which no money ever came."""
    return _forget(session, before, most, _NEVER_CAME)


def forget_givers(session: Session, before: datetime, most: int) -> int:
    """Forget who pledged five years ago; the won stay in the books."""
    return _forget(session, before, most, ())


def _forget(session: Session, before: datetime, most: int, where: tuple[object, ...]) -> int:
    due = (
        select(Pledge.id)
        .where(Pledge.made_at <= before, Pledge.person_id.is_not(None), *where)  # type: ignore[arg-type]
        .limit(most)
    )
    gone = session.execute(
        update(Pledge)
        .where(Pledge.id.in_(due))
        .values(_FORGOTTEN)
        .execution_options(synchronize_session=False)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def forget_refused(session: Session, before: datetime, most: int) -> int:
    """Destroy proposals that were refused and not proposed anew."""
    due = list(
        session.scalars(
            select(Drive.id).where(Drive.state == REFUSED, Drive.created_at <= before).limit(most)
        )
    )
    for table in (DriveStep, Reward, MatchDrive):
        session.execute(delete(table).where(table.drive_id.in_(due)))
    session.execute(delete(Drive).where(Drive.id.in_(due)))
    return len(due)


def last_pledge(session: Session, person_id: int) -> datetime | None:
    """Return when the last pledge of a person was made that has to be kept."""
    kept = Pledge.arrived_at.is_not(None) | Pledge.reward_id.is_not(None)
    query = select(func.max(Pledge.made_at)).where(Pledge.person_id == person_id, kept)
    return session.scalar(query)


def forget_person(node: Node, session: Session, person_id: int) -> None:
    """Take back what somebody who leaves has pledged and not sent, and withdraw what they
    proposed; money that has come stays what it is."""
    query = select(Pledge.drive_id).where(
        Pledge.person_id == person_id, Pledge.arrived_at.is_(None),
        Pledge.taken_back_at.is_(None), Pledge.lapsed_at.is_(None),
    )  # fmt: skip
    for drive_id in sorted(set(session.scalars(query))):
        locked(session, drive_id)
        waits = session.scalars(
            select(Pledge).where(
                Pledge.drive_id == drive_id, Pledge.person_id == person_id,
                Pledge.arrived_at.is_(None), Pledge.taken_back_at.is_(None),
                Pledge.lapsed_at.is_(None),
            )
        ).all()  # fmt: skip
        for each in waits:
            each.taken_back_at = node.clock.now()
        session.flush()
        noted(node, session, "taken_back", waits)
    session.execute(
        update(Drive)
        .where(
            Drive.proposer_id == person_id, Drive.space_id.is_(None), Drive.state == PROPOSED
        )
        .values(state=REFUSED)
    )  # fmt: skip


KEEPINGS = (
    Keeping(
        "drive pledges",
        Message("Pledges whose money came, and what was bought with them", {}),
        Message("who pledged, amount, when it came and where it went", {}),
        Message("five years", {}),
        Message(
            "keeping books of donations (Donations Act article 14) and of sales at a distance"
            " (E-commerce Act article 6)",
            {},
        ),
        months=60,
        purge=forget_givers,
        last=last_pledge,
    ),
    Keeping(
        "idle pledges",
        Message("Pledges for which no money came", {}),
        Message("who pledged, and how much", {}),
        Message("a year", {}),
        Message("carrying out what you asked for (article 15 (1) 4)", {}),
        months=12,
        purge=forget_idle,
    ),
    Keeping(
        "refused drives",
        Message("Drives that were proposed and not opened", {}),
        Message("who proposed it, and its text", {}),
        Message("a year", {}),
        Message("carrying out what you asked for (article 15 (1) 4)", {}),
        months=12,
        purge=forget_refused,
    ),
)
