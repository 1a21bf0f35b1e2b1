"""What search engines may read: robots.txt, and a sitemap of everything that is public."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from flask import Response, url_for

from ... import search
from ...documents import Searchable
from ...errors import NotFound
from ...node import Node
from ...search import EVERYONE
from ..frame import places
from ..page import outside_url, permitted, this_node
from .base import blueprint

PER_PAGE = 10_000
"""Ids in one page of the sitemap; search engines take up to 50,000 addresses."""

MOST_PAGES = 500
_SLICE = 500
_XML = "application/xml; charset=utf-8"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_CLOSED = ("/search", "/me", "/admin", "/orders", "/basket", "/log-in", "/sign-up")


@blueprint.get("/robots.txt")
@permitted("core.see", alike=True)
def robots() -> Response:
    """Say what is not worth reading, and where the sitemap is (RFC 9309)."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _CLOSED), ""]
    lines.append(f"Sitemap: {outside_url('core.sitemap')}")
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
@permitted("core.see", alike=True)
def sitemap() -> Response:
    """List the pages of the sitemap: one of the pages of the menu, then those of each kind."""
    node = this_node()
    urls = [outside_url("core.sitemap_menu")]
    with node.db.read() as session:
        for kind in search.searchables(node):
            last = search.last_id(session, kind.kind)
            pages = min(-(-last // PER_PAGE), MOST_PAGES)
            urls += [
                outside_url("core.sitemap_page", kind=kind.kind, number=number)
                for number in range(1, pages + 1)
            ]
    body = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in urls)
    whole = f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{body}</sitemapindex>\n'
    return Response(whole, content_type=_XML)


@blueprint.get("/sitemap/menu.xml")
@permitted("core.see", alike=True)
def sitemap_menu() -> Response:
    """List the first page, those of the menu, and the texts."""
    rows = [_row(_root() + path, "") for _, path in [("", url_for("core.home")), *places()]]
    return Response([_HEAD, _OPEN, *rows, _CLOSE], content_type=_XML)


@blueprint.get("/sitemap/<kind>-<int:number>.xml")
@permitted("core.see")
def sitemap_page(kind: str, number: int) -> Response:
    """List what is public of a kind, with ids in the range of this page, slice by slice."""
    node = this_node()
    source = search.source_of(node, kind)
    if source is None or not 1 <= number <= MOST_PAGES:
        raise NotFound("There is no such page of the sitemap.")
    rows = _rows(node, source, (number - 1) * PER_PAGE, _root())
    return Response(_document(rows), content_type=_XML)


_OPEN = f'<urlset xmlns="{_NAMESPACE}">\n'
_CLOSE = "</urlset>\n"


def _document(rows: Iterator[str]) -> Iterator[str]:
    yield _HEAD + _OPEN
    yield from rows
    yield _CLOSE


def _rows(node: Node, source: Searchable, after: int, root: str) -> Iterator[str]:
    """Read what is listed while it is sent; no session stays open while a slow reader is waited
    for."""
    until = after + PER_PAGE
    while after < until:
        with node.db.read() as session:
            ids = [each for each in source.ids(session, after, _SLICE) if each <= until]
            read = source.read(session, ids) if ids else []
            public = [each for each in read if EVERYONE in each.readers]
            rows = "".join(
                _row(root + each.path, f"{each.changed_at:%Y-%m-%d}" if each.changed_at else "")
                for each in sorted(public, key=lambda each: each.id)
            )
        yield rows
        if not ids:
            return
        after = ids[-1]


def _row(url: str, day: str) -> str:
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<url><loc>{escape(url)}</loc>{changed}</url>\n"


def _root() -> str:
    return this_node().settings.node.address.rstrip("/")
