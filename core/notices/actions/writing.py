"""Writing the mail of notices as the outbox takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from ...answers import NoticeKind
from ...node import Node
from ..models import Told
from ..queries import Reader
from ..rules import ALL, DIGEST, Frame, Item, Times, digest_letter, quiet_of, sign, single_letter

SETTINGS = "/me/notices/settings"
LIST = "/me/notices"
STOP = "/notices/off/"
"""Paths of pages to which mail leads."""


def mail_of(node: Node, kind: NoticeKind, reader: Reader, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the letter that brings one notice at once."""
    stop = "" if kind.essential else _stop(node, reader.id, kind.name)
    item = Item(
        row["title"], row["text"], _whole(node, row["url"]), row["subject"], row["heading"],
        row["told_at"],
    )  # fmt: skip
    tongue = node.catalogues.tongue(reader.language)
    words = single_letter(tongue, item, _frame(node, stop, ad=kind.is_advertising))
    letter: dict[str, Any] = {"to": reader.email, "subject": words.subject, "text": words.text}
    if stop:
        letter["unsubscribe"] = stop
    letter["quiet"] = quiet_of([kind], reader.times)
    return letter


def mail_of_many(
    node: Node,
    person: Any,
    rows: Sequence[Told],
    kinds: Sequence[NoticeKind],
    times: Times,
    *,
    daily: bool,
) -> dict[str, Any]:
    """Return the letter that brings several notices; ``daily``: they are all of the digest."""
    may_stop = [kind for kind in kinds if not kind.essential]
    name = DIGEST if daily else may_stop[0].name if len(may_stop) == 1 else ALL
    stop = _stop(node, person.id, name) if may_stop else ""
    frame = _frame(node, stop, ad=any(kind.is_advertising for kind in kinds))
    items = [
        Item(row.title, row.text, _whole(node, row.url), row.subject, row.heading, row.told_at)
        for row in rows
    ]
    tongue = node.catalogues.tongue(person.language)
    zone = ZoneInfo(node.settings.node.time_zone)
    if len(items) == 1 and not daily:
        words = single_letter(tongue, items[0], frame)
    else:
        words = digest_letter(tongue, items, frame, zone)
    letter: dict[str, Any] = {
        "to": person.email, "subject": words.subject, "text": words.text,
        "quiet": quiet_of(kinds, times),
    }  # fmt: skip
    if words.html:
        letter["html"] = words.html
    if stop:
        letter["unsubscribe"] = stop
    return letter


def _frame(node: Node, stop: str, *, ad: bool) -> Frame:
    operator = node.settings.operator
    who = f"{operator.trade_name}, {operator.address}, {operator.phone}, {operator.email}"
    return Frame(
        node=node.settings.node.name,
        settings_url=_whole(node, SETTINGS),
        list_url=_whole(node, LIST),
        stop_url=stop,
        sender=who if ad else "",
    )


def _stop(node: Node, person_id: int, kind: str) -> str:
    return _whole(node, STOP + sign(node.settings.secret, person_id, kind))


def _whole(node: Node, path: str) -> str:
    return node.settings.node.address.rstrip("/") + path if path else ""
