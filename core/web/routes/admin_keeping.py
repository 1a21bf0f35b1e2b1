"""The steward's rooms for what is kept: how long by which law, what was destroyed, and who those
were that have left."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template

from ...errors import WizzleError
from ...rights import apart, retention
from ...rights.keepings import keepings
from ..downloads import disposition
from ..forms import Form
from ..my_data import archive
from ..page import permitted, say, this_member, this_node
from ..paging import asked_number, paged
from ..schemas import LookUp, TakeOut
from .base import blueprint

SIZE = 50


@blueprint.get("/admin/retention")
@permitted("core.admin")
def admin_retention() -> Any:
    """Show what is kept how long, and what was destroyed."""
    node = this_node()
    with node.db.read() as session:
        rows = retention.destroyed(session, before=asked_number("before"), limit=SIZE + 1)
        last = str(rows[:SIZE][-1].id) if rows else None
        known = dict(keepings(node))
        return render_template(
            "core/admin_retention.html", keepings=known.values(), known=known,
            page=paged(rows, SIZE, last, "before"),
        )  # fmt: skip


@blueprint.route("/admin/kept", methods=["GET", "POST"])
@permitted("core.admin")
def admin_kept() -> Any:
    """Look somebody up that has left; only for a reason, which goes into the log."""
    node = this_node()
    form = Form(LookUp())
    found = None
    if form.submitted():
        try:
            with node.db.write() as session:
                found = apart.look_up(session, node, this_member(), **form.data)
        except WizzleError as error:
            form.failed(error)
    return render_template("core/admin_kept.html", form=form, found=found), form.status


@blueprint.post("/admin/kept/<int:person_id>")
@permitted("core.admin")
def take_out_kept(person_id: int) -> Any:
    """Hand out what remains of somebody that has left, as they could have taken it along."""
    node = this_node()
    form = Form(TakeOut())
    if not form.submitted():
        return render_template("core/admin_kept.html", form=form, found=None), 422
    note = say("What remains of somebody who has left. Kept because a law wants it; nothing else.")
    with node.db.write() as session:
        apart.take_out(session, node, this_member(), person_id, reason=form.data["reason"])
        content = archive(node, session, person_id, note + "\n")
    headers = {
        "Content-Type": "application/zip",
        "Content-Disposition": disposition(f"wizzle-kept-{person_id}.zip"),
        "Cache-Control": "private, no-store",
    }
    return Response(content, headers=headers)
