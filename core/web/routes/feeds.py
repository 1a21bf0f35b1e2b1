"""Feeds: news that programs follow, and the page that tells people of them."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, url_for

from ...documents import Feed, FeedEntry
from ...errors import NotFound
from ...values import Message
from .. import atom, news
from ..page import outside_url, permitted, say, this_node, this_tongue
from .base import blueprint

MOST = 40
"""Entries in a feed."""


@blueprint.get("/feeds")
@permitted("core.see", alike=True)
def feed_list() -> Any:
    """List the feeds, with what they are for."""
    shown = [(_titled(feed), feed.name) for feed in news.feeds(this_node())]
    return render_template("core/feeds.html", feeds=[(say("All news"), news.ALL), *shown])


@blueprint.get("/feeds/<name>.atom")
@permitted("core.see", alike=True)
def feed(name: str) -> Any:
    """Send the newest entries of one feed, or of all."""
    node = this_node()
    known = news.feeds(node)
    chosen = known if name == news.ALL else [each for each in known if each.name == name]
    if not chosen:
        raise NotFound("There is no such feed.")
    title = say("All news") if name == news.ALL else _titled(chosen[0])
    with node.db.read() as session:
        found = news.newest(session, chosen, MOST)
        items = [_item(each, entry) for each, entry in found]
    head = atom.Head(
        url=outside_url("core.feed", name=name),
        page_url=outside_url("core.home"),
        title=f"{title} · {node.settings.node.name}",
        author=node.settings.node.name,
        language=this_tongue().language,
    )
    return Response(atom.written(head, items), content_type=f"{atom.MEDIA_TYPE}; charset=utf-8")


def _item(feed: Feed, entry: FeedEntry) -> atom.Item:
    return atom.Item(
        id=f"{outside_url('core.feed', name=feed.name)}#{entry.name}",
        title=_said(entry.title),
        url=outside_url("core.home").rstrip("/") + entry.path,
        at=entry.at,
        text=_said(entry.text),
    )


def _said(words: str | Message) -> str:
    return words if isinstance(words, str) else this_tongue().say(words)


def _titled(feed: Feed) -> str:
    return feed.titles.in_language(this_tongue().language)


def feed_url(name: str) -> str:
    """Return the address of a feed; also a function of the templates."""
    return url_for("core.feed", name=name)
