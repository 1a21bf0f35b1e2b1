"""Documents of what is public: notes, articles, events, what is said of them, and collections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ....core.addresses import subject_actor
from ...trust.rules.terms import PROFILE, PUBLIC
from .markup import content, short, tag_page

Document = dict[str, Any]
CONTEXT = [PROFILE, {"Hashtag": "as:Hashtag"}]

TYPES = {"post": "Note", "event": "Event"}
"""The type of each kind; all others are articles."""

LONGEST = 20_000
"""Letters of a text that are told; the page has all of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A public thing as it is told; ``language`` that of the node."""

    id: int
    author: str
    kind: str
    title: str
    text: str
    path: str
    at: datetime
    changed_at: datetime
    version: int
    language: str
    picture: str = ""
    caption: str = ""
    place: str = ""
    tags: Sequence[str] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    passed_on: str = ""


def thing_address(base: str, thing_id: int) -> str:
    """Return the address of a public thing."""
    return f"{base}/things/{thing_id}"


def thing(base: str, told: Told) -> Document:
    """Return the document of a public thing, which anybody can show."""
    if told.passed_on:
        return _passed_on(base, told, thing_address(base, told.id))
    actor, kind = subject_actor(base, told.author), TYPES.get(told.kind, "Article")
    text = told.text[:LONGEST]
    if kind == "Note":
        text = text or told.title
    html = content(text, told.tags, base)
    made: Document = {
        "@context": CONTEXT,
        "id": thing_address(base, told.id),
        "type": kind,
        "attributedTo": actor,
        "url": base + told.path,
        "published": moment(told.at),
        **_readers(actor),
        "content": html,
        "contentMap": {told.language: html},
        "mediaType": "text/html",
        "tag": [_hashtag(base, tag) for tag in told.tags],
        "attachment": _pictures(base, told),
    }
    if kind != "Note":
        made |= {"name": told.title, "nameMap": {told.language: told.title}}
        made |= {"summary": short(told.text)}
    if told.version > 1:
        made["updated"] = moment(told.changed_at)
    return made | _when(told)


def _passed_on(base: str, told: Told, address: str) -> Document:
    actor = subject_actor(base, told.author)
    return {
        "@context": CONTEXT,
        "id": address,
        "type": "Announce",
        "actor": actor,
        "published": moment(told.at),
        **_readers(actor),
        "object": told.passed_on,
    }


def _readers(actor: str) -> Document:
    return {"to": [PUBLIC], "cc": [f"{actor}/followers"]}


def _hashtag(base: str, tag: str) -> Document:
    return {"type": "Hashtag", "name": f"#{tag}", "href": tag_page(base, tag)}


def _pictures(base: str, told: Told) -> list[Document]:
    if not told.picture:
        return []
    url = f"{base}/pictures/{told.picture}/large.webp"
    return [{"type": "Image", "mediaType": "image/webp", "url": url, "name": told.caption}]


def _when(told: Told) -> Document:
    found: Document = {}
    if told.starts_at is not None:
        found["startTime"] = moment(told.starts_at)
    if told.ends_at is not None:
        found["endTime"] = moment(told.ends_at)
    if told.place:
        found["location"] = {"type": "Place", "name": told.place}
    return found


def create(base: str, told: Told) -> Document:
    """Return the activity by which a thing came into the world, as the outbox lists it."""
    return _said(base, told, "Create", f"{thing_address(base, told.id)}/create", told.at)


def news(base: str, told: Told, mark: str) -> Document:
    """Return what is told of a thing as it is now: that it is new, or changed.

    ``mark`` tells apart what goes to one inbox and to another: each letter has an id of its own.
    """
    kind, at = ("Update", told.changed_at) if told.version > 1 else ("Create", told.at)
    address = f"{thing_address(base, told.id)}/{told.version}/{mark}"
    return _said(base, told, kind, address, at)


def _said(base: str, told: Told, kind: str, address: str, at: datetime) -> Document:
    if told.passed_on:
        return _passed_on(base, told, address)
    actor = subject_actor(base, told.author)
    return {
        "@context": CONTEXT,
        "id": address,
        "type": kind,
        "actor": actor,
        "published": moment(at),
        **_readers(actor),
        "object": {name: value for name, value in thing(base, told).items() if name != "@context"},
    }


def gone(base: str, told: Told, mark: str) -> Document:
    """Return what is told of a thing that is public no more, or passed on no more."""
    actor, address = subject_actor(base, told.author), thing_address(base, told.id)
    made = {"@context": PROFILE, "id": f"{address}/delete/{mark}", "actor": actor}
    if told.passed_on:
        said = {"id": f"{address}/{told.version}/{mark}", "type": "Announce", "actor": actor}
        about = {**said, "object": told.passed_on}
        return {**made, "type": "Undo", **_readers(actor), "object": about}
    about = {
        "id": address,
        "type": "Tombstone",
        "formerType": TYPES.get(told.kind, "Article"),
        "deleted": moment(told.changed_at),
    }
    return {**made, "type": "Delete", **_readers(actor), "object": about}


def about_actor(
    base: str, author: str, kind: str, about: Mapping[str, Any] | str, mark: str
) -> Document:
    """Return what an actor says of itself: that it has changed ("Update"), or leaves ("Delete")."""
    actor = subject_actor(base, author)
    return {
        "@context": PROFILE,
        "id": f"{actor}/{kind.lower()}/{mark}",
        "type": kind,
        "actor": actor,
        **_readers(actor),
        "object": about,
    }


def answer(address: str, kind: str, actor: str, asked: Mapping[str, Any]) -> Document:
    """Return the answer to a Follow ("Accept", "Reject"), with what was asked in it."""
    follow = {name: asked[name] for name in ("id", "type", "actor", "object")}
    return {
        "@context": PROFILE,
        "id": address,
        "type": kind,
        "actor": actor,
        "to": [asked["actor"]],
        "object": follow,
    }


def collection(address: str, count: int, *, first: str = "") -> Document:
    """Return a collection that says how much there is in it, and where it begins if it is read."""
    made = {"@context": PROFILE, "id": address, "type": "OrderedCollection", "totalItems": count}
    return {**made, "first": first} if first else made


def page(address: str, outbox: str, items: Sequence[Document], *, next_: str = "") -> Document:
    """Return a page of an outbox, the newest first."""
    made: Document = {
        "@context": CONTEXT,
        "id": address,
        "type": "OrderedCollectionPage",
        "partOf": outbox,
        "orderedItems": [{n: v for n, v in each.items() if n != "@context"} for each in items],
    }
    return {**made, "next": next_} if next_ else made


def moment(at: datetime) -> str:
    """Return an instant as other nodes read it.

    >>> moment(datetime(2026, 11, 30, 9, 5, tzinfo=UTC))
    '2026-11-30T09:05:00Z'
    """
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
