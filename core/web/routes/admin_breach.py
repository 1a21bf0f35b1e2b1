"""The steward's room for a leak of personal data: the notice, its clock, and sending it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from ...errors import WizzleError
from ...rights import breach
from ...rights.breach import Notice
from ..forms import Form
from ..page import permitted, this_member, this_node, this_tongue, told
from ..schemas import BreachNotice
from .base import blueprint


@blueprint.route("/admin/breaches", methods=["GET", "POST"])
@permitted("core.admin")
def admin_breaches() -> Any:
    """List notices with their clocks, and take a new one."""
    node = this_node()
    form = Form(BreachNotice())
    if form.submitted():
        try:
            return _composed(form.data)
        except WizzleError as error:
            form.failed(error)
    with node.db.read() as session:
        page = render_template(
            "core/admin_breaches.html", form=form, notices=breach.every(session),
            within=breach.WITHIN, now=node.clock.now(),
        )  # fmt: skip
    return page, form.status


def _composed(typed: dict[str, Any]) -> Response:
    node = this_node()
    known: datetime = typed["known_at"].replace(tzinfo=ZoneInfo(node.settings.node.time_zone))
    chosen = tuple(typed["chosen"].replace(",", " ").split())
    notice = Notice(**{**typed, "known_at": known, "chosen": chosen})
    with node.db.write() as session:
        made = breach.compose(session, node, this_member(), notice)
    return redirect(url_for("core.admin_breach", breach_id=made.id))


@blueprint.get("/admin/breaches/<int:breach_id>")
@permitted("core.admin")
def admin_breach(breach_id: int) -> Any:
    """Show the notice as people read it, before and after it is sent."""
    node = this_node()
    with node.db.read() as session:
        found = breach.the_breach(session, breach_id)
        return render_template(
            "core/admin_breach.html", found=found, letter=breach.letter(node, this_tongue(), found),
            ends=found.known_at + breach.WITHIN, now=node.clock.now(),
        )  # fmt: skip


@blueprint.post("/admin/breaches/<int:breach_id>/send")
@permitted("core.admin")
def send_breach(breach_id: int) -> Any:
    """Have the people concerned told."""
    node = this_node()
    with node.db.write() as session:
        breach.send(session, node, this_member(), breach_id)
    told("The letters are on their way.")
    return redirect(url_for("core.admin_breach", breach_id=breach_id))
