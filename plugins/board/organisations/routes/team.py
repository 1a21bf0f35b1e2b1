"""Who is named by an organisation: asked there, answered on one's own page."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.auth import attempts
from .....core.errors import TooMany, WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..access import MEMBER, RUN, own_organisation
from ..schemas import TeamForm
from .brought import tell

ASKED = attempts.Limit("board team by", most=20, minutes=24 * 60)


@blueprint.route("/board/organisations/<organisation>/team", methods=["GET", "POST"])
@permitted(RUN)
def team(organisation: str) -> Any:
    """List who is named and who was asked, and ask somebody."""
    node, form = this_node(), Form(TeamForm())
    if form.submitted():
        try:
            _ask(organisation, form)
            told("If this is a member's address, they are asked now. They are named once they say"
                 " yes.")  # fmt: skip
            return redirect(url_for("board.team", organisation=organisation))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        space = own_organisation(session, organisation)
        mates = queries.team_of(session, space.id)
        page = render_template("board/organisations/team.html", space=space, mates=mates, form=form)
    return page, form.status


def _ask(slug: str, form: Form) -> None:
    node, me = this_node(), this_member()
    with node.db.write() as session:
        within = attempts.count(session, ASKED, str(me.id), at=node.clock.now())
    if not within:
        raise TooMany("That was a lot in a short time. Please come back tomorrow.")
    with node.db.write() as session:
        space = own_organisation(session, slug)
        actions.ask(
            node, session, space, address=form.data["email"], task=form.data["task"],
            actor_id=me.id,
        )  # fmt: skip


@blueprint.post("/board/organisations/<organisation>/team/<int:mate_id>/remove")
@permitted(RUN)
def remove_mate(organisation: str, mate_id: int) -> Response:
    """Name somebody no longer."""
    node = this_node()
    try:
        with node.db.write() as session:
            space = own_organisation(session, organisation)
            actions.remove(node, session, space.id, mate_id, actor_id=this_member().id)
        told("Done.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("board.team", organisation=organisation))


@blueprint.get("/board/me")
@permitted(MEMBER)
def my_board() -> str:
    """Show where one is named, or asked to be."""
    with this_node().db.read() as session:
        rows = queries.invitations(session, this_member().id)
    return render_template("board/organisations/me.html", rows=rows)


@blueprint.post("/board/me/teams/<int:space_id>")
@permitted(MEMBER)
def answer_team(space_id: int) -> Response:
    """Agree to be named, or not (any more)."""
    node, agreed = this_node(), request.form.get("agree") == "yes"
    with node.db.write() as session:
        actions.answer(node, session, space_id, this_member().id, agreed=agreed)
    if agreed:
        told("Your name stands on the page now.")
    else:
        told("Your name does not stand there.")
    return redirect(url_for("board.my_board"))
