"""Money that comes for a pledge, and money that is sent back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core import ledger
from .....core.errors import Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Drive, Pledge
from ..rules import BACK, BANK, OPEN, held_for, subject_of
from .held import locked, noted, record, tell_desk, tell_giver
from .pledging import of_drive, owe

_CAME = Message("Your money has arrived: %(title)s", {}).text
_CAME_TEXT = Message(
    "%(amount)s won. They are kept for you until it is clear whether the minimum comes together.",
    {},
).text
_LATE = Message("Your money came too late: %(title)s", {}).text
_LATE_TEXT = Message(
    "%(amount)s won came when your pledge did not stand any more. They are sent back to you.", {}
).text
_BACK = Message("Your money is sent back: %(title)s", {}).text
_BACK_TEXT = Message("%(amount)s won were sent to the account from which they came.", {}).text
_DUE = Message("Money has to be sent back: %(title)s", {}).text
_DUE_TEXT = Message("You see to whom on the treasurer's desk.", {})


def arrive(node: Node, session: Session, drive_id: int, pledge_id: int, *, actor_id: int) -> Pledge:
    """Note that the money of a pledge is on the bank account, once: it is held for who pledged.

    What comes after the pledge was taken back or the drive was over is owed back at once.
    """
    drive = locked(session, drive_id)
    pledge = of_drive(session, drive_id, pledge_id)
    if pledge.arrived_at is not None:
        return pledge
    now = node.clock.now()
    draft = ledger.Draft(
        key=f"pledge:{pledge.id}", subject=subject_of(drive_id),
        memo=f"{drive.title} · {pledge.code}"[:300],
        entries=((BANK, pledge.amount), (held_for(pledge.id), -pledge.amount)),
        actor_id=actor_id,
    )  # fmt: skip
    ledger.post(session, [draft], now)
    pledge.arrived_at = now
    session.flush()
    noted(node, session, "arrived", [pledge])
    stands = pledge.taken_back_at is None and pledge.lapsed_at is None
    if stands and drive.state == OPEN:
        tell_giver(node, session, drive, pledge, _CAME, _CAME_TEXT, "came")
    else:
        owe(node, session, drive, [pledge])
        tell_giver(node, session, drive, pledge, _LATE, _LATE_TEXT, "late")
        tell_due(node, session, drive, f"late:{pledge.id}")
    record(node, session, "arrived", drive_id, actor_id, pledge=pledge.id, amount=pledge.amount)
    return pledge


def tell_due(node: Node, session: Session, drive: Drive, key: str) -> None:
    """Tell the treasurers that money has to be sent back."""
    tell_desk(node, session, drive, Message(_DUE, {"title": drive.title}), _DUE_TEXT, key)


def pay_back(
    node: Node, session: Session, drive_id: int, pledge_id: int, *, actor_id: int
) -> Pledge:
    """Note that what was owed to somebody has been sent from the bank account, exactly once."""
    drive = locked(session, drive_id)
    pledge = of_drive(session, drive_id, pledge_id)
    if pledge.paid_back_at is not None:
        return pledge
    if pledge.owed_at is None:
        raise Refused("Nothing is owed back of this pledge.")
    now = node.clock.now()
    draft = ledger.Draft(
        key=f"pledge:{pledge.id}:back", subject=subject_of(drive_id),
        memo=f"{drive.title} · {pledge.code} 돌려줌"[:300],
        entries=((BACK, pledge.amount), (BANK, -pledge.amount)), actor_id=actor_id,
    )  # fmt: skip
    ledger.post(session, [draft], now)
    pledge.paid_back_at = now
    session.flush()
    noted(node, session, "paid_back", [pledge])
    tell_giver(node, session, drive, pledge, _BACK, _BACK_TEXT, "back")
    record(node, session, "paid_back", drive_id, actor_id, pledge=pledge.id, amount=pledge.amount)
    return pledge
