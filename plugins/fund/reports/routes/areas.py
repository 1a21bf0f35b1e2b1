"""Areas: what money is set apart for, what stands in each, and why."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from .....core.errors import NotFound, WizzleError
from .....core.web import Form, asked_number, paged, permitted, this_member, this_node, told
from ...access import KEEP, READ
from ...books import queries as books
from ...earmarks import queries as earmarks
from ...earmarks.models import Earmark
from ...earmarks.rules import AREA, PROJECT, apart
from ...pages import blueprint
from .. import actions
from ..schemas import ApartForm, AreaForm, ReasonForm

SIZE = 30


@blueprint.get("/fund/areas")
@permitted(READ, alike=True)
def areas() -> str:
    """List the areas with what stands in each, and what is free."""
    after = asked_number() or 0
    with this_node().db.read() as session:
        found = earmarks.listed(session, AREA, after=after, limit=SIZE + 1)
        projects = earmarks.listed(session, PROJECT, limit=SIZE)
        free, total = earmarks.free(session), earmarks.total(session)
        session.expunge_all()
    last = found[:SIZE][-1].earmark.id if found else None
    return render_template(
        "fund/reports/areas.html", page=paged(found, SIZE, str(last)), free=free, total=total,
        projects=projects,
    )  # fmt: skip


@blueprint.get("/fund/areas/<int:area_id>")
@permitted(READ, alike=True)
def area(area_id: int) -> str:
    """Show an area: what for, what stands in it, and each of its entries."""
    node = this_node()
    with node.db.read() as session:
        found = _the_area(session, area_id)
        left = earmarks.left(session, [area_id])[area_id]
        rows = books.entries(node, session, before=asked_number(), code=apart(area_id))
        session.expunge_all()
    last = rows[: books.SIZE][-1].line.id if rows else None
    return render_template(
        "fund/reports/area.html", area=found, left=left, page=paged(rows, books.SIZE, str(last))
    )


def _the_area(session: Any, area_id: int) -> Earmark:
    found: Earmark | None = session.get(Earmark, area_id)
    if found is None or found.kind != AREA:
        raise NotFound("There is no such area.")
    return found


@blueprint.route("/fund/areas/new", methods=["GET", "POST"])
@permitted(KEEP)
def new_area() -> Any:
    """Make an area."""
    node = this_node()
    form = Form(AreaForm(), {"idempotency_key": node.random.token(12)})
    if form.submitted():
        typed = form.data
        try:
            with node.db.write() as session:
                made = actions.make_area(
                    node, session, name=typed["name"], purpose=typed["purpose"],
                    key=typed["idempotency_key"] or node.random.token(12),
                    actor_id=this_member().id,
                ).id  # fmt: skip
            return redirect(url_for("fund.area", area_id=made))
        except WizzleError as error:
            form.failed(error)
    return render_template("fund/reports/new_area.html", form=form), form.status


@blueprint.route("/fund/areas/<int:area_id>/apart", methods=["GET", "POST"])
@permitted(KEEP)
def set_apart(area_id: int) -> Any:
    """Set money apart for an area, or free some of it."""
    node = this_node()
    with node.db.read() as session:
        found = _the_area(session, area_id)
        left, free = earmarks.left(session, [area_id])[area_id], earmarks.free(session)
        session.expunge_all()
    form = Form(ApartForm(), {"way": "apart", "idempotency_key": node.random.token(12)})
    if form.submitted():
        typed = form.data
        try:
            with node.db.write() as session:
                actions.set_apart(
                    node, session, area_id, amount=typed["amount"], frees=typed["way"] == "free",
                    reason=typed["reason"], actor_id=this_member().id,
                    key=typed["idempotency_key"] or node.random.token(12),
                )  # fmt: skip
            told("It is done, and everyone can read the reason.")
            return redirect(url_for("fund.area", area_id=area_id))
        except WizzleError as error:
            form.failed(error)
    page = render_template("fund/reports/apart.html", area=found, left=left, free=free, form=form)
    return page, form.status


@blueprint.route("/fund/areas/<int:area_id>/end", methods=["GET", "POST"])
@permitted(KEEP)
def end_area(area_id: int) -> str | Response | tuple[str, int]:
    """End an area for good."""
    node = this_node()
    with node.db.read() as session:
        found = _the_area(session, area_id)
        left = earmarks.left(session, [area_id])[area_id]
        session.expunge_all()
    form = Form(ReasonForm())
    if form.submitted():
        try:
            with node.db.write() as session:
                actions.end_area(
                    node, session, area_id, reason=form.data["reason"], actor_id=this_member().id
                )
            told("The area has ended. What was left in it is free again.")
            return redirect(url_for("fund.area", area_id=area_id))
        except WizzleError as error:
            form.failed(error)
    return render_template(
        "fund/reports/end_area.html", area=found, left=left, form=form
    ), form.status
