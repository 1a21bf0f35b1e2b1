"""Projects as everyone sees them: the list, and the page of each."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from .....core import ledger
from .....core.web import asked_number, can, paged, permitted, say, this_node, this_viewer
from ...access import KEEP, READ
from ...earmarks.rules import apart
from ...pages import blueprint
from .. import queries
from ..rules import LATER, NO_REPORT, PAY_EARLY, state_of

_LINES = 12


@blueprint.get("/fund/projects")
@permitted(READ, alike=True)
def projects() -> str:
    """List the projects that are being carried out, or those that have ended."""
    node, over = this_node(), request.args.get("state") == "over"
    with node.db.read() as session:
        rows = queries.listed(session, queries.today(node), over=over, before=asked_number())
        sums = queries.sums(session, [row.earmark_id for row in rows])
    last = rows[: queries.SIZE][-1].earmark_id if rows else None
    tabs = [
        {"label": label, "current": ended == over,
         "url": url_for("fund.projects", state="over" if ended else None)}
        for label, ended in ((say("Under way"), False), (say("Ended projects"), True))
    ]  # fmt: skip
    return render_template(
        "fund/carrying/projects.html", page=paged(rows, queries.SIZE, str(last)), sums=sums,
        tabs=tabs, over=over,
    )  # fmt: skip


@blueprint.get("/fund/projects/<int:earmark_id>")
@permitted(READ, alike=True)
def project(earmark_id: int) -> str:
    """Show a project with its money, its milestones, its reports and what was left aside."""
    node, viewer = this_node(), this_viewer()
    with node.db.read() as session:
        found = queries.undertaking(session, earmark_id)
        leads = viewer is not None and viewer.id in queries.leaders(session, found)
        paid = ledger.lines(session, apart(earmark_id), limit=_LINES)
        steps = queries.milestones(session, earmark_id)
        return render_template(
            "fund/carrying/project.html",
            project=found,
            earmark=queries.earmark_of(session, earmark_id),
            organisation=queries.organisation(session, found),
            sums=queries.sums(session, [earmark_id])[earmark_id],
            milestones=steps,
            pictures=queries.pictures_of(session, steps),
            reports=queries.reports(session, earmark_id),
            overrides=queries.overrides(session, earmark_id),
            paid=paid,
            urls=_urls({each.subject for each in paid} | {queries.decided(session, earmark_id)}),
            decided=queries.decided(session, earmark_id),
            leads=leads,
            keeps=can(KEEP) and not leads,
            today=queries.today(node),
            state_of=state_of,
            what=_WHAT,
        )


def _urls(subjects: set[str]) -> dict[str, str]:
    node = this_node()
    found: dict[str, str] = dict(
        node.host.collect("subject_urls", node=node, subjects=frozenset(subjects - {""}))
    )
    return found


_WHAT: dict[str, Any] = {
    PAY_EARLY: lambda: say("Paid before the milestone"),
    NO_REPORT: lambda: say("Ends without its report"),
    LATER: lambda: say("A later day"),
}
