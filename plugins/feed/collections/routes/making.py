"""Making a collection: its words and picture, showing it, deleting it, one's own list."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from .....core import pictures
from .....core.errors import Invalid, Refused, WizzleError
from .....core.pictures import Prepared
from .....core.values import Message
from .....core.web import Form, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..access import CHOOSE, MAKE, own_card, refused
from ..actions import Words
from ..schemas import CollectionForm, NewCollectionForm


@blueprint.get("/me/collections")
@permitted(MAKE)
def my_collections() -> Any:
    """List the collections that one makes, and those that one is asked to."""
    viewer = this_member()
    with this_node().db.read() as session:
        rows = queries.own_cards(session, viewer.id)
        asked = queries.invitations(session, viewer.id)
    return render_template("feed/collections/mine.html", rows=rows, asked=asked, me=viewer.id)


@blueprint.route("/collections/new", methods=["GET", "POST"])
@permitted(MAKE)
def new_collection() -> Any:
    """Begin a collection; with ``subject`` it goes on to choosing that thing for it."""
    node, viewer = this_node(), this_member()
    form = Form(NewCollectionForm())
    if form.submitted():
        try:
            prepared = _picture(form)
            with node.db.write() as session:
                words = _words(session, form, prepared)
                key = form.data["idempotency_key"]
                made = actions.make(node, session, viewer, words, key=key)
                number = made.id
            return _onward(number)
        except WizzleError as error:
            form.failed(error)
    key = form.values.get("idempotency_key") or node.random.token()[:40]
    page = render_template("feed/collections/form.html", form=form, collection=None, key=key)
    return page, form.status


def _onward(collection_id: int) -> Response:
    subject = request.args.get("subject", "")[:40]
    if subject:
        return redirect(url_for("feed.collect", subject=subject, to=collection_id))
    return redirect(url_for("feed.collection_items", collection_id=collection_id))


def _picture(form: Form) -> Prepared | None:
    """Return the picture that came along, drawn anew: slow, and so before the transaction."""
    brought = request.files.get("picture")
    if brought is None or not brought.filename:
        return None
    if not form.data["caption"]:
        raise Invalid({"caption": [Message("Please say what is on the picture.", {})]})
    try:
        return pictures.prepare(brought.stream.read(pictures.MOST_BYTES + 1))
    except Refused as error:
        raise Invalid({"picture": [error.message]}) from error


def _words(session: Session, form: Form, prepared: Prepared | None) -> Words:
    number = None
    if prepared is not None:
        node = this_node()
        number = pictures.keep(
            session, node, prepared, caption=form.data["caption"], owner_id=this_member().id,
            at=node.clock.now(),
        ).id  # fmt: skip
    return Words(form.data["title"], form.data["intro"], number)


@blueprint.route("/collections/<int:collection_id>/edit", methods=["GET", "POST"])
@permitted(MAKE)
def edit_collection(collection_id: int) -> Any:
    """Change what a collection says of itself."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        row = own_card(session, collection_id)
    names = ("title", "intro", "version")
    form = Form(CollectionForm(), {**{name: getattr(row, name) for name in names}})
    if form.submitted():
        try:
            prepared = _picture(form)
            with node.db.write() as session:
                words = _words(session, form, prepared)
                actions.change(
                    node, session, viewer, collection_id, words, version=form.data["version"]
                )
            told("Saved.")
            return _back(collection_id)
        except WizzleError as error:
            form.failed(error)
    page = render_template("feed/collections/form.html", form=form, collection=row, key="")
    return page, form.status


@blueprint.post("/collections/<int:collection_id>/publish")
@permitted(MAKE)
def publish_collection(collection_id: int) -> Response:
    """Show a collection to everyone, or to nobody else any more."""
    node, viewer = this_node(), this_member()
    hides = request.form.get("public") == "no"
    try:
        with node.db.write() as session:
            step = actions.withdraw if hides else actions.publish
            step(node, session, viewer, collection_id)
        if hides:
            told("Nobody else sees this collection any more.")
        else:
            told("Everyone can see this collection now.")
    except WizzleError as error:
        refused(error)
    return _back(collection_id)


@blueprint.post("/collections/<int:collection_id>/delete")
@permitted(MAKE)
def delete_collection(collection_id: int) -> Response:
    """Delete a collection for good."""
    node = this_node()
    with node.db.write() as session:
        actions.remove(node, session, this_member(), collection_id)
    told("The collection is deleted.")
    return redirect(url_for("feed.my_collections"))


@blueprint.post("/collections/<int:collection_id>/home")
@permitted(CHOOSE)
def feature_collection(collection_id: int) -> Response:
    """Show a collection on the home page, or no more."""
    node, shows = this_node(), request.form.get("home") == "yes"
    try:
        with node.db.write() as session:
            at = node.clock.now() if shows else None
            actions.feature(node, session, this_member(), collection_id, at=at)
        if shows:
            told("It stands on the home page now.")
        else:
            told("It stands on the home page no more.")
    except WizzleError as error:
        refused(error)
    return _back(collection_id)


def _back(collection_id: int) -> Response:
    return redirect(url_for("feed.collection", collection_id=collection_id))
