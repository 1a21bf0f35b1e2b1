"""Remote actors: what a document says of an actor on another node, if it may be believed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ....core.values import Message
from .hosts import origin
from .terms import RFC_9421

LONGEST = 500
"""Letters of an address that is kept."""

NODES = ("Application", "Service")
"""Kinds of the one actor of a node: only that one can ask for a tie."""

SPACES = ("Organization", "Group")
"""Kinds of actors that stand for a place which people run together, and may follow things."""

PERSON = "Person"
KINDS = (*NODES, *SPACES, PERSON)


@dataclass(frozen=True, slots=True)
class Remote:
    """An actor on another node; ``speaker`` is the actor whose keys sign for it."""

    id: str
    kind: str
    name: str
    handle: str
    region: str
    inbox: str
    shared: str
    page: str
    words: str
    speaker: str
    keys: tuple[str, ...]
    rfc9421: bool


def read_remote(address: str, document: Mapping[str, Any]) -> Remote | Message:
    """Return the actor of a document found at ``address``, or a sentence on why it is none.

    Its id is its address, and all that it names of itself lies on its origin: a document can
    otherwise claim to be anyone's (CVE-2024-23832).
    """
    if len(address) > LONGEST or document.get("id") != address:
        return Message("The document has another id than its address.", {})
    kind, inbox = document.get("type"), document.get("inbox")
    if kind not in KINDS:
        return Message("The document is not one of an actor.", {})
    if not isinstance(inbox, str) or origin(inbox) != origin(address) or len(inbox) > LONGEST:
        return Message("The actor has no inbox on its own node.", {})
    speaker = _text(document.get("attributedTo")) or address
    if origin(speaker) != origin(address):
        return Message("The actor is said to belong to another node.", {})
    return Remote(
        id=address,
        kind=str(kind),
        name=_line(document.get("name")),
        handle=_line(document.get("preferredUsername")),
        region=_region(document.get("location")),
        inbox=inbox,
        shared=_shared(address, document),
        page=_page(address, document),
        words=_text(document.get("summary"))[:10_000],
        speaker=speaker,
        keys=tuple(sorted(_key_texts(document))),
        rfc9421=_reads_rfc9421(document),
    )


def fingerprint(keys: tuple[str, ...]) -> str:
    """Return what tells a node's keys, short enough to be read out: eight groups of four."""
    digest = hashlib.sha256("\n".join(sorted(key.strip() for key in keys)).encode()).hexdigest()
    return " ".join(digest[place : place + 4] for place in range(0, 32, 4)) if keys else ""


def _key_texts(document: Mapping[str, Any]) -> list[str]:
    named = (("publicKey", "publicKeyPem"), ("assertionMethod", "publicKeyMultibase"))
    return [
        text
        for member, part in named
        for each in _listed(document.get(member))
        if isinstance(each, Mapping) and isinstance(text := each.get(part), str)
    ][:20]


def _listed(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [] if found is None else [found]


def _reads_rfc9421(document: Mapping[str, Any]) -> bool:
    """Say whether the document tells that RFC 9421 is read there (FEP-844e)."""
    generator = document.get("generator")
    told = [document, generator] if isinstance(generator, Mapping) else [document]
    return any(
        isinstance(each, Mapping) and each.get("href") == RFC_9421
        for part in told
        for each in _listed(part.get("implements"))
    )


def _shared(address: str, document: Mapping[str, Any]) -> str:
    """Return the inbox that the actors of a node share; "" unless it is on that very node."""
    told = document.get("endpoints")
    found = _text(told.get("sharedInbox")) if isinstance(told, Mapping) else ""
    return found if origin(found) == origin(address) and len(found) <= LONGEST else ""


def _page(address: str, document: Mapping[str, Any]) -> str:
    """Return the page for people that an actor names, on its own node; else the actor's address."""
    found = _text(document.get("url"))
    return found if origin(found) == origin(address) and len(found) <= LONGEST else address


def _region(found: Any) -> str:
    return _line(found.get("name")) if isinstance(found, Mapping) else ""


def _text(found: Any) -> str:
    return found if isinstance(found, str) else ""


def _line(found: Any) -> str:
    """Return a name as one line of plain text; a name is never read as HTML."""
    return " ".join(_text(found).replace("\0", " ").split())[:120]
