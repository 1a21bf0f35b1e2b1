"""The frame around the pages: the main menu, and what of header and footer everyone sees alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from ..answers import MenuItem
from ..node import Node
from ..values import Viewer
from .page import say, this_site, this_tongue, this_viewer
from .pieces import kept

_HERE, _TOKEN, _NAME, _EMAIL, _COUNT = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
"""Stand in what is kept for the address of the page, the token of a form, who is logged in, and
the number beside an entry of the menu, followed by the place of that entry."""

_BELL = "\ue005"
"""Stands for what the bell says: how much there is that its owner has not read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu and the path that it leads to."""

    item: MenuItem
    url: str

    def is_current(self, endpoint: str | None, path: str) -> bool:
        """Say whether the page is the one it leads to, or lies below it or what else is its own."""
        below = (self.url.rstrip("/") + "/", *(f"{each}/" for each in self.item.also))
        return endpoint == self.item.endpoint or f"{path}/".startswith(below)


@dataclass(frozen=True, slots=True)
class Header:
    """The header as one viewer sees it at one place of the menu."""

    drawn: Markup
    has_menu: bool


def header() -> Header:
    """Return the header with the main menu; all who may see the same entries share one.

    The key holds all that it shows, but for who is logged in and the token by which one logs out.
    """
    viewer, site = this_viewer(), this_site()
    endpoint, path = request.endpoint, request.path
    shown = tuple(
        (each, each.is_current(endpoint, path))
        for each in _entries(site.node)
        if each.item.action is None or site.permissions.can(viewer, each.item.action)
    )
    who = viewer and (viewer.is_steward, bool(viewer.email))
    marks = tuple((each.url, is_current) for each, is_current in shown)
    found = kept("header", (who, marks), lambda: _header(shown, viewer))
    if viewer is None:
        return found
    whole = found.drawn.replace(_TOKEN, escape(generate_csrf()))
    for place, (entry, _) in enumerate(shown):
        if entry.item.count is not None:
            number = entry.item.count(site.node, viewer)
            whole = whole.replace(f"{_COUNT}{place}{_COUNT}", _numbered(number))
    whole = whole.replace(_BELL, _bell(viewer.unread))
    whole = whole.replace(_EMAIL, escape(viewer.email)).replace(_NAME, escape(viewer.name))
    return Header(Markup(whole), found.has_menu)  # noqa: S704 escaped here


def places() -> list[tuple[str, str]]:
    """Return the label and the path of each page of the menu that the viewer may see."""
    viewer, site = this_viewer(), this_site()
    return [
        *(
            (say(each.item.label), each.url)
            for each in _entries(site.node)
            if each.item.action is None or site.permissions.can(viewer, each.item.action)
        ),
        (say("Producers and places"), url_for("core.spaces")),
    ]


def _bell(number: int) -> Markup:
    """Return the words and the number of the bell."""
    if not number:
        return Markup('<span class="visually-hidden">{}</span>').format(say("Notices"))
    shown = number if number < 100 else "99+"
    words = this_tongue().ngettext("Notices: %(num)s new", "Notices: %(num)s new", number)
    badge = Markup('<span class="menu-badge" aria-hidden="true">{}</span>').format(shown)
    return Markup('<span class="visually-hidden">{}</span>').format(words) + badge


def _numbered(number: int) -> Markup:
    """Return the badge of an entry; nothing for 0."""
    shown = number if number < 100 else "99+"
    return Markup(' <span class="menu-badge">{}</span>').format(shown) if number else Markup()


def _header(shown: Iterable[tuple[Entry, bool]], viewer: Viewer | None) -> Header:
    menu = _menu(shown, counted=viewer is not None)
    anyone = viewer and replace(viewer, name=_NAME, email=_EMAIL if viewer.email else "")
    drawn = _drawn("header", menu=menu, token=_TOKEN, viewer=anyone, bell=_BELL)
    return Header(drawn, bool(menu))


def footer(legal_notice: str) -> Markup:
    """Return the footer under a page's own legal notice; only the page's address differs."""
    drawn = kept("footer", legal_notice, lambda: _footer(legal_notice))
    return Markup(drawn.replace(_HERE, escape(_here())))  # noqa: S704 escaped here


def _here() -> str:
    """Return the address at which this page can be read again, in another language say."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    if request.url_rule is not None and "GET" in (request.url_rule.methods or ()):
        return request.path
    try:  # what takes only a POST cannot be gone back to
        came_from = urlsplit(request.referrer or "")
    except ValueError:  # half an address
        return "/"
    if came_from.netloc != request.host:
        return "/"
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")


def _footer(legal_notice: str) -> Markup:
    links = [
        {"label": say("Producers and places"), "url": url_for("core.spaces")},
        {"label": say("News to follow"), "url": url_for("core.feed_list")},
        {"label": say("Help and contact"), "url": url_for("core.help_home")},
    ]
    return _drawn("footer", legal_notice=legal_notice, footer_links=links, here=_HERE)


def _drawn(name: str, **values: Any) -> Markup:
    template = current_app.jinja_env.get_template(f"wizzle/shell/{name}.html")
    frame: dict[str, Any] = {}
    current_app.update_template_context(frame)
    return Markup(template.render({**frame, **values}))  # noqa: S704 a template escapes


def _menu(shown: Iterable[tuple[Entry, bool]], *, counted: bool) -> Sequence[dict[str, Any]]:
    """Return the entries as the template wants them."""
    return [
        {
            "label": say(entry.item.label),
            "url": entry.url,
            "icon": entry.item.icon,
            "current": is_current,
            "badge": f"{_COUNT}{place}{_COUNT}" if counted and entry.item.count else None,
        }
        for place, (entry, is_current) in enumerate(shown)
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
