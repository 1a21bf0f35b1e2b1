"""Sections of a page that come from plugins, each drawn by its own template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from flask import g, render_template, request
from markupsafe import Markup
from sqlalchemy.orm import Session

from ..answers import Section
from ..values import Message, Viewer
from .home_order import arranged, audience_of
from .page import this_node, this_site

log = structlog.get_logger("wizzle.web")


@dataclass(frozen=True, slots=True)
class Signpost:
    """A page below the one that leads to it: what it is called, and what is found there."""

    endpoint: str
    icon: str
    label: Message
    text: Message


def sections(hook: str, **arguments: Any) -> list[Markup]:
    """Ask the plugins for their sections of a page and draw them in their order.

    To be called while the session handed to the hook is open.
    """
    node = this_node()
    found: list[Section] = node.host.collect(hook, node=node, **arguments)
    return drawn(sorted(found, key=lambda section: section.order))


def home_sections(session: Session, viewer: Viewer | None) -> list[Markup]:
    """Draw the sections of the home page in the order in which stewards have put them."""
    node = this_node()
    found = node.host.collect("home_sections", node=node, session=session, viewer=viewer)
    return drawn(arranged(session, audience_of(viewer), found))


def drawn(found: Iterable[Section]) -> list[Markup]:
    """Draw these sections; one that has nothing to show, or that fails, is left out."""
    return [each for each in map(_drawn, found) if each]


def _drawn(section: Section) -> Markup:
    _note(section.template)
    try:
        return Markup(render_template(section.template, **section.context).strip())  # noqa: S704 a template escapes
    except Exception:  # one bad section must not take the page down
        log.exception("section left out", template=section.template)
        return Markup()


def _note(template: str) -> None:
    """Remember whose section the page shows: what it looks like may stand in a sheet of its own."""
    g.setdefault("shown", {})[template.partition("/")[0]] = True


def plugin_sheets() -> list[str]:
    """Return the addresses of the style sheets, ``<plugin>.css``, of the plugin whose page this is
    and of those that have a section on it."""
    shown = dict.fromkeys(filter(None, (request.blueprint, *g.get("shown", {}))))
    statics = this_site().statics
    found = (statics.get(f"{name}/{name}.css") for name in shown)
    return [each for each in found if each]
