"""Where the QR code of a label leads: to the order's hand-over page, for those who hand it over."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from .....core.errors import NotFound
from .....core.web import can, permitted, this_member, this_node
from ...cycles.routes.access import ORDER, RUN
from ...pages import blueprint
from .. import queries


@blueprint.get("/bags/<uid>")
@permitted(ORDER)
def arrival(uid: str) -> Response:
    """Go to an order: whoever hands it over to its page, its owner to their own; for all others
    there is none."""
    with this_node().db.read() as session:
        found = queries.order_of_label(session, uid)
    if found is not None and (can(RUN, found.hub_id) or can(RUN, found.host_id)):
        return redirect(
            url_for("assembly.handover_order", cycle_id=found.cycle_id, order_id=found.id)
        )
    if found is not None and found.person_id == this_member().id:
        return redirect(url_for("market.order", uid=uid))
    raise NotFound("There is no such order.")
