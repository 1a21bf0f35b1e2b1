"""Months and years of the fund: on a page, on paper, and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from .....core.errors import NotFound
from .....core.language import won
from .....core.paper import Facts, Heading, Listing, Paper, Paragraph, Sheet
from .....core.tables import Column, Table
from .....core.web import asked_number, download, paged, permitted, say, this_node, this_tongue
from ...access import READ
from ...pages import blueprint
from .. import queries
from ..queries.periods import Period
from ..rules import Month
from .shown import kind_in_words, kind_of_place, month_in_words, place_in_words, spent_in_words

SIZE = 24


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a part of the books: what, of which kind, how much, and where more stands."""

    label: str
    note: str
    amount: int
    area_id: int = 0


@blueprint.get("/fund/months")
@permitted(READ, alike=True)
def months() -> str:
    """List the months of the fund, the newest first, each with what stood at its end."""
    node, before = this_node(), asked_number()
    with node.db.read() as session:
        now = queries.periods.this_month(node)
        found = queries.periods.all_months(session)
    if not found or found[-1].month < now:
        found.append(Month(now, 0, 0, found[-1].end if found else 0))
    years = sorted({each.month // 100 for each in found}, reverse=True)
    rows = [each for each in reversed(found) if before is None or each.month < before]
    last = rows[:SIZE][-1].month if rows else None
    return render_template(
        "fund/reports/months.html", page=paged(rows[: SIZE + 1], SIZE, str(last)), now=now,
        years=years,
    )  # fmt: skip


@blueprint.get("/fund/months/<int:year>-<int:month>")
@blueprint.get('/fund/months/<int:year>-<int:month>.<ending("pdf", "csv"):ending>')
@permitted(READ, alike=True)
def month(year: int, month: int, ending: str = "") -> Any:
    """Show a month of the fund."""
    if not (1000 <= year <= 9999 and 1 <= month <= 12):
        raise NotFound("There are no books of this time.")
    return _shown(year * 100 + month, ending)


@blueprint.get("/fund/years/<int:year>")
@blueprint.get('/fund/years/<int:year>.<ending("pdf", "csv"):ending>')
@permitted(READ, alike=True)
def year(year: int, ending: str = "") -> Any:
    """Show a year of the fund."""
    if not 1000 <= year <= 9999:
        raise NotFound("There are no books of this time.")
    return _shown(year, ending)


def _shown(period: int, ending: str) -> str | Response:
    node = this_node()
    with node.db.read() as session:
        found = queries.periods.the_period(node, session, period)
        session.expunge_all()
        now = queries.periods.this_month(node)
    if ending == "csv":
        return download(_table(found), "csv")
    if ending:
        return download(_paper(found, now))
    return render_template(
        "fund/reports/period.html", found=found, report=found.report, now=now,
        running=period in (now, now // 100), came=came(found), went=went(found),
        apart=apart(found), stands=stands(found), shown_bars=_bars,
    )  # fmt: skip


def came(found: Period) -> list[Row]:
    """Return what came in, by kind."""
    return [Row(kind_in_words(kind), "", amount) for kind, amount in found.report.came]


def went(found: Period) -> list[Row]:
    """Return what went out, by what it was for."""
    return _rows(found, found.report.went, spent_in_words)


def apart(found: Period) -> list[Row]:
    """Return what was set apart, or freed again (below 0)."""
    return _rows(found, found.report.apart, place_in_words)


def stands(found: Period) -> list[Row]:
    """Return what stands in each part of the fund at the end."""
    return _rows(found, found.report.stands, place_in_words)


def _rows(found: Period, amounts: Any, words: Any) -> list[Row]:
    named = found.earmarks
    return [
        Row(words(place, named), kind_of_place(place, named), amount,
            place if place in named and named[place].kind == "area" else 0)
        for place, amount in amounts
    ]  # fmt: skip


def _bars(rows: list[Row]) -> list[tuple[str, int, str]]:
    language = this_tongue().language
    return [(row.label, max(0, row.amount), won(row.amount, language)) for row in rows]


def _parts(found: Period) -> list[tuple[str, list[Row], int | None]]:
    """Return the parts of the books: heading, lines, and their sum."""
    report = found.report
    return [
        (say("What came in"), came(found), report.came_in),
        (say("What went out"), went(found), report.went_out),
        (say("What was set apart"), apart(found), None),
        (say("What stands at the end"), stands(found), report.end),
    ]


def _title(found: Period) -> str:
    return say("The village's purse in %(period)s", period=month_in_words(found.period))


def _table(found: Period) -> Table:
    columns = (
        Column(say("Part")), Column(say("What")), Column(say("Note")), Column(say("Amount"), "won")
    )  # fmt: skip
    cells: list[tuple[object, ...]] = [
        (say("What stood at the beginning"), "", "", found.report.begin)
    ]
    for heading, rows, total in _parts(found):
        cells += [(heading, row.label, row.note, row.amount) for row in rows]
        if total is not None:
            cells.append((heading, say("In all"), "", total))
    return Table(_title(found), columns, cells)


def _paper(found: Period, now: int) -> Paper:
    node, language, report = this_node(), this_tongue().language, found.report
    facts = Facts((
        (say("What stood at the beginning"), won(report.begin, language)),
        (say("What came in"), won(report.came_in, language)),
        (say("What went out"), won(report.went_out, language)),
        (say("What stands at the end"), won(report.end, language)),
    ))  # fmt: skip
    blocks: list[Any] = [facts]
    if found.period in (now, now // 100):
        blocks.append(Paragraph(say("This time is still running: the numbers grow."), "note"))
    columns = (Column(say("What")), Column(say("Note")), Column(say("Amount"), "won"))
    for heading, rows, total in _parts(found):
        blocks.append(Heading(heading))
        if not rows:
            blocks.append(Paragraph(say("Nothing."), "note"))
            continue
        cells = [(row.label, row.note, row.amount) for row in rows]
        totals = () if total is None else (say("In all"), None, total)
        blocks.append(Listing(Table(heading, columns, cells), totals))
    if found.opinions:
        said = found.opinions[0]
        blocks += [Heading(say("What the auditor says")), Paragraph(said.text),
                   Paragraph(said.name, "note")]  # fmt: skip
    blocks.append(Paragraph(say("Read straight from the ledger. Anyone can recount it."), "note"))
    title = _title(found)
    return Paper(title, (Sheet(title, tuple(blocks), over=node.settings.node.name),),
                 footer=node.settings.node.name)  # fmt: skip
