"""Taking what actors of other nodes say whom we follow: new things, changes, deletions, shares."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from .....core import outbox
from .....core.errors import Refused
from .....core.facts import ThingPublished
from .....core.node import Node
from .....core.talk import Receipt, Received
from .. import queries
from ..models import Copy, Neighbour
from ..rules import reading
from ..rules.cleaning import clean, line, plain
from ..rules.reading import Reading
from .following import close, drop

SHARED = "feed.wire.shared"


def take(node: Node, session: Session, received: Received) -> Receipt | None:
    """Take a document of an actor that is followed here; None for everything else."""
    row = queries.neighbour(session, received.actor, lock=True)
    if row is None:
        return None
    if received.kind in ("Accept", "Reject"):
        return _answered(row, received)
    if row.state != "accepted":
        return None
    about = reading.named(received.document.get("object"))
    steps = {
        "Create": _told,
        "Update": _told,
        "Delete": _deleted,
        "Announce": _shared,
        "Undo": _undone,
    }
    step = steps.get(received.kind)
    note = step(node, session, row, received, about) if step else None
    return None if note is None else Receipt(note)


def _answered(row: Neighbour, received: Received) -> Receipt | None:
    if not row.request or reading.named(received.document.get("object")) != row.request:
        return None
    if row.state == "ended":
        return Receipt("ended meanwhile")
    row.state = "accepted" if received.kind == "Accept" else "refused"
    return Receipt(row.state)


def _told(
    node: Node, session: Session, row: Neighbour, received: Received, about: str
) -> str | None:
    """Keep what is new or has changed, as it is said in the letter itself."""
    document = received.document.get("object")
    if about == row.address:
        _renamed(row, document)
        return "renamed"
    found = reading.read(document, now=node.clock.now())
    if found is None:
        return _less_public(node, session, row, about)
    if found.author != row.address:
        raise Refused("This is by somebody else.")
    if isinstance(document, Mapping) and _is_for_others(session, row, document):
        return "an answer to somebody else"
    keep(node, session, row, found)
    return "kept"


def _is_for_others(session: Session, row: Neighbour, document: Mapping[str, Any]) -> bool:
    """Say whether a document is part of a talk with others: only what stands by itself is shown."""
    about = reading.answers(document)
    if not about:
        return False
    known = queries.copy_by_uri(session, about)
    return known is None or known.neighbour_id != row.id


def _renamed(row: Neighbour, document: object) -> None:
    if not isinstance(document, Mapping):
        return
    row.name = line(document.get("name"), 120) or row.name
    words = document.get("summary")
    row.words = plain(clean(words))[:2_000] if isinstance(words, str) else row.words


def _less_public(node: Node, session: Session, row: Neighbour, about: str) -> str | None:
    """Let go of what is public no more, or cannot be shown any more."""
    copy = queries.copy_by_uri(session, about, lock=True) if about else None
    if copy is None or copy.neighbour_id != row.id:
        return None
    drop(node, session, copy)
    return "public no more"


def keep(node: Node, session: Session, row: Neighbour, found: Reading, *, shared: str = "") -> None:
    """Write a copy down as it is now, and tell whoever shows what is new."""
    copy = queries.copy_by_uri(session, found.uri, lock=True)
    if copy is None:
        copy = Copy(uri=found.uri)
        session.add(copy)
    elif shared and copy.neighbour_id != row.id:
        return  # it is here already, by its author or by somebody else who passed it on
    elif _author_of(session, copy) != found.author:  # a neighbour on the same node
        raise Refused("This is by somebody else.")
    copy.neighbour_id, copy.via = row.id, shared
    copy.author = "" if found.author == row.address else found.author
    for name in (
        "kind", "title", "html", "text", "page", "place", "at", "starts_at", "ends_at",
    ):  # fmt: skip
        setattr(copy, name, getattr(found, name))
    copy.tags, copy.pictures = list(found.tags), [list(each) for each in found.pictures]
    copy.fetched_at = node.clock.now()
    session.flush()
    if copy.hidden_at is None:
        node.hooks.thing_published(node=node, session=session, fact=_fact(copy, row))


def _author_of(session: Session, copy: Copy) -> str:
    """Return the address of whose a copy is."""
    return copy.author or session.get_one(Neighbour, copy.neighbour_id).address


def _fact(copy: Copy, row: Neighbour) -> ThingPublished:
    """Return what is told of a copy: nobody here knows by whom it is but by its title."""
    title = f"{copy.title} · {row.name}" if copy.title else f"{row.name} {row.whole_name}"
    return ThingPublished(
        subject=f"copy:{copy.id}", kind=copy.kind, author=f"actor:{copy.neighbour_id}",
        title=title[:300],
        path=f"/elsewhere/things/{copy.id}", at=copy.at, text=copy.text, place=copy.place,
        starts_at=copy.starts_at, ends_at=copy.ends_at, tags=tuple(copy.tags),
    )  # fmt: skip


def _deleted(
    node: Node, session: Session, row: Neighbour, _received: Received, about: str
) -> str | None:
    if about == row.address:
        close(node, session, row)
        return "gone"
    copy = queries.copy_by_uri(session, about, lock=True) if about else None
    if copy is None or copy.neighbour_id != row.id or copy.via:
        return None
    drop(node, session, copy)
    return "deleted"


def _shared(
    node: Node, session: Session, row: Neighbour, received: Received, about: str
) -> str | None:
    """Have a job fetch what somebody passes on, if it stands on a node that we may ask."""
    hosts = {each.host for each in node.hooks.peers(node=node, session=session) or ()}
    if not about or not (
        reading.same_node(about, row.address)
        or any(reading.same_node(about, f"https://{host}/") for host in hosts)
    ):
        return "from a node that we do not ask"
    payload = {"neighbour": row.id, "uri": about, "via": received.id[:500]}
    key = f"{SHARED}:{hashlib.sha256(received.id.encode()).hexdigest()[:32]}"
    outbox.enqueue(session, SHARED, payload, key=key, at=node.clock.now())
    return "to be fetched"


def work_shared(node: Node, payload: Mapping[str, Any]) -> None:
    """Fetch what somebody passed on, and keep it if it is public and its author's own."""
    uri = str(payload["uri"])
    document = node.hooks.fetch_document(node=node, url=uri)
    found = reading.read(document, now=node.clock.now())
    if found is None or found.uri != uri:
        return
    with node.db.write() as session:
        row = session.get(Neighbour, payload["neighbour"], with_for_update=True)
        if row is not None and row.state == "accepted":
            keep(node, session, row, found, shared=str(payload["via"]))


def _undone(
    node: Node, session: Session, row: Neighbour, _received: Received, about: str
) -> str | None:
    copy = queries.copy_passed_on(session, row.id, about) if about else None
    if copy is None:
        return None
    drop(node, session, copy)
    return "passed on no more"


def hide_copy(node: Node, session: Session, subject: str, *, hidden: bool) -> None:
    """Keep a copy from being seen, or show it again, as the stewards want it."""
    kind, _, number = subject.partition(":")
    copy = session.get(Copy, int(number)) if kind == "copy" and number.isdecimal() else None
    if copy is not None:
        copy.hidden_at = node.clock.now() if hidden else None
