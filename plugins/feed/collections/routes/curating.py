"""Making collections together, one's page as a curator, and the editors of the week."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.language import day
from .....core.models import Person
from .....core.web import Form, permitted, say, this_member, this_node, this_tongue, told
from ...pages import blueprint
from .. import actions, queries
from ..access import CHOOSE, MAKE, WEEKLY, own_card, refused
from ..actions import Words
from ..models import CuratorPage
from ..schemas import CuratorForm, InviteForm


@blueprint.route("/collections/<int:collection_id>/curators", methods=["GET", "POST"])
@permitted(MAKE)
def curators(collection_id: int) -> Any:
    """Show who makes a collection, and ask others to."""
    node, viewer = this_node(), this_member()
    form = Form(InviteForm())
    with node.db.read() as session:
        own_card(session, collection_id)
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.invite(node, session, viewer, collection_id, form.data["email"])
            told("If a neighbour has this address, they are asked now.")
            return redirect(url_for("feed.curators", collection_id=collection_id))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        row = own_card(session, collection_id)
        people = queries.curators_of(session, collection_id)
        owner = session.get(Person, row.owner_id or 0)
        page = render_template(
            "feed/collections/curators.html", form=form, collection=row, people=people,
            me=viewer.id, owner=owner.name if owner else "",
            leads=row.week is not None or row.owner_id == viewer.id,
        )  # fmt: skip
    return page, form.status


@blueprint.post("/collections/<int:collection_id>/curators/answer")
@permitted(MAKE)
def answer_curating(collection_id: int) -> Response:
    """Accept to make a collection together, refuse, or stop."""
    node, accepted = this_node(), request.form.get("accept") == "yes"
    try:
        with node.db.write() as session:
            actions.answer(node, session, this_member(), collection_id, accepted=accepted)
        if accepted:
            told("You make this collection together now.")
            return redirect(url_for("feed.collection_items", collection_id=collection_id))
        told("Done.")
    except WizzleError as error:
        refused(error)
    return redirect(url_for("feed.my_collections"))


@blueprint.post("/collections/<int:collection_id>/curators/<int:curator_id>/remove")
@permitted(MAKE)
def part_curator(collection_id: int, curator_id: int) -> Response:
    """Let somebody make the collection no more."""
    node = this_node()
    with node.db.write() as session:
        actions.part(node, session, this_member(), collection_id, curator_id)
    told("Done.")
    return redirect(url_for("feed.curators", collection_id=collection_id))


@blueprint.route("/me/curator", methods=["GET", "POST"])
@permitted(MAKE)
def my_curator_page() -> Any:
    """Choose whether one's name and collections are seen on a page, and what it says."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        page = session.get(CuratorPage, viewer.id)
        initial = {"words": page.words, "shown": page.shown} if page else {}
        hidden = page is not None and page.hidden_at is not None
    form = Form(CuratorForm(), initial)
    if form.submitted():
        with node.db.write() as session:
            actions.show_curator(
                node, session, viewer.id, form.data["words"], shown=form.data["shown"]
            )
        told("Saved.")
        return redirect(url_for("feed.my_collections"))
    drawn = render_template("feed/collections/my_page.html", form=form, hidden=hidden)
    return drawn, form.status


@blueprint.post("/weekly/begin")
@permitted(WEEKLY)
def begin_weekly() -> Response:
    """Begin this week's selection, or go on with it."""
    node = this_node()
    zone = ZoneInfo(node.settings.node.time_zone)
    today = day(node.clock.now(), zone, this_tongue().language)
    title = say("Chosen this week · %(day)s", day=today)
    with node.db.write() as session:
        made = actions.begin_week(node, session, this_member(), Words(title))
        number = made.id
    return redirect(url_for("feed.collection_items", collection_id=number))


@blueprint.route("/editors", methods=["GET", "POST"])
@permitted(CHOOSE)
def editors() -> Any:
    """Choose who chooses for the week."""
    node = this_node()
    form = Form(InviteForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.choose_editor(node, session, this_member(), form.data["email"])
            told("Done.")
            return redirect(url_for("feed.editors"))
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        people = queries.editors(session)
    return render_template("feed/collections/editors.html", form=form, people=people), form.status


@blueprint.post("/editors/<int:editor_id>/remove")
@permitted(CHOOSE)
def drop_editor(editor_id: int) -> Response:
    """Let somebody choose for the week no more."""
    node = this_node()
    with node.db.write() as session:
        actions.drop_editor(node, session, this_member(), editor_id)
    told("Done.")
    return redirect(url_for("feed.editors"))
