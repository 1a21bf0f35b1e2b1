"""The treasurer's desk of projects: what is shown and waits, and what is late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import Forbidden, Invalid, NotFound, WizzleError
from .....core.web import Form, asked_number, can, paged, permitted, this_member, this_node, told
from ...access import AUDIT, KEEP
from ...pages import blueprint
from .. import actions, queries
from ..models import Milestone
from ..schemas import AskForm


@blueprint.get("/fund/projects/desk")
@permitted(AUDIT)
def projects_desk() -> str:
    """List what waits for the treasurer, and the reports that are overdue."""
    node = this_node()
    with node.db.read() as session:
        rows = queries.waiting(session, after=asked_number())
        context = {
            "late": queries.overdue(session, queries.today(node), 20),
            "pictures": queries.pictures_of(session, [row.Milestone for row in rows]),
            "own": queries.led_by(session, this_member().id),
        }
    last = rows[: queries.SIZE][-1].Milestone.id if rows else None
    return render_template(
        "fund/carrying/desk.html", page=paged(rows, queries.SIZE, str(last)), keeps=can(KEEP),
        **context,
    )  # fmt: skip


@blueprint.post("/fund/projects/<int:earmark_id>/steps/<int:milestone_id>/accept")
@permitted(KEEP)
def accept_step(earmark_id: int, milestone_id: int) -> Response:
    """Accept a milestone."""
    node = this_node()

    def act(session: Session) -> None:
        queries.of_project(session, Milestone, earmark_id, milestone_id)
        actions.accept(node, session, milestone_id, actor_id=this_member().id)

    if done(act):
        told("Accepted. Its money can be paid out now.")
    return redirect(url_for("fund.projects_desk"))


@blueprint.route(
    "/fund/projects/<int:earmark_id>/steps/<int:milestone_id>/ask", methods=["GET", "POST"]
)
@permitted(KEEP)
def ask_step(earmark_id: int, milestone_id: int) -> Any:
    """Ask to see more of a milestone."""
    node = this_node()
    with node.db.read() as session:
        step = queries.of_project(session, Milestone, earmark_id, milestone_id)
        title, name = step.title, queries.undertaking(session, earmark_id).title
    form = Form(AskForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.ask_more(
                    node, session, milestone_id, form.data["why"], actor_id=this_member().id
                )
            told("Those who lead the project are told what you would like to see.")
            return redirect(url_for("fund.projects_desk"))
        except WizzleError as error:
            form.failed(error)
    page = render_template("fund/carrying/ask.html", form=form, title=title, name=name)
    return page, form.status


@blueprint.post("/fund/projects/<int:earmark_id>/finish")
@permitted(KEEP)
def finish_project(earmark_id: int) -> Response:
    """End a project; what was not spent is free again."""
    node = this_node()

    def act(session: Session) -> None:
        actions.finish(node, session, earmark_id, actor_id=this_member().id)

    if done(act):
        told("The project has ended. What was left is free for all again.")
    return redirect(url_for("fund.project", earmark_id=earmark_id))


def done(act: Callable[[Session], None]) -> bool:
    """Do one thing in one transaction; tell why on the next page if it is refused."""
    try:
        with this_node().db.write() as session:
            act(session)
    except (Forbidden, NotFound):
        raise
    except Invalid as error:
        for messages in error.fields.values():
            for message in messages:
                told(message.text, "problem", **message.values)
        return False
    except WizzleError as error:
        told(error.message.text, "problem", **error.message.values)
        return False
    return True
