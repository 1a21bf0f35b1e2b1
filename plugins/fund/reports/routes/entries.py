"""One entry of the fund: from the sale that it came from to what it was for."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from .....core.errors import WizzleError
from .....core.web import Form, can, permitted, this_member, this_node, told
from ...access import KEEP, READ
from ...pages import blueprint
from .. import actions, queries
from ..rules import may_be_undone
from ..schemas import ReasonForm


@blueprint.get("/fund/entries/<int:entry_id>")
@permitted(READ, alike=True)
def entry(entry_id: int) -> str:
    """Show an entry of the fund with its whole way."""
    node = this_node()
    with node.db.read() as session:
        found = queries.entries.one(node, session, entry_id)
        session.expunge_all()
    undoes = may_be_undone(found.row.key) and not found.reversed_by and not found.reverses
    return render_template(
        "fund/reports/entry.html", found=found, row=found.row, undoes=undoes and can(KEEP)
    )


@blueprint.route("/fund/entries/<int:entry_id>/undo", methods=["GET", "POST"])
@permitted(KEEP)
def undo_entry(entry_id: int) -> Any:
    """Take back what was booked by hand, with a reason."""
    node = this_node()
    with node.db.read() as session:
        found = queries.entries.one(node, session, entry_id)
        session.expunge_all()
    form = Form(ReasonForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.undo(
                    node, session, entry_id, reason=form.data["reason"], actor_id=this_member().id
                )
            told("It is taken back. Both entries stay in the books.")
            return redirect(url_for("fund.entry", entry_id=entry_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template("fund/reports/undo.html", found=found, row=found.row, form=form)
    return page, form.status
