"""One account as stewards see it: roles, pages, whether it is shut out and why, and its log."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ... import members
from ...auth import stewardship
from ...auth.stewardship import the_person
from ...errors import NotFound, Refused
from ...models import Space
from .. import queries
from ..page import permitted, this_member, this_node, told
from .admin_log import told_rows
from .base import blueprint


@blueprint.get("/admin/people/<int:person_id>")
@permitted("core.admin")
def admin_person(person_id: int) -> Any:
    """Show an account with its roles, and what was done to it."""
    with this_node().db.read() as session:
        person = the_person(session, person_id)
        roles = queries.roles_of(session, person_id)
        log = told_rows(queries.about_person(session, person_id))
        return render_template(
            "core/admin_person.html", person=person, roles=roles, log=log,
            has_left=members.has_left(person), blocked_why=_blocked_why(log),
            is_steward=any(row.id is None and row.role == "steward" for row in roles),
        )  # fmt: skip


def _blocked_why(log: list[dict[str, Any]]) -> str:
    """Return the reason of the last time that the account was shut out."""
    found = next((row for row in log if row["action"] == "person.blocked"), None)
    return str(found["reason"]) if found else ""


@blueprint.post("/admin/people/<int:person_id>/roles")
@permitted("core.admin")
def give_space_role(person_id: int) -> Response:
    """Let a person run a page; only who has shown to read the mail of their address."""
    node, slug = this_node(), request.form.get("space", "").strip()[:200]
    with node.db.write() as session:
        person, space = the_person(session, person_id), _space_named(session, slug)
        stewardship.give_role(session, node, this_member(), space, person.email)
        name, title = person.name, space.name
    told("%(name)s can run %(title)s now.", name=name, title=title)
    return redirect(url_for("core.admin_person", person_id=person_id))


def _space_named(session: Any, text: str) -> Space:
    """Return the space of this address or this very name."""
    found = members.find_space(session, text.rpartition("/")[2])
    found = found or queries.space_by_name(session, text)
    if found is None or found.kind == "node":
        raise NotFound("There is no page with this name. Please write it as it stands on the page.")
    if found.kind not in stewardship.ROLE_OF_KIND:
        raise Refused("Nobody runs a page of this kind.")
    return found


@blueprint.post("/admin/people/<int:person_id>/roles/<int:space_id>/take")
@permitted("core.admin")
def take_space_role(person_id: int, space_id: int) -> Response:
    """Take a role in a page from a person."""
    node, role = this_node(), request.form.get("role", "")[:20]
    with node.db.write() as session:
        space = session.get(Space, space_id)
        if space is None:
            raise NotFound("There is no such page here, or it was closed.")
        stewardship.take_role(session, node, this_member(), space, person_id, role)
    told("Done.")
    return redirect(url_for("core.admin_person", person_id=person_id))
