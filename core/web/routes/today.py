"""The work of the day of those who run a page: one column, made of what plugins add to it."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ... import members
from ..page import permitted, this_member, this_node
from ..sections import sections
from .base import blueprint
from .space_edit import the_space


@blueprint.get("/spaces/<slug>/today")
@permitted("core.space.edit")
def today(slug: str) -> Any:
    """Show what there is to do today, big enough for a phone held at arm's length."""
    with this_node().db.read() as session:
        space = the_space(session, slug, "core.space.edit")
        drawn = sections(
            "today_sections", session=session, viewer=this_member(), space=members.face(space)
        )
        return render_template("core/today.html", space=space, sections=drawn)
