"""Taking containers back: who has some at home, and one person's with the buttons to take them."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import Refused
from .....core.language import won
from .....core.web import (
    Form,
    allow,
    asked_number,
    paged,
    permitted,
    this_member,
    this_node,
    this_tongue,
    told,
)
from .....core.web.page import safe_next
from ...pages import ID, blueprint
from .. import actions, queries
from ..schemas import BackForm

BACK = "market.containers.back"
SIZE = 30


@blueprint.get("/market/containers/people")
@permitted(BACK)
def people_with_containers() -> Any:
    """Find those who have containers at home: of one's own hub, or whoever is asked for by name."""
    search = request.args.get("q", "").strip()[:60]
    with this_node().db.read() as session:
        rows = queries.people_with_containers(
            session,
            search=search,
            host_ids=None if search else own_hubs(),
            after=asked_number(),
            limit=SIZE + 1,
        )
    place = str(rows[SIZE - 1].id) if len(rows) > SIZE else None
    return render_template(
        "market/accounts/people.html", page=paged(rows, SIZE, place), search=search
    )


def own_hubs() -> frozenset[int] | None:
    """Return the hubs of which the viewer may list everyone, None for all of them."""
    viewer = this_member()
    return None if viewer.is_steward else frozenset(viewer.spaces("activist"))


@blueprint.get(f"/market/people/<{ID}:person_id>/containers")
@permitted(BACK)
def containers_of(person_id: int) -> Any:
    """Show what one person has at home."""
    viewer = this_member()
    with this_node().db.read() as session:
        person = queries.person_with_containers(session, person_id)
        held = queries.held_by(session, person_id)
        hubs = queries.hubs_that_pay(session)
    own = [hub for hub in hubs if viewer.is_steward or hub.id in viewer.spaces("activist")]
    return render_template(
        "market/accounts/person.html",
        person=person, held=held, hubs=own, key=this_node().random.token(12),
    )  # fmt: skip


@blueprint.post(f"/market/people/<{ID}:person_id>/containers/<{ID}:container_id>/back")
@permitted(BACK)
def bring_back(person_id: int, container_id: int) -> Response:
    """Take containers back and give the deposit back."""
    form, node = Form(BackForm()), this_node()
    onward = safe_next(request.args.get("next"))
    back = redirect(onward or url_for("market.containers_of", person_id=person_id))
    if not form.submitted():
        told("Please say how many came back.", "problem")
        return back
    allow(BACK, form.data["host_id"])
    try:
        with node.db.write() as session:
            queries.hub_named(session, form.data["host_id"])
            given = actions.bring_back(
                node, session, person_id, container_id, form.data["number"],
                host_id=form.data["host_id"], way=form.data["way"],
                key=form.data["idempotency_key"], actor_id=this_member().id,
            )  # fmt: skip
    except Refused as refused:
        told(refused.message.text, "problem", **refused.message.values)
        return back
    amount = won(given, this_tongue().language)
    if form.data["way"] == "cash":
        told("Taken back. Please give %(amount)s in cash.", amount=amount)
    else:
        told("Taken back. %(amount)s are on the balance.", amount=amount)
    return back
