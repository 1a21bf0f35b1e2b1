"""Help for everyone: how things are done here, and whom to ask."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ...errors import NotFound
from .. import help as pages
from ..page import permitted, this_tongue
from .base import blueprint


@blueprint.get("/help")
@permitted("core.see", alike=True)
def help_home() -> Any:
    """List the pages of the help, and say whom to ask."""
    return render_template("core/help.html", topics=pages.topics(this_tongue().language))


@blueprint.get("/help/<name>")
@permitted("core.see", alike=True)
def help_page(name: str) -> Any:
    """Show one of them."""
    found = pages.topic(name, this_tongue().language)
    if found is None:
        raise NotFound("There is no such page.")
    return render_template("core/help_page.html", topic=found)
