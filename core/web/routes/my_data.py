"""Taking one's data along (Personal Information Protection Act articles 35 and 35-2)."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template

from ... import audit
from ..downloads import disposition
from ..my_data import archive
from ..page import permitted, say, this_member, this_node
from .base import blueprint


@blueprint.get("/me/data")
@permitted("core.me")
def my_data() -> Any:
    """Say what is in the archive, and offer it."""
    return render_template("core/my_data.html")


@blueprint.post("/me/data")
@permitted("core.me")
def take_data() -> Response:
    """Hand out all that is kept of whoever is logged in; that it was taken is written down."""
    node, viewer = this_node(), this_member()
    note = say(
        "What %(node)s keeps of you, one file for each heading: .json for programs, .csv for"
        " spreadsheets. Amounts are whole won, times are those of UTC.",
        node=node.settings.node.name,
    )
    with node.db.write() as session:
        now = node.clock.now()
        audit.record(
            session, "person.took_data", at=now, person_id=viewer.id, subject=("person", viewer.id)
        )
        content = archive(node, session, viewer.id, note + "\n")
    headers = {
        "Content-Type": "application/zip",
        "Content-Disposition": disposition(f"wizzle-{now:%Y-%m-%d}.zip"),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, headers=headers)
