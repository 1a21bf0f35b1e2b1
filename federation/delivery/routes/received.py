"""What came in from other nodes: what was made of it, and another try for what failed."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from ....core.web import asked_number, paged, permitted, this_member, this_node, told
from ...pages import ID, blueprint
from ..actions import settling
from ..queries import letters as found
from .access import LETTERS
from .letters import SIZE, chosen, readable
from .words import KINDS, came_of, title_of


@blueprint.get("/admin/received")
@permitted(LETTERS)
def received() -> str:
    """List what came in, the newest first; by state and by node if that is asked for."""
    state, host = chosen(found.CAME)
    with this_node().db.read() as session:
        rows = found.came_in(
            session, state=state, host=host, before=asked_number("before"), limit=SIZE + 1
        )
        dead, failed = found.counts(session)
        page = paged(rows, SIZE, str(rows[:SIZE][-1].id) if rows else None, "before")
        return render_template(
            "federation/received.html", page=page, state=state, host=host, dead=dead,
            failed=failed, states=found.CAME, state_of=came_of, kinds=KINDS, title_of=title_of,
        )  # fmt: skip


@blueprint.get(f"/admin/received/<{ID}:arrived_id>")
@permitted(LETTERS)
def received_one(arrived_id: int) -> str:
    """Show something that came in."""
    with this_node().db.read() as session:
        row = found.document(session, arrived_id)
        return render_template(
            "federation/received_one.html", row=row, text=readable(row.body), state_of=came_of,
            kinds=KINDS, title_of=title_of,
        )  # fmt: skip


@blueprint.post(f"/admin/received/<{ID}:arrived_id>/again")
@permitted(LETTERS)
def received_again(arrived_id: int) -> Any:
    """Have something handled again that could not be."""
    node = this_node()
    with node.db.write() as session:
        settling.handle_again(node, session, arrived_id, person_id=this_member().id)
    told("It will be tried again in a moment.")
    return redirect(url_for("federation.received_one", arrived_id=arrived_id))
