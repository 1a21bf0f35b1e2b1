"""Sections of a page that come from plugins, each drawn by its own template."""

from __future__ import annotations

from typing import Any

import structlog
from flask import render_template
from markupsafe import Markup

from ..answers import Section
from .page import this_node

log = structlog.get_logger("wizzle.web")


def sections(hook: str, **arguments: Any) -> list[Markup]:
    """Ask the plugins for their sections of a page and draw them in their order.

    To be called while the session handed to the hook is open.
    """
    node = this_node()
    found: list[Section] = node.host.collect(hook, node=node, **arguments)
    drawn = (_drawn(each) for each in sorted(found, key=lambda section: section.order))
    return [each for each in drawn if each]


def _drawn(section: Section) -> Markup:
    try:
        return Markup(render_template(section.template, **section.context).strip())  # noqa: S704 a template escapes
    except Exception:  # one bad section must not take the page down
        log.exception("section left out", template=section.template)
        return Markup()
