"""Letters to those who come: members as they have chosen, guests by mail, each in their language.

At night nobody is written to but for what somebody has done that very moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from .....core import outbox
from .....core.language import Tongue, when
from .....core.models import Person, Space
from .....core.node import Node
from .....core.notices import Notice, Times, tell
from .....core.notices.rules.times import after_quiet
from ..models import Event, Occurrence, SignUp
from ..rules import KIND, MINE, evening_before
from ..rules.secrets import CONFIRM, OWN, secret_of
from .held import locked_date, parties_of

REMINDER = "locality.event_reminder"
_CONTEXT = "event"


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a text, both message ids in the context "event"."""

    subject: str
    text: str


ASKED = Letter(
    "Please confirm: %(title)s",
    "You, we hope, want to come to this event. Please open the page below and press the button, so "
    "that you have a place. The link works once, for three days. If it was not you, please do "
    "nothing.",
)
COMES = Letter("You have a place: %(title)s", "We look forward to you.")
WAITS = Letter(
    "You are on the waiting list: %(title)s",
    "All places are taken for now. As soon as one is free and it is your turn, we write to you.",
)
PROMOTED = Letter(
    "A place is free, and it is yours: %(title)s",
    "You were on the waiting list and have a place now. If you cannot come, please give it back, "
    "so that the next one can.",
)
MOVED = Letter(
    "Another time or place: %(title)s",
    "This event was moved; below you find when and where it is now. You keep your place. If you "
    "cannot come then, please give it back.",
)
CALLED_OFF = Letter("Called off: %(title)s", "This event does not take place.")
TOMORROW = Letter(
    "Tomorrow: %(title)s",
    "A small reminder. If you cannot come, please give your place back, so that somebody else can.",
)


def remind_later(node: Node, session: Session, date: Occurrence) -> None:
    """Ask for the reminder of the evening before, if that is still ahead."""
    due = evening_before(date.starts_at, ZoneInfo(node.settings.node.time_zone))
    if due > node.clock.now():
        at = date.starts_at.isoformat()
        payload = {"occurrence_id": date.id, "starts_at": at}
        outbox.enqueue(session, REMINDER, payload, key=f"{REMINDER}:{date.id}:{at}", at=due)


def remind(node: Node, payload: Mapping[str, Any]) -> None:
    """Remind everyone who has a place, unless the date was moved or called off meanwhile."""
    planned = datetime.fromisoformat(str(payload["starts_at"]))
    with node.db.write() as session:
        date, event = locked_date(session, int(payload["occurrence_id"]))
        over = date.starts_at <= node.clock.now()
        if over or date.called_off_at is not None or date.starts_at != planned:
            return
        parties = parties_of(session, date.id, "in")
        write(node, session, date, event, parties, TOMORROW, key=f"tomorrow:{planned.isoformat()}")


def write(
    node: Node, session: Session, date: Occurrence, event: Event, parties: Iterable[SignUp],
    letter: Letter, *, key: str, note: str = "",
) -> None:  # fmt: skip
    """Write to those who come or wait; the same ``key`` reaches nobody twice for one date."""
    whole_key = f"date:{date.id}:{key}"
    for party in parties:
        if party.person_id is not None:
            _to_member(node, session, date, event, party, letter, whole_key, note)
        elif party.email:
            _to_guest(node, session, date, event, party, letter, whole_key, note)


def _to_member(
    node: Node, session: Session, date: Occurrence, event: Event, party: SignUp, letter: Letter,
    key: str, note: str,
) -> None:  # fmt: skip
    person = session.get_one(Person, party.person_id)
    tongue = node.catalogues.tongue(person.language)
    notice = Notice(
        kind=MINE.name,
        title=tongue.pgettext(_CONTEXT, letter.subject, title=event.title),
        text=_words(node, session, date, event, party, letter, note, tongue),
        url=f"/dates/{date.id}",
        subject=f"{KIND}:{event.id}",
        heading=event.title,
        key=key,
        until=date.ends_at,
    )
    tell(node, session, person.id, notice)


def _to_guest(
    node: Node, session: Session, date: Occurrence, event: Event, party: SignUp, letter: Letter,
    key: str, note: str,
) -> None:  # fmt: skip
    tongue, now = node.catalogues.tongue(party.language), node.clock.now()
    own_doing = letter in (ASKED, COMES, WAITS)
    words = _words(node, session, date, event, party, letter, note, tongue)
    link = guest_url(node, party, CONFIRM if letter is ASKED else OWN)
    name = node.settings.node.name
    subject = tongue.pgettext(_CONTEXT, letter.subject, title=event.title)
    payload = {"to": party.email, "subject": f"{name}: {subject}", "text": f"{words}\n\n{link}\n"}
    outbox.enqueue(
        session, "mail", payload, key=f"{key}:guest:{party.id}:{party.asked_at.timestamp():.0f}",
        at=now if own_doing else _awake(node, now, date.starts_at),
    )  # fmt: skip


def _awake(node: Node, now: datetime, latest: datetime) -> datetime:
    """Return the end of the night, unless it would be too late then."""
    quiet, zone = Times(), ZoneInfo(node.settings.node.time_zone)
    due = after_quiet(now, zone, quiet.quiet_from, quiet.quiet_until)
    return due if due < latest else now


def guest_url(node: Node, party: SignUp, purpose: str) -> str:
    """Return the address of a guest's own page, for a letter."""
    secret = secret_of(node.settings.secret, purpose, party.id, party.asked_at)
    return f"{node.settings.node.address.rstrip('/')}/dates/guest/{purpose}/{party.id}/{secret}"


def _words(
    node: Node, session: Session, date: Occurrence, event: Event, party: SignUp, letter: Letter,
    note: str, tongue: Tongue,
) -> str:  # fmt: skip
    say = partial(tongue.pgettext, _CONTEXT)
    zone = ZoneInfo(node.settings.node.time_zone)
    host = session.get_one(Space, event.space_id).name if event.space_id else ""
    first, last = (when(at, zone, tongue.language) for at in (date.starts_at, date.ends_at))
    place = ", ".join(filter(None, (date.place or event.place, event.address)))
    has_place = party.state == "in"
    lines = [
        say(letter.text),
        *([note] if note else []),
        "",
        event.title + (f" ({host})" if host else ""),
        f"{first} – {last}",
        *([say("Place: %(place)s", place=place)] if place else []),
        *([say("Online: %(url)s", url=event.online_url)] if event.online_url and has_place else []),
        tongue.ngettext("%(num)s person", "%(num)s people", party.people),
    ]
    return "\n".join(lines)
