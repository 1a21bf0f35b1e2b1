"""What the treasurer books: money that came to the bank, money set apart, and what was wrong.

Nothing is ever changed: a mistake is taken back by a posting of its own, with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import NotFound, Refused
from .....core.models import LedgerAccount, LedgerEntry, LedgerPosting
from .....core.node import Node
from ...earmarks import actions as earmarks
from ...earmarks.models import Earmark, Moved
from ...earmarks.queries import of_the_fund
from ...earmarks.rules import AREA
from ..rules import BOOKED, may_be_undone


@dataclass(frozen=True, slots=True)
class Booking:
    """Money on the fund's bank account: what kind, how much, on which day of the statement."""

    kind: str
    amount: int
    day: date
    text: str
    area_id: int | None
    key: str


def book(node: Node, session: Session, booking: Booking, *, actor_id: int) -> bool:
    """Book money that came to the bank, once for its key; return whether it was done now."""
    target = None if booking.area_id is None else area(session, booking.area_id)
    memo = f"{booking.text} (통장 {booking.day:%Y-%m-%d})"
    move = earmarks.Move(
        booking.amount, f"{BOOKED}{booking.key}", booking.kind, memo, actor_id, kind=booking.kind
    )
    return earmarks.receive(node, session, move, target=target)


def area(session: Session, area_id: int, *, lock: bool = False) -> Earmark:
    """Return an open area; ``NotFound`` if it is none, ``Refused`` if it has ended."""
    query = select(Earmark).where(Earmark.id == area_id, Earmark.kind == AREA)
    found = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise NotFound("There is no such area.")
    if found.closed_at is not None:
        raise Refused("This area has ended. Please choose another one.")
    return found


def make_area(
    node: Node, session: Session, *, name: str, purpose: str, key: str, actor_id: int
) -> Earmark:
    """Make an area, once for its key."""
    return earmarks.open_area(
        node, session, name=name, purpose=purpose, key=f"area:{key}"[:80], actor_id=actor_id
    )


def set_apart(
    node: Node, session: Session, area_id: int, *, amount: int, frees: bool, reason: str,
    key: str, actor_id: int,
) -> bool:  # fmt: skip
    """Set free money apart for an area, or free some of it again; everyone reads the reason."""
    found = area(session, area_id, lock=True)
    memo = f"{found.name} · {reason}"
    move = earmarks.Move(amount, f"fund:apart:{key}", f"earmark:{found.id}", memo, actor_id)
    source, target = (found, None) if frees else (None, found)
    return earmarks.shift(node, session, move, source=source, target=target)


def end_area(node: Node, session: Session, area_id: int, *, reason: str, actor_id: int) -> None:
    """End an area for good: what is left in it is free money again."""
    query = select(Earmark).where(Earmark.id == area_id, Earmark.kind == AREA).with_for_update()
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("There is no such area.")
    if found.closed_at is not None:
        return
    earmarks.close(node, session, found, actor_id=actor_id)
    audit.record(
        session, "fund.closed_area", at=node.clock.now(), person_id=actor_id,
        subject=("earmark", found.id), reason=reason,
    )  # fmt: skip


def undo(node: Node, session: Session, entry_id: int, *, reason: str, actor_id: int) -> bool:
    """Take back what a treasurer booked by hand, by a posting of its own; once."""
    row = session.execute(
        select(LedgerPosting.id, LedgerPosting.key, Moved.kind)
        .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .join(Moved, Moved.posting == LedgerPosting.key)
        .where(LedgerEntry.id == entry_id, of_the_fund())
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such entry in the fund.")
    if not may_be_undone(row.key):
        raise Refused(
            "This was not booked by hand: please correct it where it came from, as a claim or a"
            " round."
        )
    made = earmarks.take_back(
        node, session, row.key, memo=f"바로잡음: {reason}", actor_id=actor_id
    )  # fmt: skip
    if made:
        audit.record(
            session, "fund.taken_back", at=node.clock.now(), person_id=actor_id,
            subject=("entry", entry_id), reason=reason,
        )  # fmt: skip
    return made
