"""The shell: what every template can use, and the main menu."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, request, url_for

from ..answers import MenuItem
from ..language import formats
from ..node import Node
from . import words
from .page import (
    can,
    picture_url,
    say,
    static_url,
    this_node,
    this_site,
    this_tongue,
    this_viewer,
)

NAMES = {"ko": "한국어", "en": "English"}


def install(app: Flask) -> None:
    """Give the templates their functions, filters and values."""
    environment = app.jinja_env
    environment.globals.update(
        _=say,
        gettext=say,
        ngettext=_ngettext,
        pgettext=_pgettext,
        can=can,
        static_url=static_url,
        picture_url=picture_url,
        kind_name=_kind_name,
        kind_names=_kind_names,
        role_name=_role_name,
    )
    environment.filters.update(
        won=_won,
        when=_when,
        day=_day,
        clock=_clock,
        ago=_ago,
        percent=formats.percent,
        language_name=lambda language: NAMES.get(language, language),
        device_name=words.device_name,
        said=_said,
    )
    app.context_processor(_frame)


def _frame() -> dict[str, Any]:
    node = this_node()
    return {
        "node": node.settings.node,
        "operator": node.settings.operator,
        "viewer": this_viewer(),
        "menu": _menu(node),
        "footer_links": [
            {"label": say("Producers and places"), "url": url_for("core.spaces")},
        ],
        "language": this_tongue().language,
        "languages": this_site().catalogues.languages,
    }


def _menu(node: Node) -> list[dict[str, Any]]:
    return [
        {
            "label": say(item.label),
            "url": url_for(item.endpoint),
            "icon": item.icon,
            "current": _is_current(item),
            "badge": None,
        }
        for item in _items(node)
        if item.action is None or can(item.action)
    ]


def _items(node: Node) -> list[MenuItem]:
    """Return the entries of all plugins; asked once, since they depend on the node alone."""
    kept: list[MenuItem] | None = current_app.extensions.get("wizzle_menu")
    if kept is None:
        found = [m for m in node.host.collect("menu", node=node) if _leads_somewhere(m)]
        kept = current_app.extensions["wizzle_menu"] = sorted(found, key=lambda item: item.order)
    return kept


def _leads_somewhere(item: MenuItem) -> bool:
    return item.endpoint in current_app.view_functions


def _is_current(item: MenuItem) -> bool:
    if request.endpoint == item.endpoint:
        return True
    return request.path.startswith(url_for(item.endpoint).rstrip("/") + "/")


def _ngettext(one: str, many: str, num: int, **values: object) -> str:
    return this_tongue().ngettext(one, many, num, **values)


def _pgettext(context: str, text: str, **values: object) -> str:
    return this_tongue().pgettext(context, text, **values)


def _said(message: Any) -> str:
    """Say a ``Message`` or a ``Text`` of the core in the language of the page."""
    tongue = this_tongue()
    if hasattr(message, "in_language"):
        return str(message.in_language(tongue.language))
    return tongue.say(message)


def _kind_name(kind: str) -> str:
    return say(words.KINDS.get(kind, kind))


def _kind_names(kind: str) -> str:
    return say(words.KINDS_OF_MANY.get(kind, kind))


def _role_name(role: str) -> str:
    return say(words.ROLES.get(role, role))


def _zone() -> ZoneInfo:
    return ZoneInfo(this_node().settings.node.time_zone)


def _won(amount: int) -> str:
    return formats.won(amount, this_tongue().language)


def _when(instant: datetime) -> str:
    now = this_node().clock.now()
    return formats.when(instant, _zone(), this_tongue().language, now=now)


def _day(instant: datetime) -> str:
    return formats.day(instant, _zone(), this_tongue().language, now=this_node().clock.now())


def _clock(instant: datetime) -> str:
    return formats.clock(instant, _zone(), this_tongue().language)


def _ago(instant: datetime) -> str:
    return formats.ago(instant, this_node().clock.now(), this_tongue().language)
