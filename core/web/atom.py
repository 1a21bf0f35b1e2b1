"""Atom (RFC 4287): news as programs read them, written in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from ..tables.cells import clean

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)

register_namespace("", NAMESPACE)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry in the words of one language; ``id`` is an address that is never another's."""

    id: str
    title: str
    url: str
    at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed says of itself; ``author`` answers for all of it."""

    url: str
    page_url: str
    title: str
    author: str
    language: str


def written(head: Head, items: Sequence[Item]) -> bytes:
    """Return the document of a feed; its ``updated`` is that of its newest entry."""
    feed = Element(_named("feed"), {_LANG: head.language})
    _put(feed, "id", head.url)
    _put(feed, "title", head.title)
    _put(feed, "updated", _moment(max((item.at for item in items), default=_NEVER)))
    _link(feed, "self", head.url, MEDIA_TYPE)
    _link(feed, "alternate", head.page_url, "text/html")
    _put(SubElement(feed, _named("author")), "name", head.author)
    for item in items:
        _entry(feed, item)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: Element, item: Item) -> None:
    entry = SubElement(feed, _named("entry"))
    _put(entry, "id", item.id)
    _put(entry, "title", item.title)
    _put(entry, "updated", _moment(item.at))
    _link(entry, "alternate", item.url, "text/html")
    if item.text:
        _put(entry, "summary", item.text)


def _named(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _put(parent: Element, name: str, text: str) -> None:
    SubElement(parent, _named(name)).text = clean(text)


def _link(parent: Element, rel: str, url: str, media_type: str) -> None:
    SubElement(parent, _named("link"), {"rel": rel, "href": url, "type": media_type})


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
