"""What the treasurer books by hand: money on the bank statement."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...access import KEEP
from ...earmarks.queries import listed
from ...earmarks.rules import AREA
from ...pages import blueprint
from .. import actions
from ..queries.periods import zone_of
from ..schemas import BookingForm


@blueprint.route("/fund/booking", methods=["GET", "POST"])
@permitted(KEEP)
def book() -> Any:
    """Book money that came to the fund's bank account."""
    node = this_node()
    with node.db.read() as session:
        areas = [(each.earmark.id, each.earmark.name) for each in listed(session, AREA, limit=100)]
    today = node.clock.now().astimezone(zone_of(node)).date()
    initial = {
        "kind": "donation", "day": today.isoformat(), "area": request.args.get("area", ""),
        "idempotency_key": node.random.token(12),
    }  # fmt: skip
    form = Form(BookingForm(), initial)
    if form.submitted():
        typed = form.data
        booking = actions.Booking(
            typed["kind"], typed["amount"], typed["day"], typed["text"], typed["area"],
            typed["idempotency_key"] or node.random.token(12),
        )  # fmt: skip
        try:
            with node.db.write() as session:
                actions.book(node, session, booking, actor_id=this_member().id)
            told("It is booked. Everyone can read it now.")
            return redirect(url_for("fund.entries"))
        except WizzleError as error:
            form.failed(error)
    page = render_template("fund/reports/book.html", form=form, areas=areas, today=today)
    return page, form.status
