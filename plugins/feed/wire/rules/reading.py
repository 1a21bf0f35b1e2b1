"""Documents of other nodes: what is public in them, and whose it is, read with distrust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from .cleaning import clean, line, plain

PUBLIC = frozenset(
    {"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"}
)  # fmt: skip
KINDS = {"Note": "post", "Article": "news", "Event": "event", "Page": "news", "Question": "post"}
LONGEST = 500
"""Letters of an address that is kept."""

MOST_PICTURES, MOST_TAGS = 8, 20


@dataclass(frozen=True, slots=True)
class Reading:
    """Something public as another node says it; all of it is plain but ``html``, which is clean.

    ``kind`` is ours ("post"); ``pictures`` are pairs of address and description.
    """

    uri: str
    author: str
    kind: str
    title: str
    html: str
    text: str
    page: str
    at: datetime
    place: str
    tags: tuple[str, ...]
    pictures: tuple[tuple[str, str], ...]
    starts_at: datetime | None
    ends_at: datetime | None


def named(thing: object) -> str:
    """Return the id of something that is named, or written out; "" if it has none."""
    found = thing.get("id") if isinstance(thing, Mapping) else thing
    return found if isinstance(found, str) and len(found) <= LONGEST else ""


def read(document: object, *, now: datetime) -> Reading | None:
    """Return what a document says if everyone may read it and it can be shown; None otherwise.

    It belongs to the actor that it names, on that actor's own node. What claims to be of the future
    is of now.
    """
    if not isinstance(document, Mapping) or document.get("type") not in KINDS:
        return None
    uri, author = named(document), named(document.get("attributedTo"))
    if not uri or not author or _origin(uri) != _origin(author) or not is_public(document):
        return None
    html = clean(_content(document))
    text, title = plain(html), line(document.get("name"), 300)
    if not text and not title:
        return None
    at = _moment(document.get("published")) or now
    return Reading(
        uri=uri,
        author=author,
        kind=KINDS[str(document["type"])],
        title=title,
        html=html,
        text=text,
        page=_page(document, uri),
        at=min(at, now),
        place=_place(document.get("location")),
        tags=_tags(document.get("tag")),
        pictures=_pictures(document),
        starts_at=_moment(document.get("startTime")),
        ends_at=_moment(document.get("endTime")),
    )


def is_public(document: Mapping[str, Any]) -> bool:
    """Say whether everyone may read a document."""
    named_in = [*_listed(document.get("to")), *_listed(document.get("cc"))]
    return any(each in PUBLIC for each in named_in if isinstance(each, str))


def answers(document: Mapping[str, Any]) -> str:
    """Return what a document is an answer to, "" if it is none."""
    return named(document.get("inReplyTo"))


def _content(document: Mapping[str, Any]) -> str:
    found = document.get("content")
    return found if isinstance(found, str) else ""


def _page(document: Mapping[str, Any], uri: str) -> str:
    """Return the page for people that a document names, on its own node; else its own address."""
    for each in _listed(document.get("url")):
        found = each.get("href") if isinstance(each, Mapping) else each
        if isinstance(found, str) and len(found) <= LONGEST and _origin(found) == _origin(uri):
            return found
    return uri


def _origin(address: str) -> tuple[str, str]:
    """Return scheme and host of an address; of what is none, something no other has."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ("", address)
    if parts.scheme not in ("https", "http") or not parts.netloc:
        return ("", address)
    return (parts.scheme, parts.netloc.lower())


def same_node(one: str, other: str) -> bool:
    """Say whether two addresses are of one node."""
    return _origin(one) == _origin(other)


def _place(found: object) -> str:
    return line(found.get("name"), 300) if isinstance(found, Mapping) else ""


def _tags(found: object) -> tuple[str, ...]:
    names = (
        line(each.get("name"), 60).lstrip("#")
        for each in _listed(found)[:100]
        if isinstance(each, Mapping) and each.get("type") == "Hashtag"
    )
    return tuple(dict.fromkeys(name for name in names if name))[:MOST_TAGS]


def _pictures(document: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    found = list[tuple[str, str]]()
    for each in (*_listed(document.get("attachment")), *_listed(document.get("image")))[:50]:
        if not isinstance(each, Mapping):
            continue
        media, url = each.get("mediaType"), _first_url(each)
        shows = each.get("type") == "Image" or str(media).startswith("image/")
        if shows and url and urlsplit(url).scheme in ("https", "http"):
            found.append((url, line(each.get("name"), 500)))
    return tuple(found[:MOST_PICTURES])


def _first_url(thing: Mapping[str, Any]) -> str:
    for each in _listed(thing.get("url")):
        found = each.get("href") if isinstance(each, Mapping) else each
        if isinstance(found, str) and len(found) <= LONGEST and _origin(found)[0]:
            return found
    return ""


def _moment(found: object) -> datetime | None:
    if not isinstance(found, str) or len(found) > 40:
        return None
    try:
        at = datetime.fromisoformat(found)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _listed(found: object) -> Sequence[Any]:
    return found if isinstance(found, list) else [] if found is None else [found]
