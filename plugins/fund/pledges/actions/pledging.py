"""Pledging: an amount or a reward, changed or taken back until the round's last day."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .....core import ledger, members
from .....core.errors import NotFound, Refused, TooMany
from .....core.models import Space
from .....core.node import Node
from ..models import Drive, Pledge, Reward, Solicitation
from ..queries import pledge as the_pledge
from ..queries import standing, taken
from ..rules import ARRIVED, BACK, LETTERS, MOST_WAITING, WAITING, held_for, phase_of, status_of
from .held import check_organiser, locked, noted, record, today


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to pledge: so many won for nothing, or so many of a reward (its price
    counts then). ``key`` makes one form one pledge."""

    person_id: int
    key: str
    amount: int = 0
    reward_id: int | None = None
    quantity: int = 1
    wants_receipt: bool = False


def promise(node: Node, session: Session, drive_id: int, wish: Wish) -> Pledge:
    """Note that somebody will send money. ``Refused`` once the round is over, above the optimum,
    for a reward that is gone, and where the law wants a registration first."""
    if members.stays(session, wish.person_id) is None:
        raise NotFound("There is no such drive here.")
    drive = locked(session, drive_id)
    same = select(Pledge).where(Pledge.drive_id == drive_id, Pledge.key == wish.key)
    made = session.scalars(same).one_or_none()
    if made is not None:
        return made
    _check_open(node, session, drive)
    _refuse_many(session, drive_id, wish.person_id)
    amount = wish.amount
    if wish.reward_id is not None:
        amount = _price(session, drive_id, wish.reward_id, wish.quantity)
    _check_room(node, session, drive, amount, is_gift=wish.reward_id is None)
    pledge = _add(node, session, drive_id, wish, amount)
    noted(node, session, "pledged", [pledge])
    record(node, session, "pledged", drive_id, wish.person_id, pledge=pledge.id, amount=amount)
    return pledge


def _check_open(node: Node, session: Session, drive: Drive) -> None:
    closed = drive.space_id is not None and session.get_one(Space, drive.space_id).closed_at
    if drive.opened_at is None or drive.hidden_at is not None or closed:
        raise NotFound("There is no such drive here.")
    if not phase_of(drive, today(node)).pledging:
        raise Refused("This drive takes no pledges just now. Thank you all the same!")


def _refuse_many(session: Session, drive_id: int, person_id: int) -> None:
    waits = select(func.count()).where(
        Pledge.drive_id == drive_id, Pledge.person_id == person_id,
        Pledge.arrived_at.is_(None), Pledge.taken_back_at.is_(None), Pledge.lapsed_at.is_(None),
    )  # fmt: skip
    if (session.scalar(waits) or 0) >= MOST_WAITING:
        raise TooMany("Several of your pledges wait to arrive already. Please send those first.")


def _price(session: Session, drive_id: int, reward_id: int, quantity: int, mine: int = 0) -> int:
    reward = session.get(Reward, reward_id)
    if reward is None or reward.drive_id != drive_id:
        raise NotFound("There is no such reward here.")
    if reward.number is not None:  # the drive is held, so nobody else takes one meanwhile
        left = reward.number - taken(session, drive_id).get(reward_id, 0) + mine
        if quantity > left:
            raise Refused("So many are not there any more. Left: %(left)s", left=max(0, left))
    return reward.price * quantity


def _check_room(node: Node, session: Session, drive: Drive, more: int, *, is_gift: bool) -> None:
    possible = standing(session, drive).possible
    if more > possible:
        raise Refused(
            "The drive takes no more than its optimum. So much can still be pledged: %(left)s won",
            left=f"{possible:,}",
        )
    notice = session.get_one(Solicitation, drive.id)
    if is_gift and more > 0 and not notice.registration:
        check_organiser(node, session, drive.space_id, more)


