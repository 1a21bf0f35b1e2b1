"""Reports: by product, producer, hub, round, month or resident, on a page and as files."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from .....core.tables import Column, Table
from .....core.web import asked_number, download, paged, permitted, say, this_node
from ...cycles.routes.access import zone
from ...pages import blueprint
from .. import queries
from ..rules import By, ReportRow, added
from .access import REPORT
from .asked import Asked, asked

SIZE = 100

_LABELS = {
    By.PRODUCT: "Product",
    By.PRODUCER: "Producer",
    By.HUB: "Hub",
    By.CYCLE: "Round",
    By.MONTH: "Month",
    By.RESIDENT: "Resident",
}


@blueprint.get("/reports")
@blueprint.get('/reports.<ending("csv", "xlsx", "ods", "pdf"):ending>')
@permitted(REPORT)
def reports(ending: str = "") -> Any:
    """Show what was sold and who got what of it, less what was corrected."""
    wish = asked()
    with this_node().db.read() as session:
        rows = queries.report(session, wish.by, wish.scope, zone())
        if not ending:
            sellers, hubs = queries.sellers(session), queries.hubs(session)
    if ending:
        return download(_table(wish, rows), ending)
    first = asked_number() or 0
    return render_template(
        "assembly/reports/report.html",
        asked=wish,
        page=paged(rows[first : first + SIZE + 1], SIZE, str(first + SIZE)),
        sums=added(rows),
        head=say(_LABELS[wish.by]),
        desks=_tabs(wish),
        groups=_groups(wish),
        sellers=[(each.id, each.name) for each in sellers],
        hubs=[(each.id, each.name) for each in hubs],
    )


def _tabs(wish: Asked) -> list[dict[str, object]]:
    return [
        {"label": say(desk.label), "url": url_for("assembly.reports", of=desk.name),
         "current": desk.name == wish.desk.name}
        for desk in wish.desks
    ]  # fmt: skip


def _groups(wish: Asked) -> list[dict[str, object]]:
    return [
        {"label": say(_LABELS[by]), "current": by is wish.by,
         "url": url_for("assembly.reports", **wish.arguments(by=by.value))}
        for by in wish.desk.groups
    ]  # fmt: skip


def _table(wish: Asked, rows: list[ReportRow]) -> Table:
    columns = (
        Column(say(_LABELS[wish.by])), Column(say("Note")), Column(say("Lines"), "whole"),
        Column(say("Quantity"), "whole"), Column(say("Tax-exempt sales"), "won"),
        Column(say("Taxed sales"), "won"), Column(say("In all"), "won"),
        Column(say("The producer gets"), "won"), Column(say("Activist's share"), "won"),
        Column(say("Centre's share"), "won"), Column(say("Of it taken off later"), "won"),
    )  # fmt: skip
    name = f"{say('Report')} {say(_LABELS[wish.by])} {wish.start} {wish.until}"
    return Table(name, columns, [_cells(row) for row in rows])


def _cells(row: ReportRow) -> tuple[object, ...]:
    f = row.figures
    return (row.label, row.note, f.lines, f.quantity, f.exempt, f.taxed, f.paid, f.producer,
            f.activist, f.centre, -f.back)  # fmt: skip
