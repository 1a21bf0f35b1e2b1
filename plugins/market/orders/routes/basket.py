"""The basket: one over all sellers and occasions."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from marshmallow import Schema

from .....core.errors import NotFound, WizzleError
from .....core.node import Node
from .....core.values import Viewer
from .....core.web import Form, permitted, this_member, this_node, this_viewer, told
from ...pages import blueprint
from .. import actions, queries
from ..access import ORDER
from ..schemas import ADD, field_of, most_field, read_quantities, read_wishes, wish_field

FIELDS = {"field_of": field_of, "wish_field": wish_field, "most_field": most_field}
"""How the fields of a line are called, for templates."""


def count_basket(node: Node, viewer: Viewer) -> int:
    """Return how many lines lie in somebody's basket, for the menu."""
    with node.db.glance() as connection:
        return queries.basket_size(connection, viewer.id)


@blueprint.get("/basket")
@permitted(ORDER)
def basket() -> Any:
    """Show what lies in the basket, by occasion and seller."""
    return _page(Form(Schema()))


@blueprint.post("/basket")
@permitted(ORDER)
def change_basket() -> Any:
    """Save all quantities at once, and go on to where the button leads."""
    form = Form(Schema())
    if not form.submitted():
        return _page(form)
    try:
        quantities = read_quantities(request.form)
        removed = _removed(request.form.get("remove", ""))
        wishes = read_wishes(request.form)
        with this_node().db.write() as session:
            actions.change_basket(this_node(), session, this_member(), quantities | removed, wishes)
    except WizzleError as error:
        form.failed(error)
        return _page(form)
    if request.form.get("then") == "check_out":
        return redirect(url_for("market.check_out"))
    if removed:
        told("It is out of your basket.")
    else:
        told("Your basket is saved.")
    return redirect(url_for("market.basket"))


def _removed(name: str) -> dict[tuple[str, int], int]:
    return dict.fromkeys(read_quantities({name: "0"}), 0)


def _page(form: Form) -> Any:
    node = this_node()
    with node.db.look() as session:
        found = queries.basket_of(node, session, this_member().id)
    page = render_template("market/orders/basket.html", basket=found, form=form, **FIELDS)
    return page, form.status


@blueprint.post("/basket/add")
@permitted("market.catalog.see")
def add_to_basket() -> Any:
    """Put a product into the basket; a stranger logs in first and finds the wish again."""
    form = Form(ADD)
    if not form.submitted():
        return _not_added(form)
    if this_viewer() is None:
        told("Please log in first.", "note")
        return redirect(url_for("core.log_in", next=url_for("market.wish", **form.data)))
    try:
        node = this_node()
        with node.db.write() as session:
            name = actions.add_to_basket(node, session, this_member(), **form.data)
    except WizzleError as error:
        form.failed(error)
        return _not_added(form)
    told("%(name)s is in your basket.", name=name)
    return redirect(url_for("market.basket"))


@blueprint.get("/basket/add")
@permitted(ORDER)
def wish() -> Any:
    """Show a wish that was made before logging in, to be put into the basket by one press."""
    form = Form(ADD, initial={name: request.args.get(name, "") for name in ADD.fields})
    return _not_added(form)


def _not_added(form: Form) -> Any:
    product_id = str(form.values.get("product_id", ""))
    if not product_id.isdecimal() or len(product_id) > 9:
        raise NotFound("There is no such product. It may have been taken off the list.")
    with this_node().db.look() as session:
        good = queries.goods(session, [int(product_id)]).get(int(product_id))
    if good is None:
        raise NotFound("There is no such product. It may have been taken off the list.")
    page = render_template("market/orders/wish.html", good=good, form=form)
    return page, form.status
