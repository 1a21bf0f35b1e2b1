"""The steward's list of accounts, and what is done to one: shut out, let in, make steward."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from ...auth import stewardship
from ...models import Person
from ...node import Node
from ...values import Viewer
from .. import queries
from ..page import permitted, this_member, this_node, told
from ..paging import asked_number, paged
from .base import blueprint

SIZE = 30
Step = Callable[[Session, Node, Viewer, int], Person]

STEPS: dict[str, tuple[Step, str]] = {
    "block": (stewardship.block, "%(name)s cannot log in any more."),
    "unblock": (stewardship.unblock, "%(name)s can log in again."),
    "make-steward": (stewardship.make_steward, "%(name)s is a steward now."),
    "unmake-steward": (stewardship.unmake_steward, "%(name)s is no longer a steward."),
}
"""What a steward can do to an account, and what is said afterwards."""


@blueprint.get("/admin/people")
@permitted("core.admin")
def admin_people() -> Any:
    """List the accounts, or those that contain what is looked for."""
    wanted = request.args.get("q", "").strip()[:100]
    asked = request.args.get("standing", "")
    standing = asked if asked in queries.STANDINGS else ""
    with this_node().db.read() as session:
        rows = queries.people(
            session, wanted, standing=standing, before=asked_number("before"), limit=SIZE + 1
        )
    page = paged(rows, SIZE, str(rows[:SIZE][-1].id) if rows else None, "before")
    return render_template("core/admin_people.html", page=page, wanted=wanted, standing=standing)


@blueprint.post("/admin/people/<int:person_id>/<any('block', 'unblock', 'make-steward', 'unmake-steward'):step>")  # fmt: skip  # noqa: E501
@permitted("core.admin")
def change_person(person_id: int, step: str) -> Any:
    """Do one of ``STEPS`` to an account."""
    node = this_node()
    act, sentence = STEPS[step]
    reason = request.form.get("reason", "").strip()[:300]
    with node.db.write() as session:
        if step == "block":
            name = stewardship.block(session, node, this_member(), person_id, reason=reason).name
        else:
            name = act(session, node, this_member(), person_id).name
    told(sentence, name=name)
    return redirect(url_for("core.admin_person", person_id=person_id))
