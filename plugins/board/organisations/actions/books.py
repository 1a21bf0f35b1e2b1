"""What an organisation writes into its books: postings of the ledger, taken back by reversal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, ledger
from .....core.errors import Invalid, NotFound, Refused
from .....core.models import LedgerPosting
from .....core.node import Node
from .....core.values import Message
from ..models import Entry
from ..rules import BANK, CASH, EXPENSE, at_hand, check_day, holder_code, legs, subject_of


@dataclass(frozen=True, slots=True)
class Booking:
    """Money to be written down, in won; ``purpose`` names nobody."""

    kind: str
    holder: str
    amount: int
    purpose: str
    day: date


def book(
    node: Node, session: Session, space_id: int, booking: Booking, *, key: str,
    receipt_id: int | None, today: date, actor_id: int,
) -> Entry:  # fmt: skip
    """Write down income or an expense, once for each ``key``.

    ``Invalid`` for a day to come, and for an expense of more than there is: on the common bank
    account lies money of others. Whoever books holds the ledger, so two never spend the same won.
    """
    check_day(booking.day, today)
    ledger.hold(session)
    standing = session.scalars(
        select(Entry).where(Entry.space_id == space_id, Entry.key == key)
    ).one_or_none()
    if standing is not None:
        return standing
    if booking.kind == EXPENSE:
        _check_room(session, space_id, booking.holder, booking.amount)
    now, posting = node.clock.now(), f"board:{space_id}:{key}"
    entry = Entry(
        space_id=space_id, key=key, posting=posting, kind=booking.kind, holder=booking.holder,
        amount=booking.amount, purpose=booking.purpose, day=booking.day, receipt_id=receipt_id,
        actor_id=actor_id, at=now,
    )  # fmt: skip
    draft = ledger.Draft(
        key=posting, subject=subject_of(space_id), memo=booking.purpose,
        entries=legs(booking.kind, booking.holder, booking.amount, space_id), actor_id=actor_id,
    )  # fmt: skip
    session.add(entry)
    ledger.post(session, [draft], now)
    session.flush()
    _record(node, session, "booked", entry, actor_id)
    return entry


def take_back(
    node: Node, session: Session, space_id: int, entry_id: int, *, reason: str, actor_id: int
) -> None:
    """Reverse an entry with the reason why; a second time nothing happens.

    ``Refused`` where what came in by it is spent: that expense has to be reversed first.
    """
    ledger.hold(session)
    entry = session.get(Entry, entry_id, with_for_update=True, populate_existing=True)
    if entry is None or entry.space_id != space_id:
        raise NotFound("There is no such entry.")
    if entry.reversed_at is not None:
        return
    if entry.kind != EXPENSE and _room(session, space_id, entry.holder) < entry.amount:
        raise Refused("What came in by this entry is spent. Please reverse that expense first.")
    now = node.clock.now()
    posting = session.scalars(
        select(LedgerPosting.id).where(LedgerPosting.key == entry.posting)
    ).one()
    ledger.reverse(session, posting, memo=reason, at=now, actor_id=actor_id)
    entry.reversed_at, entry.reversed_by, entry.reason = now, actor_id, reason
    session.flush()
    _record(node, session, "reversed", entry, actor_id, reason=reason)


def _room(session: Session, space_id: int, holder: str) -> int:
    owned = ledger.balance(session, ledger.account("organisation", space_id))
    cash = ledger.balance(session, holder_code(CASH, space_id))
    return at_hand(holder, owned=owned, cash=cash)


def _check_room(session: Session, space_id: int, holder: str, amount: int) -> None:
    room = _room(session, space_id, holder)
    if amount > room:
        left = {"left": f"{max(room, 0):,}"}
        words = (
            Message("On the common account there are %(left)s won of yours.", left)
            if holder == BANK
            else Message("In your cash box there are %(left)s won.", left)
        )
        raise Invalid({"amount": [words]})


def _record(
    node: Node, session: Session, what: str, entry: Entry, actor_id: int, **details: object
) -> None:
    audit.record(
        session, f"board.books.{what}", at=node.clock.now(), person_id=actor_id,
        subject=("space", entry.space_id), entry=entry.id, amount=entry.amount, **details,
    )  # fmt: skip
