"""What a steward may do with letters and with what came in."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from ....core import audit
from ....core.errors import NotFound, Refused
from ....core.node import Node
from ....core.values import At
from ...trust.queries.peers import state_of
from ...trust.rules.states import BLOCKED, PAUSED
from ..models import Arrived, Sent
from ..rules.answers import SETTLED
from ..rules.schedule import ends_at
from .bells import bell_of, ring_after
from .expiring import end


def send_again(node: Node, session: Session, letter_id: int, *, person_id: int | None) -> None:
    """Give a letter that was given up its full time once more; one that waits is tried now."""
    letter, now = _letter(session, letter_id), node.clock.now()
    if letter.state not in ("dead", "waiting"):
        raise Refused("This letter has ended. It cannot be sent again.")
    tie = state_of(session, letter.host)
    if tie is None or tie == BLOCKED:
        raise Refused("This node is not connected to %(host)s.", host=letter.host)
    if letter.until is not None and letter.until <= now:
        at = At(letter.until, ZoneInfo(node.settings.node.time_zone))
        raise Refused("What this letter says held only until %(until)s.", until=at)
    letter.state, letter.reason, letter.tries, letter.ended_at = "waiting", "", 0, None
    letter.due_at = None if tie == PAUSED else now
    letter.ends_at = ends_at(now, letter.until)
    _audit(node, session, "federation.letter.again", letter_id, person_id)
    ring_after(session, bell_of(node.db, "letters"))


def settle(
    node: Node, session: Session, letter_id: int, *, reason: str, person_id: int | None
) -> None:
    """Note that what a letter is about was settled by hand; it is not sent any more."""
    letter = _letter(session, letter_id)
    note = " ".join(reason.split())[:300]
    if letter.state not in ("dead", "waiting"):
        raise Refused("This letter has ended already.")
    if not note:
        raise Refused("Please say how it was settled.")
    if letter.state == "waiting":
        end(node, session, letter, SETTLED, state="settled")
    letter.state, letter.note = "settled", note
    _audit(node, session, "federation.letter.settled", letter_id, person_id, reason=note)


def handle_again(node: Node, session: Session, arrived_id: int, *, person_id: int | None) -> None:
    """Have a document that could not be handled tried again."""
    row = session.get(Arrived, arrived_id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such document.")
    if row.state not in ("failed", "waiting"):
        raise Refused("This document was handled already.")
    row.state, row.tries, row.due_at, row.ended_at = "waiting", 0, node.clock.now(), None
    audit.record(
        session, "federation.received.again", at=node.clock.now(), person_id=person_id,
        subject=("federation_received", arrived_id),
    )  # fmt: skip
    ring_after(session, bell_of(node.db, "received"))


def _letter(session: Session, letter_id: int) -> Sent:
    letter = session.get(Sent, letter_id, with_for_update=True)
    if letter is None:
        raise NotFound("There is no such letter.")
    return letter


def _audit(
    node: Node, session: Session, action: str, letter_id: int, person_id: int | None, **more: str
) -> None:
    audit.record(
        session, action, at=node.clock.now(), person_id=person_id,
        subject=("federation_letter", letter_id), **more,
    )  # fmt: skip
