"""Transfer notes: goods that go from a round's own hub to those where they are collected."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import NotFound, Refused
from .....core.node import Node
from ...cycles.actions import locked
from ...cycles.models import Cycle
from ...cycles.rules import State, check_state
from ..models import TransferLine, TransferNote
from ..queries import hubs_of, moved_goods
from ..rules import MOVING


def propose(
    node: Node, session: Session, cycle_id: int, to_hub_id: int, *, actor_id: int
) -> TransferNote:
    """Make a note of all that still has to go to a hub for the orders collected there.

    The round is held, so that two who propose at once do not send the same goods twice. A draft
    that stands already is made anew.
    """
    cycle = _held(session, cycle_id)
    hubs = hubs_of(session, cycle_id)
    if to_hub_id not in hubs or to_hub_id == cycle.hub_id:
        raise NotFound("There is no such hub in this round.")
    for draft in _drafts(session, cycle_id, to_hub_id):
        _drop(session, draft)
    goods = moved_goods(session, cycle_id, to_hub_id)
    if not goods:
        raise Refused("Everything for %(hub)s is on a transfer note already.", hub=hubs[to_hub_id])
    note = TransferNote(
        number=_number(session, cycle_id),
        cycle_id=cycle_id,
        from_hub_id=cycle.hub_id,
        to_hub_id=to_hub_id,
        made_at=node.clock.now(),
    )
    session.add(note)
    session.flush()
    for row in goods:
        session.add(
            TransferLine(
                note_id=note.id,
                product_id=row.product_id,
                product_name=row.product_name,
                unit_label=row.unit_label,
                seller_name=row.seller_name,
                quantity=int(row.quantity),
            )
        )
    session.flush()
    _record(node, session, "proposed", note, actor_id)
    return note


def send(
    node: Node, session: Session, cycle_id: int, note_id: int, *, version: int, actor_id: int
) -> None:
    """Note that the goods have left; a second time changes nothing."""
    note = _note(session, cycle_id, note_id)
    if note.state != "draft":
        return
    _check_version(note, version)
    note.state, note.sent_at, note.sent_by = "sent", node.clock.now(), actor_id
    note.version += 1
    _record(node, session, "sent", note, actor_id)


def receive(
    node: Node,
    session: Session,
    cycle_id: int,
    note_id: int,
    arrived: Mapping[int, int],
    *,
    remark: str,
    version: int,
    actor_id: int,
) -> None:
    """Note what arrived of each product (by id), never more than was sent."""
    note = _note(session, cycle_id, note_id)
    if note.state == "draft":
        raise Refused("These goods have not been sent yet.")
    _check_version(note, version)
    lines = session.scalars(select(TransferLine).where(TransferLine.note_id == note_id)).all()
    if {line.product_id for line in lines} != arrived.keys():
        raise NotFound("There is no such product on this note.")
    for line in lines:
        if not 0 <= arrived[line.product_id] <= line.quantity:
            raise Refused(
                "Between 0 and %(sent)s of %(name)s can have arrived.",
                sent=line.quantity,
                name=line.product_name,
            )
        line.received = arrived[line.product_id]
    note.state, note.received_at, note.received_by = "received", node.clock.now(), actor_id
    note.remark, note.version = " ".join(remark.split())[:300], note.version + 1
    _record(node, session, "received", note, actor_id)


def discard(node: Node, session: Session, cycle_id: int, note_id: int, *, actor_id: int) -> None:
    """Throw a note away that was never sent."""
    note = _note(session, cycle_id, note_id)
    if note.state != "draft":
        raise Refused("These goods are on their way already.")
    _record(node, session, "discarded", note, actor_id)
    _drop(session, note)


def _held(session: Session, cycle_id: int) -> Cycle:
    cycle = locked(session, cycle_id)
    check_state(State(cycle.state), MOVING)
    return cycle


def _note(session: Session, cycle_id: int, note_id: int) -> TransferNote:
    _held(session, cycle_id)
    note = session.get(TransferNote, note_id, populate_existing=True)
    if note is None or note.cycle_id != cycle_id:
        raise NotFound("There is no such transfer note.")
    return note


def _drafts(session: Session, cycle_id: int, to_hub_id: int) -> list[TransferNote]:
    return list(
        session.scalars(
            select(TransferNote).where(
                TransferNote.cycle_id == cycle_id,
                TransferNote.to_hub_id == to_hub_id,
                TransferNote.state == "draft",
            )
        )
    )


def _drop(session: Session, note: TransferNote) -> None:
    for line in session.scalars(select(TransferLine).where(TransferLine.note_id == note.id)):
        session.delete(line)
    session.flush()
    session.delete(note)
    session.flush()


def _number(session: Session, cycle_id: int) -> str:
    """Return the next number of the round's notes, counted on from the highest that stands."""
    last = session.scalar(
        select(func.max(TransferNote.id)).where(TransferNote.cycle_id == cycle_id)
    )
    standing = session.get(TransferNote, last) if last else None
    number = int(standing.number.rpartition("-")[2]) + 1 if standing else 1
    return f"T{cycle_id}-{number}"


def _check_version(note: TransferNote, version: int) -> None:
    if note.version != version:
        raise Refused("This note was changed in another window. Please look at it again.")


def _record(node: Node, session: Session, what: str, note: TransferNote, actor_id: int) -> None:
    audit.record(
        session,
        f"assembly.transfer.{what}",
        at=node.clock.now(),
        person_id=actor_id,
        subject=("cycle", note.cycle_id),
        number=note.number,
    )