def _add(node: Node, session: Session, drive_id: int, wish: Wish, amount: int) -> Pledge:
    is_gift = wish.reward_id is None
    pledge = Pledge(
        drive_id=drive_id, person_id=wish.person_id, reward_id=wish.reward_id,
        quantity=1 if is_gift else wish.quantity, amount=amount, key=wish.key,
        wants_receipt=is_gift and wish.wants_receipt, code=node.random.code(7, LETTERS),
        made_at=node.clock.now(),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(pledge)
            session.flush()
    except IntegrityError:  # the code of another pledge, once in ten thousand million
        raise TooMany("Something went wrong. Please press the button again.") from None
    return pledge


def change(
    node: Node, session: Session, pledge_id: int, *, amount: int = 0, quantity: int = 1,
    person_id: int,
) -> Pledge:  # fmt: skip
    """Pledge another amount (or another number of a reward), as long as the money has not come and
    the round goes on; what stood before stays in the history."""
    drive, pledge = own(session, pledge_id, person_id)
    _check_open(node, session, drive)
    if status_of(pledge) != WAITING:
        raise Refused("This pledge does not wait for its money any more, so it stays as it is.")
    if pledge.reward_id is not None:
        amount = _price(session, drive.id, pledge.reward_id, quantity, mine=pledge.quantity)
        pledge.quantity = quantity
    _check_room(node, session, drive, amount - pledge.amount, is_gift=pledge.reward_id is None)
    if amount != pledge.amount:
        pledge.amount = amount
        session.flush()
        noted(node, session, "changed", [pledge])
        record(node, session, "changed_pledge", drive.id, person_id, pledge=pledge.id,
               amount=amount)  # fmt: skip
    return pledge


def own(session: Session, pledge_id: int, person_id: int) -> tuple[Drive, Pledge]:
    """Return one's own pledge and its drive, both held; NotFound for anybody else's."""
    drive = locked(session, the_pledge(session, pledge_id).drive_id)
    pledge = the_pledge(session, pledge_id, lock=True)
    if pledge.person_id != person_id:
        raise NotFound("There is no such pledge.")
    return drive, pledge


def take_back(node: Node, session: Session, pledge_id: int, *, person_id: int) -> Pledge:
    """Take a pledge back until the round's last day; what has arrived is owed back. Twice is
    once."""
    drive, pledge = own(session, pledge_id, person_id)
    if pledge.taken_back_at is not None:
        return pledge
    if status_of(pledge) not in (WAITING, ARRIVED):
        raise Refused("This pledge cannot be taken back any more.")
    if not phase_of(drive, today(node)).pledging:
        raise Refused("The round has ended, so pledges stand until it is counted.")
    return _taken_back(node, session, drive, pledge, person_id)


def turn_back(
    node: Node, session: Session, drive_id: int, pledge_id: int, *, actor_id: int
) -> Pledge:
    """Let the treasurer undo a pledge before its money is the fund's: it came by mistake, or from
    somebody who may not give."""
    drive = locked(session, drive_id)
    pledge = of_drive(session, drive_id, pledge_id)
    if pledge.taken_back_at is not None:
        return pledge
    if status_of(pledge) not in (WAITING, ARRIVED):
        raise Refused("This pledge cannot be taken back any more.")
    return _taken_back(node, session, drive, pledge, actor_id)


def of_drive(session: Session, drive_id: int, pledge_id: int) -> Pledge:
    """Return a pledge of this drive, held; NotFound for another's."""
    pledge = the_pledge(session, pledge_id, lock=True)
    if pledge.drive_id != drive_id:
        raise NotFound("There is no such pledge.")
    return pledge


def _taken_back(
    node: Node, session: Session, drive: Drive, pledge: Pledge, actor_id: int | None
) -> Pledge:
    pledge.taken_back_at = node.clock.now()
    session.flush()
    noted(node, session, "taken_back", [pledge])
    if pledge.arrived_at is not None:
        owe(node, session, drive, [pledge])
    record(node, session, "took_back", drive.id, actor_id, pledge=pledge.id)
    return pledge


def owe(node: Node, session: Session, drive: Drive, pledges: list[Pledge]) -> None:
    """Write down that what has arrived of these pledges goes back, each exactly once."""
    now = node.clock.now()
    due = [each for each in pledges if each.owed_at is None and each.moved_at is None]
    drafts = [
        ledger.Draft(
            key=f"pledge:{each.id}:owed", subject=f"drive:{drive.id}",
            memo=f"{drive.title}: 돌려줄 돈"[:300],
            entries=((held_for(each.id), each.amount), (BACK, -each.amount)),
        )
        for each in due
    ]  # fmt: skip
    ledger.post(session, drafts, now)
    for each in due:
        each.owed_at, each.matched = now, 0
    session.flush()
    noted(node, session, "owed", due)
