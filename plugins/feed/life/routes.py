"""My life here: a month, a year looked back on, as paper and as a card. Each page is about who asks
for it; none takes anybody's name or number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from ....core import cards
from ....core.answers import Rule, Section
from ....core.cards import Card
from ....core.errors import Invalid, NotFound, WizzleError
from ....core.language import day as told_day
from ....core.paper import Facts, Heading, Listing, Paper, Paragraph, Sheet
from ....core.tables import Column, Table
from ....core.values import Message, Viewer
from ....core.web import Form, download, permitted, say, this_member, this_node, this_tongue
from ..pages import blueprint
from . import queries
from .rules import FIRST, LAST, Line, Month, Year, by_day, looked_back
from .schemas import MOST, CardForm

LIFE = "feed.life"
RULES = (Rule(LIFE, members=True),)


def zone() -> ZoneInfo:
    """Return the zone in which the node tells days."""
    return ZoneInfo(this_node().settings.node.time_zone)


def _today() -> datetime:
    return this_node().clock.now().astimezone(zone())


@blueprint.get("/me/life")
@permitted(LIFE)
def life() -> Any:
    """Show one's own month: what one took part in and will, and what one follows."""
    node, viewer, today = this_node(), this_member(), _today().date()
    month = Month.read(request.args.get("month", "")) or Month.of(today)
    with node.db.read() as session:
        since, until = month.begins(zone()), month.later(1).begins(zone())
        lines = queries.lines(node, session, viewer.id, since, until)
        followed = queries.followed(node, session, viewer.id)
    return render_template(
        "feed/life/month.html", month=month, days=by_day(lines), today=today, followed=followed,
        earlier=month.later(-1), later=month.later(1), years=_years(today.year),
    )  # fmt: skip


def _years(this_year: int) -> Sequence[int]:
    return (this_year, this_year - 1)


def _year_of(year: int) -> list[Line]:
    """Return one's own lines of a year; NotFound for years that nobody can look back on."""
    if not FIRST <= year < LAST:
        raise NotFound("There is no such year here.")
    node = this_node()
    with node.db.read() as session:
        since, until = (Month(each, 1).begins(zone()) for each in (year, year + 1))
        until = min(until, node.clock.now())  # what is still to come is not looked back on
        return queries.lines(node, session, this_member().id, since, until)


@blueprint.get("/me/life/<int:year>")
@permitted(LIFE)
def life_year(year: int) -> Any:
    """Look back on a year."""
    lines = _year_of(year)
    return render_template(
        "feed/life/year.html", year=year, found=looked_back(lines), lines=lines,
        ended=year < _today().year, months=_months(),
    )  # fmt: skip


def _months() -> list[str]:
    return [say("month %(number)s", number=number) for number in range(1, 13)]


@blueprint.get("/me/life/<int:year>.pdf")
@permitted(LIFE)
def life_paper(year: int) -> Response:
    """Hand the year over on paper."""
    lines, node = _year_of(year), this_node()
    found = looked_back(lines)
    columns = (Column(say("Day"), "day"), Column(say("What")), Column(say("Kind")),
               Column(say("Place")))  # fmt: skip
    title = _title(year)
    rows = [
        (line.day, _said(line.joined.title), _said(line.joined.kind), line.joined.place)
        for line in lines
    ]
    sheet = Sheet(
        title,
        (
            Facts(tuple(_facts(found))),
            Heading(say("What there was")),
            Listing(Table(title, columns, rows)),
            Paragraph(say("Nobody but you can see this on the site."), "note"),
        ),
        over=node.settings.node.name,
        aside=this_member().name,
    )
    return download(Paper(title, (sheet,), footer=node.settings.node.name))


def _title(year: int) -> str:
    return say("My %(year)s here", year=year)


def _said(words: str | Message) -> str:
    return words if isinstance(words, str) else this_tongue().say(words)


def _facts(found: Year) -> list[tuple[str, str]]:
    """Return the numbers of a year in words."""
    told = [(_said(each.kind), _times(each.times)) for each in found.numbers]
    told.append(
        (
            say("Days on which there was something"),
            this_tongue().pgettext("life", "%(num)s days", num=found.days),
        )
    )
    if found.hours:
        told.append(
            (
                say("Time that I gave"),
                this_tongue().pgettext("life", "%(num)s hours", num=found.hours),
            )
        )
    return told


def _times(number: int) -> str:
    return this_tongue().ngettext("%(num)s time", "%(num)s times", number)


@blueprint.route("/me/life/<int:year>/card", methods=["GET", "POST"])
@permitted(LIFE)
def life_card(year: int) -> Any:
    """Choose what stands on a card, and get the card; the node keeps neither."""
    found = looked_back(_year_of(year))
    if found.is_empty:
        return redirect(url_for("feed.life_year", year=year))
    offered, form = _offered(found), Form(CardForm())
    if form.submitted():
        try:
            return _card(year, offered, form.data["chosen"], named=form.data["named"])
        except WizzleError as error:
            form.failed(error)
    chosen = request.form.getlist("chosen")
    page = render_template(
        "feed/life/card.html", year=year, offered=offered, form=form, chosen=chosen, most=MOST
    )
    return page, form.status


def _offered(found: Year) -> dict[str, str]:
    """Return what can stand on a card, by the names of the boxes to tick."""
    numbers = {f"n{place}": f"{term} {words}" for place, (term, words) in enumerate(_facts(found))}
    moments = {
        f"m{place}": f"{_said(line.joined.title)} ({_day(line)})"
        for place, line in enumerate(found.moments)
    }
    return {**numbers, **moments}


def _day(line: Line) -> str:
    return told_day(line.day, zone(), this_tongue().language, now=this_node().clock.now())


def _card(year: int, offered: dict[str, str], chosen: Sequence[str], *, named: bool) -> Response:
    wanted = [words for name, words in offered.items() if name in chosen]
    if not 0 < len(wanted) <= MOST:
        wrong = Message("Please choose one to %(most)s things.", {"most": MOST})
        raise Invalid({"chosen": [wrong]})
    line = f"{this_member().name} · {_title(year)}" if named else _title(year)
    card = Card(this_node().settings.node.name, " · ".join(wanted), line)
    headers = {
        "Content-Disposition": f'attachment; filename="wizzle-{year}.png"',
        "Cache-Control": "private, no-store",
    }
    return Response(cards.drawn_once(card), content_type="image/png", headers=headers)


def my_sections(_session: Session, _viewer: Viewer) -> Sequence[Section]:
    """Return the way to one's own month."""
    return (Section("feed/life/my_section.html", {"year": _today().year}, order=12),)
