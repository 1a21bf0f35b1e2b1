"""The pages of what is being carried out."""

from __future__ import annotations

from flask import render_template

from ....core.web import permitted, this_node
from ..access import READ
from ..pages import blueprint
from . import queries


@blueprint.get("/fund/projects/<int:earmark_id>")
@permitted(READ)
def project(earmark_id: int) -> str:
    """Show a project with its money, its milestones, its reports and what was left aside."""
    with this_node().db.read() as session:
        found = queries.undertaking(session, earmark_id)
        return render_template(
            "fund/carrying/project.html",
            project=found,
            sums=queries.sums(session, [earmark_id])[earmark_id],
            milestones=queries.milestones(session, earmark_id),
            reports=queries.reports(session, earmark_id),
            overrides=queries.overrides(session, earmark_id),
        )
