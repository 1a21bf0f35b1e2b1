"""Plans and reports: written by those who run an organisation, read by everyone."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from .....core.errors import NotFound, WizzleError
from .....core.models import Space
from .....core.web import Form, permitted, this_member, this_node, told
from .....core.web.downloads import disposition
from ...pages import blueprint
from .. import actions, queries
from ..access import RUN, SEE, own_organisation, the_organisation, zone
from ..rules import MOST_PAPER, PLAN, REPORT
from ..schemas import ReportForm, chosen
from .brought import tell

KINDS = (PLAN, REPORT)


@blueprint.route("/board/organisations/<organisation>/reports/write", methods=["GET", "POST"])
@permitted(RUN)
def write_report(organisation: str) -> Any:
    """Write the plan or report of a year, or change the one that ``year`` and ``kind`` name."""
    node = this_node()
    with node.db.read() as session:
        space = own_organisation(session, organisation)
        row = _asked_for(session, space)
        slug, name, space_id = space.slug, space.name, space.id
    form = Form(ReportForm(), _initial(row))
    if form.submitted():
        try:
            said = {name: form.data[name] for name in _SAID}
            with node.db.write() as session:
                actions.write(
                    node, session, space_id, said, paper=_brought(),
                    drop_paper=form.data["drop_paper"], version=form.data["version"],
                    actor_id=this_member().id,
                )  # fmt: skip
            told("Saved.")
            where = {"year": said["year"], "which": said["kind"]}
            return redirect(url_for("board.report", organisation=slug, **where))
        except WizzleError as error:
            form.failed(error)
    page = render_template(
        "board/organisations/write_report.html", slug=slug, name=name, form=form, row=row
    )
    return page, form.status


_SAID = ("kind", "year", "text", "income", "expense", "reached")


def _asked_for(session: Session, space: Space) -> Any:
    year, kind = request.args.get("year", ""), request.args.get("kind", "")
    if not year.isdecimal() or len(year) > 4 or kind not in KINDS:
        return None
    try:
        return queries.report_page(session, space.id, int(year), kind)
    except NotFound:
        return None


def _initial(row: Any) -> dict[str, Any]:
    if row is not None:
        return chosen(ReportForm(), (*_SAID, "version"), row)
    this_year = this_node().clock.now().astimezone(zone()).year
    kind = request.args.get("kind", PLAN)
    return {"kind": kind if kind in KINDS else PLAN, "year": this_year - (kind == REPORT)}


def _brought() -> actions.Brought | None:
    sent = request.files.get("paper")
    if sent is None or not sent.filename:
        return None
    name = "".join(sign for sign in sent.filename if sign.isprintable())
    brought = actions.Brought(name, sent.stream.read(MOST_PAPER + 1))
    brought.check()
    return brought


@blueprint.get(
    '/board/organisations/<organisation>/reports/<int:year>/<any("plan", "report"):which>'
)
@permitted(SEE)
def report(organisation: str, year: int, which: str) -> str:
    """Show one plan or report."""
    with this_node().db.read() as session:
        space = the_organisation(session, organisation)
        row = queries.report_page(session, space.id, year, which)
        return render_template("board/organisations/report.html", space=space, row=row)


@blueprint.get(
    '/board/organisations/<organisation>/reports/<int:year>/<any("plan", "report"):which>.pdf'
)
@permitted(SEE)
def report_paper(organisation: str, year: int, which: str) -> Response:
    """Send the document of a plan or report: kept by the browser as a file, never shown inside
    this site, since it is what a stranger to the house has made."""
    with this_node().db.read() as session:
        space = the_organisation(session, organisation)
        row = queries.report_page(session, space.id, year, which)
        content = queries.paper_content(session, row.paper_id or 0)
        name = f"{space.name} {year} {which}.pdf"
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": disposition(name),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, headers=headers)


@blueprint.post("/board/organisations/<organisation>/reports/<int:report_id>/withdraw")
@permitted(RUN)
def withdraw_report(organisation: str, report_id: int) -> Any:
    """Take a plan or report off the page."""
    node = this_node()
    try:
        with node.db.write() as session:
            space = own_organisation(session, organisation)
            actions.withdraw(node, session, space.id, report_id, actor_id=this_member().id)
        told("It is off the page.")
    except WizzleError as error:
        tell(error)
    return redirect(url_for("core.space", slug=organisation))
