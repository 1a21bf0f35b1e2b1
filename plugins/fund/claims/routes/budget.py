"""Planned and paid, for everyone."""

from __future__ import annotations

from flask import render_template

from .....core.web import asked_number, paged, permitted, this_node
from ...access import READ
from ...carrying import queries as carrying
from ...pages import blueprint
from .. import queries


@blueprint.get("/fund/budget")
@permitted(READ, alike=True)
def budget() -> str:
    """Show for each area and project what is planned, claimed, approved, paid and left."""
    with this_node().db.read() as session:
        rows = queries.budget(session, after=asked_number())
        ids = [each.id for each in rows]
        context = {
            "sums": carrying.sums(session, ids), "waiting": queries.waiting(session, ids),
            "projects": carrying.projects_among(session, ids),
        }  # fmt: skip
        last = rows[: queries.SIZE][-1].id if rows else None
        return render_template(
            "fund/claims/budget.html", page=paged(rows, queries.SIZE, str(last)), **context
        )
