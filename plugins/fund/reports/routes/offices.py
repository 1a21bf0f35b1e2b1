"""The fund's offices: who holds them, and, for the steward, giving and taking them."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from .....core.errors import WizzleError
from .....core.web import Form, permitted, this_member, this_node, told
from ...access import APPOINT, OFFICES, READ
from ...pages import blueprint
from .. import actions, queries
from ..schemas import OfficeForm, TakeForm


@blueprint.get("/fund/offices")
@permitted(READ, alike=True)
def offices() -> str:
    """Show who holds which office."""
    with this_node().db.read() as session:
        held = queries.offices.holders(session)
    by_office = [(office, [one for one in held if one.office == office]) for office in OFFICES]
    return render_template("fund/reports/offices.html", offices=by_office)


@blueprint.route("/fund/offices/new", methods=["GET", "POST"])
@permitted(APPOINT)
def new_office() -> Any:
    """Give an office to a member."""
    node = this_node()
    form = Form(OfficeForm(), {"office": OFFICES[0]})
    if form.submitted():
        typed = form.data
        try:
            with node.db.write() as session:
                actions.give(
                    node, session, typed["office"], typed["email"], actor_id=this_member().id
                )
            told("It is done. Their name stands here for everyone now.")
            return redirect(url_for("fund.offices"))
        except WizzleError as error:
            form.failed(error)
    return render_template("fund/reports/new_office.html", form=form), form.status


@blueprint.post("/fund/offices/take")
@permitted(APPOINT)
def take_office() -> Response:
    """Take an office from somebody."""
    node = this_node()
    form = Form(TakeForm())
    if form.submitted():
        with node.db.write() as session:
            actions.take(
                node, session, form.data["office"], form.data["person_id"],
                actor_id=this_member().id,
            )  # fmt: skip
    return redirect(url_for("fund.offices"))
