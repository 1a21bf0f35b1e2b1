"""A resident's standing orders, with their holidays."""

from __future__ import annotations

from typing import Any

from flask import render_template
from marshmallow import Schema
from sqlalchemy.orm import Session

from .....core.web import Form, permitted, this_member, this_node
from ...orders.access import ORDER
from ...pages import blueprint
from .. import queries
from .words import Shown, shown, why


@blueprint.get("/standing")
@permitted(ORDER)
def my_standing() -> Any:
    """List one's standing orders, what comes next of each, and one's holidays."""
    return page_of_mine(Form(Schema()))


def page_of_mine(form: Form) -> Any:
    """Draw the list; ``form`` is the one for holidays, as it was typed."""
    node, person = this_node(), this_member()
    day = queries.today(node)
    with node.db.look() as session:
        holidays = queries.holidays_of(session, person.id, day)
        orders = shown_of(session, queries.standing_of(session, person.id))
    page = render_template(
        "market/standing/mine.html",
        orders=orders,
        holidays=holidays,
        form=form,
        today=day,
        why=why,
    )
    return page, form.status


def shown_of(session: Session, rows: Any) -> list[Shown]:
    """Return these standing orders of the viewer as the pages draw them."""
    node, ids = this_node(), [row.id for row in rows]
    day = queries.today(node)
    changes = queries.changes_of(session, ids, day)
    runs = queries.runs_of(session, ids, day)
    holidays = queries.holidays_of(session, this_member().id, day) if ids else []
    return [
        shown(row, changes.get(row.id, {}), runs.get(row.id, []), holidays, day) for row in rows
    ]
