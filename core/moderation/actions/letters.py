"""What both sides are told of a decision, each in their own language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import members, outbox
from ...models import Person
from ...node import Node
from ...values import At, Message
from ..models import Appeal, Measure, Report
from ..rules import HIDE, MEASURES, NONE, NOTE, REASONS, REMOVE


@dataclass(frozen=True, slots=True)
class Words:
    """A subject and a text, both message ids."""

    subject: Message
    text: Message


_TOLD_REPORTER = Words(
    Message("%(node)s: what became of your report", {}),
    Message(
        "Hello %(name)s,\n\nyou have told us about “%(title)s”. Thank you. This was decided: "
        "%(measure)s.\n\nReason: %(reason)s\n%(words)s\n\nAll decisions stand here, without names:"
        "\n\n%(url)s",
        {},
    ),
)
_TOLD_OWNERS = {
    NOTE: Words(
        Message("%(node)s: a note about “%(title)s”", {}),
        Message(
            "Hello %(name)s,\n\nsomebody has told us about “%(title)s”, which you run. It stays "
            "where it is; please look at this:\n\nReason: %(reason)s\n%(words)s\n\n%(url)s",
            {},
        ),
    ),
    HIDE: Words(
        Message("%(node)s: “%(title)s” is hidden for now", {}),
        Message(
            "Hello %(name)s,\n\n“%(title)s”, which you run, is hidden until %(until)s at the "
            "latest. What was ordered stays ordered.\n\nReason: %(reason)s\n%(words)s\n\nIf you do "
            "not agree, please appeal here; somebody else decides then:\n\n%(url)s",
            {},
        ),
    ),
    REMOVE: Words(
        Message("%(node)s: “%(title)s” was removed", {}),
        Message(
            "Hello %(name)s,\n\n“%(title)s”, which you run, was removed. What was ordered stays "
            "ordered.\n\nReason: %(reason)s\n%(words)s\n\nIf you do not agree, please appeal here; "
            "somebody else decides then:\n\n%(url)s",
            {},
        ),
    ),
}
_ENDED = Words(
    Message("%(node)s: “%(title)s” can be seen again", {}),
    Message(
        "Hello %(name)s,\n\nthe measure about “%(title)s” has ended, and it can be seen again."
        "\n\n%(url)s",
        {},
    ),
)
_APPEAL_REFUSED = Words(
    Message("%(node)s: your appeal about “%(title)s”", {}),
    Message(
        "Hello %(name)s,\n\nsomebody who had not decided before has looked at your appeal about "
        "“%(title)s”. The measure stays as it is.\n\n%(words)s\n\n%(url)s",
        {},
    ),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody to whom a letter goes."""

    name: str
    email: str
    language: str


def tell_reporters(node: Node, session: Session, measure: Measure, reports: list[Report]) -> None:
    """Tell those who have reported a thing what was decided."""
    readers = _people(session, [each.person_id for each in reports if each.person_id])
    for each in reports:
        reader = (
            readers.get(each.person_id)
            if each.person_id
            else Reader(each.name or each.email, each.email, each.language)
        )
        if reader is not None:
            _send(node, session, _TOLD_REPORTER, reader, measure, key=f"report:{each.id}")


def tell_owners(node: Node, session: Session, measure: Measure, people: Iterable[int]) -> None:
    """Tell those who run a thing which measure was taken; nothing of a report without one."""
    if measure.kind == NONE:
        return
    for id_, reader in _people(session, people).items():
        letter = _TOLD_OWNERS[measure.kind]
        _send(node, session, letter, reader, measure, key=f"measure:{measure.id}:{id_}")


def tell_ended(node: Node, session: Session, measure: Measure, people: Iterable[int]) -> None:
    """Tell those who run a thing that it can be seen again."""
    for id_, reader in _people(session, people).items():
        _send(node, session, _ENDED, reader, measure, key=f"measure-ended:{measure.id}:{id_}")


def tell_refused(node: Node, session: Session, measure: Measure, appeal: Appeal) -> None:
    """Tell who has appealed that the measure stays."""
    for reader in _people(session, [appeal.person_id]).values():
        key = f"appeal:{appeal.id}"
        _send(node, session, _APPEAL_REFUSED, reader, measure, key=key, words=appeal.answer)


def _people(session: Session, ids: Iterable[int]) -> Mapping[int, Reader]:
    rows = session.execute(
        select(Person.id, Person.name, Person.email, Person.language).where(
            Person.id.in_(set(ids)), Person.email.not_like(f"%{members.LEFT}")
        )
    )
    return {row.id: Reader(row.name, row.email, row.language) for row in rows}


def _send(
    node: Node, session: Session, letter: Words, reader: Reader, measure: Measure, *, key: str,
    words: str | None = None,
) -> None:  # fmt: skip
    tongue = node.catalogues.tongue(reader.language)
    zone = ZoneInfo(node.settings.node.time_zone)
    values: dict[str, object] = {
        "name": reader.name,
        "node": node.settings.node.name,
        "title": measure.title,
        "measure": tongue.say(MEASURES[measure.kind]),
        "reason": tongue.say(REASONS[measure.reason]),
        "words": measure.text if words is None else words,
        "until": At(measure.ends_at, zone) if measure.ends_at else "",
        "url": f"{node.settings.node.address}/measures/{measure.id}",
    }
    payload = {
        "to": reader.email,
        "subject": tongue.say(Message(letter.subject.text, values)),
        "text": tongue.say(Message(letter.text.text, values)) + "\n",
    }
    outbox.enqueue(session, "mail", payload, key=f"mail:{key}", at=node.clock.now())
