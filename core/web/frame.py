"""The frame around the pages: the main menu, and what of header and footer everyone sees alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import current_app, request, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from ..answers import MenuItem
from ..node import Node
from .page import can, say, this_node, this_tongue, this_viewer

KEPT = 200
"""Pieces kept in one process, about 4 kB each."""

_HERE, _TOKEN = "\ue000", "\ue001"
"""Stand in what is kept for the address of the page and for the token of a form."""

Piece = TypeVar("Piece")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu and the path that it leads to."""

    item: MenuItem
    url: str

    @property
    def is_current(self) -> bool:
        """Whether the page is the one it leads to, or lies below it."""
        if request.endpoint == self.item.endpoint:
            return True
        return request.path.startswith(self.url.rstrip("/") + "/")


@dataclass(frozen=True, slots=True)
class Header:
    """The header as one viewer sees it at one place of the menu."""

    drawn: Markup
    has_menu: bool


def header() -> Header:
    """Return the header with the main menu; everyone who is not logged in shares the same ones.

    The key holds all that it shows, but for the token by which one logs out.
    """
    entries, viewer = _entries(this_node()), this_viewer()
    marks = tuple(entry.is_current for entry in entries)
    kept = _kept("header", (viewer, marks), lambda: _header(entries))
    if viewer is None:
        return kept
    whole = kept.drawn.replace(_TOKEN, escape(generate_csrf()))
    return Header(Markup(whole), kept.has_menu)  # noqa: S704 escaped here


def _header(entries: Sequence[Entry]) -> Header:
    menu = _menu(entries)
    return Header(_drawn("header", menu=menu, token=_TOKEN), bool(menu))


def footer(legal_notice: str) -> Markup:
    """Return the footer under a page's own legal notice; only the page's address differs."""
    drawn = _kept("footer", legal_notice, lambda: _footer(legal_notice))
    here = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return Markup(drawn.replace(_HERE, escape(here)))  # noqa: S704 escaped here


def _footer(legal_notice: str) -> Markup:
    links = [{"label": say("Producers and places"), "url": url_for("core.spaces")}]
    return _drawn("footer", legal_notice=legal_notice, footer_links=links, here=_HERE)


def _drawn(name: str, **values: Any) -> Markup:
    template = current_app.jinja_env.get_template(f"wizzle/shell/{name}.html")
    frame: dict[str, Any] = {}
    current_app.update_template_context(frame)
    return Markup(template.render({**frame, **values}))  # noqa: S704 a template escapes


def _menu(entries: Sequence[Entry]) -> Sequence[dict[str, Any]]:
    """Return the entries that the viewer may see."""
    return [
        {
            "label": say(entry.item.label),
            "url": entry.url,
            "icon": entry.item.icon,
            "current": entry.is_current,
            "badge": None,
        }
        for entry in entries
        if entry.item.action is None or can(entry.item.action)
    ]


def _entries(node: Node) -> Sequence[Entry]:
    """Return the entries of all plugins; asked once, since they depend on the node alone."""
    kept: Sequence[Entry] | None = current_app.extensions.get("wizzle_menu")
    if kept is None:
        found = [item for item in node.host.collect("menu", node=node) if _leads_somewhere(item)]
        kept = [
            Entry(item, url_for(item.endpoint)) for item in sorted(found, key=lambda i: i.order)
        ]
        current_app.extensions["wizzle_menu"] = kept
    return kept


def _leads_somewhere(item: MenuItem) -> bool:
    return item.endpoint in current_app.view_functions


def _kept(kind: str, key: Hashable, draw: Callable[[], Piece]) -> Piece:
    """Return a piece of the frame in the language of the request, drawn once for each key."""
    pieces: dict[Hashable, Any] = current_app.extensions.setdefault("wizzle_frame", {})
    whole = (kind, this_tongue().language, key)
    piece: Piece | None = pieces.get(whole)
    if piece is None:
        piece = draw()
        while len(pieces) >= KEPT:
            pieces.pop(next(iter(pieces)), None)
        pieces[whole] = piece
    return piece
