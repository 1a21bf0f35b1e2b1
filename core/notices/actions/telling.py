"""Telling: a notice is written for each reader, and its ways to them are set going."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table
from sqlalchemy.orm import Session

from ... import outbox
from ...answers import NoticeKind
from ...node import Node
from ...statements import Statement
from ..models import Told
from ..queries import Reader, kind_of, readers
from ..rules import Notice, Plan, in_words, plan
from .asking import ask_mail, ask_push
from .writing import mail_of

_TOLD: Table = Told.__table__  # type: ignore[assignment]
_INSERT = Statement(lambda insert: insert(_TOLD).on_conflict_do_nothing())
LENGTHS = {"key": 110, "title": 300, "text": 4_000, "url": 300, "subject": 120, "heading": 200}
"""Letters that are kept; a longer key is a mistake, anything else is cut."""


def tell(node: Node, session: Session, people: int | Iterable[int], notice: Notice) -> None:
    """Tell one person or several something, inside the transaction in which it has happened.

    It stands on the bell of each, and reaches them as they have chosen for its kind. A notice of
    the same key is told nobody twice. Nothing is told to those who have left.
    """
    kind, now = kind_of(node, notice.kind), node.clock.now()
    if len(notice.key) > LENGTHS["key"]:
        raise ValueError(f"too long a key: {notice.key}")
    ids = [people] if isinstance(people, int) else list(dict.fromkeys(people))
    most = node.settings.notices.mails_an_hour
    for reader in readers(session, ids, kind, now=now, most=most):
        _tell(node, session, reader, kind, notice, now)


def _tell(
    node: Node, session: Session, reader: Reader, kind: NoticeKind, notice: Notice, now: datetime
) -> None:
    zone = ZoneInfo(node.settings.node.time_zone)
    planned = plan(kind, reader.way, reader.times, reader.situation, now=now, zone=zone,
                   until=notice.until)  # fmt: skip
    row = _row(node, reader, notice, planned, now)
    _INSERT.write(session, row)
    if row["mailed_at"] is not None:
        letter = mail_of(node, kind, reader, row)
        outbox.enqueue(session, "mail", letter, key=row["mail_key"], at=now)
    elif planned.mail_at is not None:
        ask_mail(session, reader.id, planned.mail_at, now)
    if planned.push_at is not None:
        ask_push(session, reader.id, notice.key, planned.push_at, now)


def _row(
    node: Node, reader: Reader, notice: Notice, planned: Plan, now: datetime
) -> dict[str, Any]:
    tongue = node.catalogues.tongue(reader.language)
    texts = {
        "key": notice.key,
        "title": " ".join(in_words(notice.title, tongue).split()),
        "text": in_words(notice.text, tongue).strip(),
        "url": notice.url,
        "subject": notice.subject,
        "heading": notice.heading,
    }
    at_once = planned.mail_at == now
    return {
        "person_id": reader.id,
        "kind": notice.kind,
        **{name: text[: LENGTHS[name]] for name, text in texts.items()},
        "told_at": now,
        "on_bell": planned.on_bell,
        "read_at": None,
        "until": notice.until,
        "mail_at": None if at_once else planned.mail_at,
        "mailed_at": now if at_once else None,
        "mail_key": f"{notice.key}:{reader.id}" if at_once else None,
    }
