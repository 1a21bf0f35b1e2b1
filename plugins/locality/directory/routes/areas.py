"""The boundary of the neighbourhood, as stewards bring it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from .....core.errors import Refused, WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..rules.boundary import MOST_BYTES, read
from ..schemas import AreaForm
from .drawn import Look, drawn
from .listing import AREA


@blueprint.route("/directory/area", methods=["GET", "POST"])
@permitted(AREA)
def area() -> Any:
    """Show the boundary, and take another one from a file."""
    node = this_node()
    with node.db.read() as session:
        found, shapes = queries.area(session), queries.ground(node, session).shapes
        form = Form(AreaForm(), {"remark": found.remark if found else ""})
    if form.submitted():
        try:
            _take(form)
            told("The map shows the new boundary.")
            return redirect(url_for("locality.area"))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "locality/directory/area.html", form=form, area=found, shapes=shapes,
        map=drawn(shapes, [], Look()),
    )  # fmt: skip
    return page, form.status


def _take(form: Form) -> None:
    node, sent = this_node(), request.files.get("boundary")
    data = sent.stream.read(MOST_BYTES + 1) if sent else b""
    if not data:
        raise Refused("Please choose a file first.")
    shapes = read(data)  # slow, so before the transaction
    with node.db.write() as session:
        actions.set_area(
            node, session, shapes, remark=form.data["remark"], actor_id=this_member().id
        )


@blueprint.post("/directory/area/remove")
@permitted(AREA)
def remove_area() -> Any:
    """Show the map without a boundary."""
    node = this_node()
    with node.db.write() as session:
        actions.remove_area(node, session, actor_id=this_member().id)
    told("The map has no boundary any more.")
    return redirect(url_for("locality.area"))
