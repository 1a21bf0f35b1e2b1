"""The picture of money that goes round, and how much of 1,000 won stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request

from .....core.tables import Column, Table
from .....core.web import download, permitted, say, this_node, this_tongue
from ...pages import blueprint
from ..queries import circulation as queries
from ..queries.circulation import Circulation
from ..rules.circulation import LEAST, Part
from ..rules.months import CLASSES, HUBS, ORGANISATIONS, Month
from ..rules.picture import WIDTH, drawn
from ..rules.provinces import ELSEWHERE, HERE, SAME_PROVINCE


def class_names() -> dict[str, str]:
    """Return what the classes of those who get money are called."""
    return {
        HERE: say("Shops and producers of the neighbourhood"),
        SAME_PROVINCE: say("Elsewhere in the province"),
        ELSEWHERE: say("Farther away"),
        HUBS: say("Work at the hubs, centre and local fund"),
        ORGANISATIONS: say("Organisations"),
    }


def month_name(name: str) -> str:
    """Say a month: "2026-11" is 2026년 11월."""
    year, month = name.split("-")
    return this_tongue().pgettext("month", "%(month)s/%(year)s", month=int(month), year=int(year))


@blueprint.get("/circulation")
@permitted("locality.circulation.read", alike=True)
def circulation() -> str:
    """Show the picture of one month, and how much stayed in each."""
    node = this_node()
    asked = request.args.get("month", "")
    with node.db.read() as session:
        found = queries.circulation(node, session, detailed=asked)
    month = next((each for each in found.months if each.name == asked), _best(found.months))
    names = class_names()
    return render_template(
        "locality/network/circulation.html", found=found, month=month, names=names,
        groups=_groups(month, names, found) if month else [], picture=_picture(month, names),
        width=WIDTH, points=_points(found.months), month_name=month_name, least=LEAST,
        words=_words,
    )  # fmt: skip


def _best(months: Sequence[Month]) -> Month | None:
    """Return the last month that has something to show."""
    return next((each for each in months if each.shown.total), months[0] if months else None)


def _words(part: Part, names: dict[str, str]) -> str:
    return " + ".join(names[key] for key in part.keys)


def _picture(month: Month | None, names: dict[str, str]) -> Any:
    if month is None or not month.shown.total:
        return None
    ordered = sorted(month.shown.parts, key=lambda part: CLASSES.index(part.keys[0]))
    return drawn([(_words(part, names), part.amount, part.keys[0]) for part in ordered])


def _groups(month: Month, names: dict[str, str], found: Circulation) -> list[dict[str, Any]]:
    """Return the classes with what is known of each seller in them, for the table."""
    return [
        {"name": _words(part, names), "amount": part.amount, "rows": _sellers(month, part, found)}
        for part in month.shown.parts
    ]


def _sellers(month: Month, part: Part, found: Circulation) -> list[dict[str, Any]]:
    shown = month.sellers.get(part.keys[0]) if len(part.keys) == 1 else None
    if shown is None:
        return []
    rows = [
        {"name": space.name, "slug": "" if space.closed_at else space.slug, "amount": each.amount}
        for each in shown.open
        if (space := found.names.get(each.keys[0])) is not None
    ]
    together = {key for each in shown.merged for key in each.keys}
    rest = part.amount - sum(each.amount for each in shown.open)
    if rest:
        text = this_tongue().ngettext(
            "%(num)s seller, not told apart", "%(num)s sellers, not told apart", len(together) or 1
        )
        rows.append({"name": text, "slug": "", "amount": rest})
    return rows


def _points(months: Sequence[Month]) -> list[tuple[str, int]]:
    return [(month_name(each.name), each.stays) for each in reversed(months)
            if each.stays is not None]  # fmt: skip


@blueprint.get('/circulation.<ending("csv", "xlsx", "ods"):ending>')
@permitted("locality.circulation.read")
def circulation_file(ending: str) -> Any:
    """Send the sums of all months as a table."""
    node = this_node()
    with node.db.read() as session:
        found = queries.circulation(node, session)
    names = class_names()
    rows = [
        (month_name(month.name), _words(part, names), part.amount)
        for month in reversed(found.months)
        for part in month.shown.parts
    ]
    columns = (Column(say("Month")), Column(say("Who got it")), Column(say("Amount"), "won"))
    return download(Table(say("Money that goes round"), columns, rows), ending)
