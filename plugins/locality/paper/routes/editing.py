"""The paper as stewards make it: the draft of this week, its print, and when it goes out."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, url_for

from .....core.errors import WizzleError
from .....core.web import Form, download, outside_url, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..actions.choosing import Choice
from ..actions.publishing import headings
from ..models import Issue
from ..rules import NIGHT_BEGINS, NIGHT_ENDS, arranged, monday, placed
from ..schemas import DraftForm, PlanForm
from .reading import front_of

EDIT = "locality.paper.edit"


def _week() -> Any:
    node = this_node()
    return monday(node.clock.now(), queries.zone_of(node))


@blueprint.route("/paper/draft", methods=["GET", "POST"])
@permitted(EDIT)
def paper_draft() -> Any:
    """Show what would stand in this week's issue, and take what is chosen."""
    node, week = this_node(), _week()
    with node.db.read() as session:
        issue = queries.issue_of_week(session, week) or _blank(week)
        found = queries.items(node, session, week, node.clock.now())
        plan = queries.the_plan(session)
    form = Form(DraftForm(), {"greeting": issue.greeting, "version": issue.version})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.choose(
                    node, session, week, _choice(form.data),
                    version=form.data["version"], actor_id=this_member().id,
                )  # fmt: skip
            told("Saved.")
            return redirect(url_for("locality.paper_draft"))
        except WizzleError as error:
            form.failed(error)
    listed = [*arranged(found, (), issue.order)]
    page = render_template(
        "locality/paper/draft.html", form=form, issue=issue, items=listed, week=week, plan=plan,
        headings=headings(node), hours=range(NIGHT_ENDS, NIGHT_BEGINS),
    )  # fmt: skip
    return page, form.status


def _blank(week: Any) -> Issue:
    return Issue(week=week, greeting="", dropped=[], order=[], version=1, number=None)


def _choice(typed: dict[str, Any]) -> Choice:
    keys, places = typed.get("key", []), typed.get("place", [])
    numbers = dict(zip(keys, places, strict=False)) if len(keys) == len(places) else {}
    kept = set(typed.get("keep", []))
    return Choice(
        greeting=typed["greeting"], dropped=[key for key in keys if key not in kept],
        order=placed(numbers) if numbers else list(keys),
    )  # fmt: skip


@blueprint.get("/paper/draft.pdf")
@permitted(EDIT)
def paper_draft_file() -> Response:
    """Send the draft as it would be printed now."""
    node, week = this_node(), _week()
    with node.db.read() as session:
        issue = queries.issue_of_week(session, week) or _blank(week)
        newest = queries.last(session)
        number = issue.number or ((newest.number or 0) if newest else 0) + 1
        at = issue.out_at or node.clock.now()
        content = queries.content_of(node, session, issue, number, at)
    return download(front_of(content, outside_url("locality.paper_issue", number=number)))


@blueprint.post("/paper/draft/out")
@permitted(EDIT)
def paper_out() -> Any:
    """Let this week's issue out."""
    node = this_node()
    try:
        with node.db.write() as session:
            number = actions.let_out(node, session, _week(), actor_id=this_member().id)
    except WizzleError as error:
        told(error.message.text, "problem", **error.message.values)
        return redirect(url_for("locality.paper_draft"))
    told("The issue is out, and everyone who follows the paper is told.")
    return redirect(url_for("locality.paper_issue", number=number))


@blueprint.post("/paper/plan")
@permitted(EDIT)
def paper_plan() -> Any:
    """Choose when the paper goes out by itself."""
    node, form = this_node(), Form(PlanForm())
    if not form.submitted():
        told("Please choose a day and an hour between %(from_)s and %(until)s.", "problem",
             from_=NIGHT_ENDS, until=NIGHT_BEGINS - 1)  # fmt: skip
        return redirect(url_for("locality.paper_draft"))
    with node.db.write() as session:
        actions.plan_out(node, session, actor_id=this_member().id, **form.data)
    told("Saved.")
    return redirect(url_for("locality.paper_draft"))
