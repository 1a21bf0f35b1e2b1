"""Sections of a page that come from plugins, each drawn by its own template."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from ..answers import Section
from ..values import Viewer
from .home_order import arranged, audience_of
from .page import this_node

log = structlog.get_logger("wizzle.web")


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
    try:
        return Markup(render_template(section.template, **section.context).strip())  # noqa: S704 a template escapes
    except Exception:  # one bad section must not take the page down
        log.exception("section left out", template=section.template)
        return Markup()
