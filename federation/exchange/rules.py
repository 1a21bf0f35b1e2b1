"""The documents of publications: the collection, its pages, a change that is told, a following."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...core.talk import PublicationState, PublishedItem
from ..trust.rules.terms import OURS
from ..trust.rules.terms import PROFILE as CONTEXT

MOST = 500
"""Things on one page; a proposal is about 1 kB and an answer may have 1 MiB."""

MOST_BYTES = 900_000
"""Bytes of what is on a page: nobody reads more than 1 MiB of an answer."""

TOLD_AT_ONCE = 100
"""So many changes are told with what changed; of more only that there are some."""

LONGEST_ADDRESS = 300
"""Letters of an address that is kept."""


class Unreadable(ValueError):
    """A document is not what a publication sends; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Head:
    """A publication as its node says that it stands."""

    count: int
    seq: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a publication: its things, the change after which they begin, and the next."""

    head: Head
    after: int
    until: int
    items: tuple[PublishedItem, ...]
    more: bool


def head(collection: str, actor: str, state: PublicationState) -> dict[str, Any]:
    """Return the document of the collection itself."""
    return {
        "@context": [CONTEXT, {"wizzle": OURS}],
        "id": collection,
        "type": "OrderedCollection",
        "attributedTo": actor,
        "first": f"{collection}?cursor=0",
        **_standing(state),
    }


def leaf(
    collection: str, state: PublicationState, items: Sequence[PublishedItem], *,
    after: int, more: bool, since: bool,
) -> dict[str, Any]:  # fmt: skip
    """Return the page of what comes after the change ``after``; ``since``: with tombstones."""
    until = items[-1].seq if more else max(after, state.seq)
    asked = "since" if since else "cursor"
    page: dict[str, Any] = {
        "@context": [CONTEXT, {"wizzle": OURS}],
        "id": f"{collection}?{asked}={after}",
        "type": "OrderedCollectionPage",
        "partOf": collection,
        **_standing(state),
        "wizzle:after": after,
        "wizzle:until": until,
        "orderedItems": [plain(item) for item in items],
    }
    if more:
        page["next"] = f"{collection}?{asked}={until}"
    return page


def fitting(items: Sequence[PublishedItem]) -> Sequence[PublishedItem]:
    """Return as many of these as fit on a page that others will read, but always one."""
    left = MOST_BYTES
    for number, item in enumerate(items):
        left -= len(json.dumps(item.document, ensure_ascii=False).encode()) + 400
        if left < 0 and number:
            return items[:number]
    return items


def _standing(state: PublicationState) -> dict[str, Any]:
    return {
        "totalItems": state.count,
        "wizzle:seq": state.seq,
        "wizzle:digest": state.digest.hex(),
    }


def plain(item: PublishedItem) -> dict[str, Any]:
    """Return an item's document with its version, by which readers tell old from new."""
    return {**item.document, "id": item.uri, "wizzle:version": item.version}


def update(activity: str, actor: str, collection: str, what: Mapping[str, Any]) -> dict[str, Any]:
    """Return the activity that tells a follower of a change: a page of it, or only the head."""
    return {
        "@context": [CONTEXT, {"wizzle": OURS}],
        "id": activity,
        "type": "Update",
        "actor": actor,
        "target": collection,
        "object": {name: value for name, value in what.items() if name != "@context"},
    }


def following(activity: str, actor: str, collection: str) -> dict[str, Any]:
    """Return the activity that asks to follow a publication."""
    return _about(activity, "Follow", actor, collection)


def answer(activity: str, kind: str, actor: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said to a Follow (``kind`` Accept or Reject), or its Undo."""
    named = {name: asked[name] for name in ("id", "type", "actor", "object")}
    return _about(activity, kind, actor, named)


def _about(activity: str, kind: str, actor: str, what: Any) -> dict[str, Any]:
    return {"@context": CONTEXT, "id": activity, "type": kind, "actor": actor, "object": what}


def publication_of(address: object, names: Iterable[str]) -> tuple[str, str] | None:
    """Return the actor and the name of the publication that an address names, if it is one."""
    actor, _, name = address.rpartition("/") if isinstance(address, str) else ("", "", "")
    return (actor, name) if actor and name in names else None


def read_head(document: Mapping[str, Any], collection: str) -> Head:
    """Read how a publication stands; ``Unreadable`` says what is wrong."""
    if named(document.get("partOf", document.get("id"))) != collection:
        raise Unreadable("it belongs to another collection")
    digest = document.get("wizzle:digest")
    try:
        read = bytes.fromhex(digest) if isinstance(digest, str) and len(digest) == 64 else b""
    except ValueError:
        read = b""
    if len(read) != 32:
        raise Unreadable("its digest is not 64 hexadecimal digits")
    return Head(_whole(document, "totalItems"), _whole(document, "wizzle:seq"), read)


def read_leaf(document: Mapping[str, Any], collection: str) -> Leaf:
    """Read a page of a publication; ``Unreadable`` says what is wrong with the page.

    What cannot be used of a single thing's document is for the plugin to say that takes it.
    """
    listed = document.get("orderedItems")
    if document.get("type") != "OrderedCollectionPage" or not isinstance(listed, list):
        raise Unreadable("it is not a page with a list of things")
    if len(listed) > MOST:
        raise Unreadable(f"it holds more than {MOST} things")
    after, until = _whole(document, "wizzle:after"), _whole(document, "wizzle:until")
    if until < after:
        raise Unreadable("it ends before it begins")
    host = origin(collection)
    items = tuple(_item(each, host, until) for each in listed)
    return Leaf(read_head(document, collection), after, until, items, bool(document.get("next")))


def _item(document: Any, host: str, seq: int) -> PublishedItem:
    if not isinstance(document, Mapping):
        raise Unreadable("one of its things is not a document")
    uri = named(document)
    if uri is None or origin(uri) != host:
        raise Unreadable("one of its things has no address of that node")
    gone = document.get("type") == "Tombstone"
    return PublishedItem(uri, _whole(document, "wizzle:version"), seq, document, gone)


def named(value: object) -> str | None:
    """Return the address of something that is named or held whole, None if there is none."""
    address = value.get("id") if isinstance(value, Mapping) else value
    if not isinstance(address, str) or not 0 < len(address) <= LONGEST_ADDRESS:
        return None
    return address


def origin(address: str) -> str:
    """Return scheme and host of an address.

    >>> origin("https://wanju.example/orgs/4")
    'https://wanju.example'
    """
    return "/".join(address.split("/", 3)[:3])


def _whole(document: Mapping[str, Any], name: str) -> int:
    value = document.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise Unreadable(f"{name} is not a whole number")
    return value
