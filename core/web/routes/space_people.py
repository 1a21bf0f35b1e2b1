"""Who runs a space: seen and changed by its owners and by stewards."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ...auth import stewardship
from ...errors import WizzleError
from .. import queries
from ..forms import Form
from ..page import permitted, this_member, this_node, told
from ..schemas import RoleOf
from .base import blueprint
from .space_edit import the_space
from .ways_in import ways_to


@blueprint.route("/spaces/<slug>/people", methods=["GET", "POST"])
@permitted("core.space.people")
def space_people(slug: str) -> Any:
    """List who runs the space, and let somebody in by their e-mail address."""
    form = Form(RoleOf())
    if form.submitted():
        try:
            name = _let_in(slug, form.data["email"])
            told("%(name)s can run this page now.", name=name)
            return redirect(url_for("core.space_people", slug=slug))
        except WizzleError as error:
            form.failed(error)
    with this_node().db.read() as session:
        space = the_space(session, slug, "core.space.people")
        people = queries.people_of(session, space.id)
        ways = ways_to(session, space, [row.id for row in people])
        page = render_template(
            "core/space_people.html", space=space, people=people, form=form, ways=ways
        )
    return page, form.status


def _let_in(slug: str, email: str) -> str:
    node = this_node()
    with node.db.write() as session:
        space = the_space(session, slug, "core.space.people")
        return stewardship.give_role(session, node, this_member(), space, email).name


@blueprint.post("/spaces/<slug>/people/<int:person_id>/remove")
@permitted("core.space.people")
def remove_from_space(slug: str, person_id: int) -> Any:
    """Take a role in the space away."""
    node, viewer = this_node(), this_member()
    with node.db.write() as session:
        space = the_space(session, slug, "core.space.people")
        role = request.form.get("role", "")
        stewardship.take_role(session, node, viewer, space, person_id, role)
    told("Done.")
    own = person_id == viewer.id and not viewer.is_steward
    return redirect(url_for("core.space" if own else "core.space_people", slug=slug))
