"""The frame around the pages: the main menu, and what of header and footer everyone sees alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import current_app, request, url_for
from markupsafe import Markup, escape

from ..answers import MenuItem
from ..node import Node
from .page import can, say, this_node, this_tongue, this_viewer

KEPT = 200
"""Pieces kept in one process: one for each language, place in the menu and legal notice."""

_HERE = "\ue000"
"""Stands in a kept footer for the address of the page; nobody can type it."""

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


def menu() -> Sequence[dict[str, Any]]:
    """Return the main menu as the viewer may see it, with the entry that leads here marked."""
    entries = _entries(this_node())
    if this_viewer() is not None:
        return _told(entries)
    return _kept("menu", _marks(entries), lambda: _told(entries))


def header_of_strangers() -> Markup:
    """Return the header of someone who is not logged in, drawn once for each place in the menu."""
    entries = _entries(this_node())
    return _kept("header", _marks(entries), lambda: _drawn("header", menu=menu()))


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


def _marks(entries: Sequence[Entry]) -> Hashable:
    return tuple(entry.is_current for entry in entries)


def _told(entries: Sequence[Entry]) -> Sequence[dict[str, Any]]:
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
