"""One's own entry, and what a space says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, url_for
from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import Forbidden, Invalid, NotFound, WizzleError
from .....core.models import Space
from .....core.values import Message
from .....core.web import Form, allow, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..actions.listing import Said
from ..models import Listing
from ..rules.needs import LAYERS, NEEDS, WAYS, chosen
from ..schemas import OwnEntry, SpaceEntry
from .listing import EDIT, MEMBERS
from .words import LAYER_HINTS
from .words import LAYERS as LAYER_NAMES

_AGREE = Message("Please tick it if members may find you; without it nobody does.", {})


@blueprint.route("/directory/me", methods=["GET", "POST"])
@permitted(MEMBERS)
def own_entry() -> Any:
    """Write one's own entry; there is none until somebody wants one."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        own = queries.own_listing(session, viewer.id)
        form = Form(OwnEntry(), _initial(session, own) or {"name": viewer.name})
        listed = own is not None
        streets = [street for street, _ in queries.streets(session, members=False)]
    if form.submitted():
        try:
            if not listed and not form.data["agree"]:
                raise Invalid({"agree": [_AGREE]})
            with node.db.write() as session:
                actions.list_person(node, session, viewer.id, form.data["name"], _said(form))
            told("Members can find you in the directory now.")
            return redirect(url_for("locality.own_entry"))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "locality/directory/own.html", form=form, listed=listed, needs=NEEDS, streets=streets
    )
    return page, form.status


def _initial(session: Session, own: Listing | None) -> dict[str, Any] | None:
    if own is None:
        return None
    needs = queries.needs_of(session, [own.id]).get(own.id, {})
    return {"name": own.name, "words": own.words, "street": own.street, "layer": own.layer,
            **{way: needs.get(way, []) for way in WAYS}}  # fmt: skip


def _said(form: Form) -> Said:
    data: Mapping[str, Any] = form.data
    needs = {way: chosen(data[way]) for way in WAYS}
    return Said(words=data["words"], street=data.get("street", ""), needs=needs)


@blueprint.post("/directory/me/remove")
@permitted(MEMBERS)
def remove_own_entry() -> Any:
    """Take oneself off the list."""
    node = this_node()
    with node.db.write() as session:
        actions.unlist_person(node, session, this_member().id)
    told("You are off the list, and what you wrote is destroyed.")
    return redirect(url_for("locality.own_entry"))


def own_space(session: Session, slug: str) -> Space:
    """Return the space if the viewer runs it."""
    space = members.find_space(session, slug)
    if space is None:
        raise NotFound("There is no such page here, or it was closed.")
    allow(EDIT, space.id)
    if space.home:
        raise Forbidden(members.RUN_ELSEWHERE)
    return space


@blueprint.route("/spaces/<slug>/directory", methods=["GET", "POST"])
@permitted(EDIT)
def space_entry(slug: str) -> Any:
    """Say what a space helps with and looks for, and in which layer it sees itself."""
    node = this_node()
    with node.db.read() as session:
        space = own_space(session, slug)
        number, name = space.id, space.name
        form = Form(SpaceEntry(), _initial(session, queries.space_listing(session, number)))
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.say_of_space(
                    node, session, number, _said(form), form.data["layer"],
                    actor_id=this_member().id,
                )  # fmt: skip
            told("Saved.")
            return redirect(url_for("core.space", slug=slug))
        except WizzleError as error:
            form.failed(error)
    layers = [(each, LAYER_NAMES[each], LAYER_HINTS[each]) for each in LAYERS]
    page = render_template(
        "locality/directory/space_entry.html", form=form, slug=slug, name=name, needs=NEEDS,
        layers=layers,
    )  # fmt: skip
    return page, form.status
