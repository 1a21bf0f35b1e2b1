"""Choosing things for a collection, from any page or by words, and putting them in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core.errors import NotFound, WizzleError
from .....core.search import Asked
from .....core.web import Form, can, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..access import MAKE, WEEKLY, own_card, refused
from ..actions import Chosen
from ..queries import AnyRow
from ..rules import week_of
from ..schemas import AddForm, ItemForm, PlaceForm, StepForm


@blueprint.route("/collections/add", methods=["GET", "POST"])
@permitted(MAKE)
def collect() -> Any:
    """Put a thing ("product:12") into one of one's collections, with the reason."""
    node, viewer = this_node(), this_member()
    subject = request.args.get("subject", "")[:40]
    with node.db.read() as session:
        thing = queries.things(node, session, [subject]).get(subject)
        rows = [*_week(session), *queries.own_cards(session, viewer.id)]
    if thing is None:
        raise NotFound("Only what everyone can see can stand in a collection.")
    form = Form(AddForm(), {"to": request.args.get("to", rows[0].id if rows else "")})
    if form.submitted():
        try:
            to, chosen = form.data["to"], Chosen(form.data["reason"], subject)
            with node.db.write() as session:
                actions.add(node, session, viewer, to, chosen)
            told("%(title)s is in the collection now.", title=thing.title)
            return _items(to)
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "feed/collections/add.html", form=form, thing=thing, rows=rows, subject=subject
    )
    return page, form.status


def _week(session: Session) -> Sequence[AnyRow]:
    """Return this week's selection for those who choose for it, if they have begun it."""
    if not can(WEEKLY):
        return ()
    node = this_node()
    today = node.clock.now().astimezone(ZoneInfo(node.settings.node.time_zone)).date()
    return queries.week_cards(session, week_of(today))


def _items(collection_id: int, anchor: str | None = None) -> Response:
    url = url_for("feed.collection_items", collection_id=collection_id, _anchor=anchor)
    return redirect(url)


@blueprint.get("/collections/<int:collection_id>/items")
@permitted(MAKE)
def collection_items(collection_id: int) -> Any:
    """Show what stands in a collection to those who make it, and look for more."""
    node = this_node()
    asked = Asked.read(request.args.get("q", ""))
    with node.db.read() as session:
        row = own_card(session, collection_id)
        items = queries.shown_items(node, session, collection_id)
        found = queries.offered(node, session, asked) if asked else []
    held = {each.item.subject for each in items}
    return render_template(
        "feed/collections/items.html", collection=row, items=items, asked=asked,
        found=[each for each in found if each.subject not in held],
    )  # fmt: skip


@blueprint.route("/collections/<int:collection_id>/places/new", methods=["GET", "POST"])
@permitted(MAKE)
def new_place(collection_id: int) -> Any:
    """Add a place in words."""
    node = this_node()
    with node.db.read() as session:
        row = own_card(session, collection_id)
    form = Form(PlaceForm())
    if form.submitted():
        try:
            typed = form.data
            chosen = Chosen(typed["reason"], None, typed["title"], typed["address"])
            with node.db.write() as session:
                actions.add(node, session, this_member(), collection_id, chosen)
            return _items(collection_id)
        except WizzleError as error:
            form.failed(error)
    return render_template("feed/collections/place.html", form=form, collection=row), form.status


@blueprint.route("/collections/<int:collection_id>/items/<int:item_id>", methods=["GET", "POST"])
@permitted(MAKE)
def collection_item(collection_id: int, item_id: int) -> Any:
    """Change why something was chosen, and at which place it stands."""
    node = this_node()
    with node.db.read() as session:
        row = own_card(session, collection_id)
        items = queries.shown_items(node, session, collection_id)
    found = next((each for each in items if each.item.id == item_id), None)
    if found is None:
        raise NotFound("There is no such thing here any more.")
    place = items.index(found) + 1
    form = Form(ItemForm(), {"reason": found.item.reason, "place": place})
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.reword(
                    node, session, this_member(), collection_id, item_id, form.data["reason"],
                    place=form.data["place"] - 1,
                )  # fmt: skip
            return _items(collection_id, f"i{item_id}")
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "feed/collections/reason.html", form=form, collection=row, found=found, last=len(items)
    )
    return page, form.status


@blueprint.post("/collections/<int:collection_id>/items/<int:item_id>/move")
@permitted(MAKE)
def move_item(collection_id: int, item_id: int) -> Response:
    """Let an item go a step."""
    node, form = this_node(), Form(StepForm())
    if form.submitted():
        with node.db.write() as session:
            actions.move(node, session, this_member(), collection_id, item_id, form.data["step"])
    return _items(collection_id, f"i{item_id}")


@blueprint.post("/collections/<int:collection_id>/items/<int:item_id>/remove")
@permitted(MAKE)
def remove_item(collection_id: int, item_id: int) -> Response:
    """Take an item out."""
    node = this_node()
    with node.db.write() as session:
        actions.take_out(node, session, this_member(), collection_id, item_id)
    told("It is taken out.")
    return _items(collection_id)


@blueprint.post("/collections/<int:collection_id>/items/<int:item_id>/decline")
@permitted(MAKE)
def decline_item(collection_id: int, item_id: int) -> Response:
    """Have a thing taken out for which one answers."""
    node = this_node()
    try:
        with node.db.write() as session:
            actions.decline(node, session, this_member(), collection_id, item_id)
        told("It is taken out, and whoever chose it cannot put it back.")
    except WizzleError as error:
        refused(error)
    return redirect(url_for("feed.collection", collection_id=collection_id))
