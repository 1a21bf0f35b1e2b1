"""Telling about shifts and hours, each to the person whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from .....core import outbox
from .....core.language import Tongue, when
from .....core.models import Space
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import Message
from ..models import Call, Hours, Slot, Volunteer
from ..rules import VOLUNTEERING, evening_before, hours_words
from .held import volunteers

REMINDER = "board.shift_reminder"


def remind_later(node: Node, session: Session, slot: Slot) -> None:
    """Ask for the reminder of the evening before, if that is still ahead."""
    due = evening_before(slot.starts_at, _zone(node))
    if due > node.clock.now():
        at = slot.starts_at.isoformat()
        payload = {"slot_id": slot.id, "starts_at": at}
        outbox.enqueue(session, REMINDER, payload, key=f"{REMINDER}:{slot.id}:{at}", at=due)


def remind(node: Node, payload: Mapping[str, Any]) -> None:
    """Remind everyone with a place, unless the shift was moved or called off meanwhile."""
    planned = datetime.fromisoformat(str(payload["starts_at"]))
    with node.db.write() as session:
        slot = session.get(Slot, int(payload["slot_id"]), with_for_update=True)
        if slot is None or slot.called_off_at is not None or slot.starts_at != planned:
            return
        if slot.starts_at <= node.clock.now():
            return
        title = Message("Tomorrow you volunteer: %(title)s", {"title": _call(session, slot).title})
        text = Message(
            "Thank you for helping. If you cannot come, please give your place back on the page.",
            {},
        )
        people = [each.person_id for each in volunteers(session, slot.id, waits=False)]
        _tell(node, session, slot, people, title, text, key=f"reminder:{planned.isoformat()}")


def tell_called_off(node: Node, session: Session, slot: Slot, people: Sequence[Volunteer]) -> None:
    """Tell everyone who wanted to come that they need not."""
    title = Message("Called off: %(title)s", {"title": _call(session, slot).title})
    text = Message(
        "This shift does not take place, so you need not come. Thank you all the same.", {}
    )
    ids = [each.person_id for each in people]
    _tell(node, session, slot, ids, title, text, key="called-off")


def tell_changed(node: Node, session: Session, slot: Slot, people: Sequence[Volunteer]) -> None:
    """Tell everyone with a place of the new time."""
    title = Message("Another time: %(title)s", {"title": _call(session, slot).title})
    text = Message(
        "The time of this shift has changed. If you cannot come then, please give your place back"
        " on the page.",
        {},
    )
    ids = [each.person_id for each in people]
    _tell(node, session, slot, ids, title, text, key=f"changed:{slot.version}")


def tell_promoted(node: Node, session: Session, slot: Slot, each: Volunteer) -> None:
    """Tell somebody who waited that they have a place now."""
    title = Message("You have a place: %(title)s", {"title": _call(session, slot).title})
    text = Message("A place became free. If you cannot come any more, please give it back.", {})
    key = f"promoted:{each.at.isoformat()}"
    _tell(node, session, slot, [each.person_id], title, text, key=key)


def tell_hours(node: Node, session: Session, hours: Hours, *, key: str) -> None:
    """Tell somebody how many hours are confirmed to them now."""
    space = session.get_one(Space, hours.space_id)
    whole, rest = hours_words(hours.minutes)
    values = {"name": space.name, "hours": whole, "minutes": rest}
    notice = Notice(
        kind=VOLUNTEERING.name,
        title=Message("%(name)s confirmed %(hours)s h %(minutes)s min to you", values),
        text=Message("All your hours, and certificates of them, stand on your page.", {}),
        url="/board/hours",
        subject=f"slot:{hours.slot_id}",
        heading=space.name,
        key=f"hours:{hours.id}:{key}",
    )
    tell(node, session, hours.person_id, notice)


def _tell(
    node: Node, session: Session, slot: Slot, people: Sequence[int], title: Message,
    text: Message, *, key: str,
) -> None:  # fmt: skip
    call, zone = _call(session, slot), _zone(node)
    space = session.get_one(Space, call.space_id)
    first, last, place, note = slot.starts_at, slot.ends_at, call.place or space.address, slot.note

    def written(tongue: Tongue) -> str:
        span = f"{when(first, zone, tongue.language)} – {when(last, zone, tongue.language)}"
        return "\n".join(filter(None, (tongue.say(text), "", span, place, note)))

    notice = Notice(
        kind=VOLUNTEERING.name, title=title, text=written, url=f"/board/calls/{call.id}",
        subject=f"slot:{slot.id}", heading=space.name, key=f"slot:{slot.id}:{key}",
        until=slot.ends_at,
    )  # fmt: skip
    tell(node, session, people, notice)


def _call(session: Session, slot: Slot) -> Call:
    return session.get_one(Call, slot.call_id)


def _zone(node: Node) -> ZoneInfo:
    return ZoneInfo(node.settings.node.time_zone)
