"""Who comes, for those who hold the event: a list for the phone, to tick who came."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.web import permitted, this_node
from ...pages import blueprint
from .. import actions, queries
from ..access import HOLD, own_date
from ..rules import SEEN_FOR
from .times import tell


@blueprint.get("/dates/<int:occurrence_id>/people")
@permitted(HOLD)
def date_people(occurrence_id: int) -> Any:
    """List who comes and who waits; a week after the event names are shown no more."""
    node = this_node()
    with node.db.read() as session:
        row = own_date(session, occurrence_id)
        people = queries.comers(session, occurrence_id)
    over = row.ends_at + SEEN_FOR <= node.clock.now()
    coming = [each for each in people if each.state == "in"]
    return render_template(
        "locality/events/people.html", date=row, over=over, coming=coming,
        waiting=[each for each in people if each.state == "waiting"],
        came=sum(each.people for each in coming if each.came), questions_of=queries.questions_of,
        may_tick=node.clock.now() >= row.starts_at - actions.EARLY,
    )  # fmt: skip


@blueprint.post("/dates/<int:occurrence_id>/people/<int:sign_up_id>/came")
@permitted(HOLD)
def tick_comer(occurrence_id: int, sign_up_id: int) -> Response:
    """Note that somebody came, or that they did not after all."""
    node = this_node()
    with node.db.read() as session:
        own_date(session, occurrence_id)
    try:
        with node.db.write() as session:
            came = request.form.get("came") == "yes"
            actions.tick(node, session, occurrence_id, sign_up_id, came=came)
    except WizzleError as error:
        tell(error)
    mark = f"p{sign_up_id}"
    return redirect(url_for("locality.date_people", occurrence_id=occurrence_id, _anchor=mark))
