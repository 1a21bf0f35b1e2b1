"""The auditor's pages: all postings with who booked them, and what the auditor says of them."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.errors import Forbidden, WizzleError
from .....core.web import Form, asked_number, paged, permitted, this_member, this_node, told
from ...access import AUDIT, AUDITOR, GIVE_OPINION
from ...pages import blueprint
from .. import actions, queries
from ..queries.audit import SIZE
from ..schemas import OpinionForm
from .shown import period_url


@blueprint.get("/fund/audit")
@permitted(AUDIT)
def audit() -> str:
    """Show all postings, what does not hold, and what was decided by exception."""
    bare = request.args.get("only") == "bare"
    with this_node().db.read() as session:
        found = queries.audit.postings(session, bare=bare, before=asked_number())
        check = queries.periods.last_check(session)
        done = queries.audit.done(session) if asked_number() is None else ()
        session.expunge_all()
    last = found[:SIZE][-1].row.id if found else None
    return render_template(
        "fund/reports/audit.html", page=paged(found, SIZE, str(last)), bare=bare, check=check,
        done=done, is_auditor=_is_auditor(),
    )  # fmt: skip


def _is_auditor() -> bool:
    return (None, AUDITOR) in this_member().roles


@blueprint.post("/fund/audit/check")
@permitted(AUDIT)
def ask_for_check() -> Response:
    """Ask for a recount of the whole ledger."""
    node = this_node()
    with node.db.write() as session:
        actions.ask_for_check(node, session)
    told("All books are being counted again. Please look here in a moment.")
    return redirect(url_for("fund.audit"))


@blueprint.route("/fund/audit/opinions/<int:period>", methods=["GET", "POST"])
@permitted(GIVE_OPINION)
def opinion(period: int) -> Any:
    """Publish what the auditor says of a month or a year."""
    if not _is_auditor():
        raise Forbidden("Only the auditor says what an audit found.")
    node = this_node()
    with node.db.read() as session:
        found = queries.periods.the_period(node, session, period)
        session.expunge_all()
    form = Form(OpinionForm(), {"idempotency_key": node.random.token(12)})
    if form.submitted():
        key = form.data["idempotency_key"] or node.random.token(12)
        try:
            with node.db.write() as session:
                actions.say(
                    node, session, period, form.data["text"], key=f"{this_member().id}:{key}",
                    actor_id=this_member().id,
                )  # fmt: skip
            told("It is published with the report.")
            return redirect(period_url(period))
        except WizzleError as error:
            form.failed(error)
    return render_template("fund/reports/opinion.html", found=found, form=form), form.status
