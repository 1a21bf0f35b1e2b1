"""The steward's list of pages: all of them, also closed and hidden ones."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from .. import queries
from ..page import permitted, this_node
from ..paging import asked_place, paged
from .base import blueprint
from .spaces import KINDS, place_of

SIZE = 30
STANDINGS = ("nobody", "closed", "hidden")


@blueprint.get("/admin/spaces")
@permitted("core.admin")
def admin_spaces() -> Any:
    """List the pages by name, or those that contain what is looked for."""
    wanted = request.args.get("q", "").strip()[:100]
    kind, standing = request.args.get("kind", ""), request.args.get("standing", "")
    kind, standing = kind if kind in KINDS else "", standing if standing in STANDINGS else ""
    with this_node().db.read() as session:
        rows = queries.found_spaces(
            session, wanted, kind=kind, standing=standing, after=place_of(asked_place()),
            limit=SIZE + 1,
        )  # fmt: skip
    last = rows[:SIZE][-1] if rows else None
    page = paged(rows, SIZE, last and f"{last.id} {last.name}")
    return render_template(
        "core/admin_spaces.html", page=page, wanted=wanted, kind=kind, standing=standing,
        kinds=KINDS,
    )  # fmt: skip
