"""Telling about shifts: the evening before, when one is moved or called off, when a place is taken
over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from .....core import outbox
from .....core.language import when
from .....core.models import Person, Space
from .....core.node import Node
from .....core.notices import Notice, tell
from ...kinds import SHIFT
from ..models import Helper, Shift
from ..rules import evening_before
from .held import places_of

REMINDER = "assembly.shift_reminder"


def remind_later(node: Node, session: Session, shift: Shift) -> None:
    """Ask for the reminder of the evening before, if that is still ahead."""
    due = evening_before(shift.starts_at, ZoneInfo(node.settings.node.time_zone))
    if due > node.clock.now():
        at = shift.starts_at.isoformat()
        payload = {"shift_id": shift.id, "starts_at": at}
        outbox.enqueue(session, REMINDER, payload, key=f"{REMINDER}:{shift.id}:{at}", at=due)


def remind(node: Node, payload: Mapping[str, Any]) -> None:
    """Remind everyone with a place, unless the shift was moved or called off meanwhile."""
    planned = datetime.fromisoformat(str(payload["starts_at"]))
    with node.db.write() as session:
        shift = session.get(Shift, int(payload["shift_id"]))
        if shift is None or shift.called_off_at is not None or shift.starts_at != planned:
            return
        if shift.starts_at <= node.clock.now():
            return
        for helper in places_of(session, shift):
            looking = helper.offered_at is not None
            _tell(
                node, session, shift, helper.person_id,
                "Tomorrow you help: %(title)s",
                "Nobody has taken over your place so far. If you cannot come, please tell the hub."
                if looking else "Thank you for helping. If you cannot come, please give your place "
                "back on the page.",
                key=f"reminder:{planned.isoformat()}",
            )  # fmt: skip


def tell_called_off(node: Node, session: Session, shift: Shift, helpers: Sequence[Helper]) -> None:
    """Tell everyone with a place that they need not come."""
    for helper in helpers:
        _tell(
            node, session, shift, helper.person_id, "Called off: %(title)s",
            "This shift does not take place, so you need not come. Thank you all the same.",
            key="called-off",
        )  # fmt: skip


def tell_changed(node: Node, session: Session, shift: Shift, helpers: Sequence[Helper]) -> None:
    """Tell everyone with a place of the new time."""
    for helper in helpers:
        _tell(
            node, session, shift, helper.person_id, "Another time: %(title)s",
            "The time of this shift has changed. If you cannot come then, please give your place "
            "back on the page.",
            key=f"changed:{shift.version}",
        )  # fmt: skip


def tell_taken_over(
    node: Node, session: Session, shift: Shift, before: int, person_id: int
) -> None:
    """Tell somebody that their place was taken over."""
    now = node.clock.now().isoformat()
    _tell(
        node, session, shift, before, "Somebody helps instead of you: %(title)s",
        "Your place was taken over, so you need not come. Thank you for looking for somebody.",
        key=f"taken-over:{person_id}:{now}",
    )  # fmt: skip


def _tell(
    node: Node, session: Session, shift: Shift, person_id: int, subject: str, text: str, *,
    key: str,
) -> None:  # fmt: skip
    person = session.get_one(Person, person_id)
    if person.blocked_at is not None:
        return
    hub = session.get_one(Space, shift.hub_id)
    say = partial(node.catalogues.tongue(person.language).pgettext, "shift")
    zone = ZoneInfo(node.settings.node.time_zone)
    first, last = (when(at, zone, person.language) for at in (shift.starts_at, shift.ends_at))
    lines = [
        say(text),
        "",
        f"{first} – {last}",
        say("Place: %(place)s", place=f"{hub.name} ({hub.address})" if hub.address else hub.name),
        *([shift.remark] if shift.remark else []),
    ]
    notice = Notice(
        kind=SHIFT.name,
        title=say(subject, title=shift.title),
        text="\n".join(lines),
        url=f"/hubs/{hub.slug}/shifts",
        subject=f"shift:{shift.id}",
        heading=shift.title,
        key=f"shift:{shift.id}:{key}",
        until=shift.ends_at,
    )
    tell(node, session, person_id, notice)
