"""Confirming a neighbour who shows a code: first see who it is, then say yes."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from .....core.errors import NotFound, WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...pages import blueprint
from .. import actions, queries
from ..rules import ACTIVIST, MOST_BY_ACTIVIST, MOST_BY_NEIGHBOUR, plain_code, seal
from ..schemas import TypedCode
from .own import TRIES, VOUCH, within


@blueprint.route("/neighbours/confirm", methods=["GET", "POST"])
@permitted(VOUCH)
def confirm_neighbour() -> Any:
    """Type the code that a neighbour shows; the second step confirms them."""
    node, viewer = this_node(), this_member()
    form, found = Form(TypedCode()), None
    if form.submitted():
        try:
            within(node, TRIES, viewer.id)
            if request.form.get("sure") == "yes":
                with node.db.write() as session:
                    name = actions.confirm(node, session, form.data["code"], viewer.id)
                told("%(name)s is confirmed as a neighbour. Thank you!", name=name)
                return redirect(url_for("locality.confirm_neighbour"))
            found = _found(form.data["code"])
        except WizzleError as error:
            form.failed(error)
    now = node.clock.now()
    with node.db.read() as session:
        way = queries.may_confirm(session, viewer.id, now)
        used = queries.confirmed_lately(session, viewer.id, now)
    most = MOST_BY_ACTIVIST if way == ACTIVIST else MOST_BY_NEIGHBOUR
    page = render_template(
        "locality/neighbours/confirm.html", form=form, found=found, way=way,
        left=max(0, most - used),
    )  # fmt: skip
    return page, form.status


def _found(code: str) -> Any:
    node = this_node()
    key = seal(node.settings.secret, "asking", plain_code(code))
    with node.db.read() as session:
        if queries.may_confirm(session, this_member().id, node.clock.now()) is None:
            raise NotFound("Only who is confirmed can confirm others.")
        found = queries.asking(session, key, node.clock.now())
    if found is None:
        raise NotFound(
            "This code does not work. It may be too old or used already; please ask for a new one."
        )
    return found
