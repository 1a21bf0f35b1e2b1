"""The fund's public page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, groupby

from flask import render_template

from ....core.language import won
from ....core.web import asked_number, paged, permitted, this_node, this_tongue
from ..pages import blueprint
from . import queries
from .queries import Entry, Month


@blueprint.get("/fund")
@permitted("fund.read", alike=True)
def page() -> str:
    """Show what the fund holds and every entry with where it came from."""
    node, before = this_node(), asked_number()
    with node.db.read() as session:
        held = queries.balance(session)
        found = queries.entries(node, session, before=before)
        months = queries.by_month(node, session) if before is None else []
    last = found[: queries.SIZE][-1].line.id if found else None
    listed = paged(found, queries.SIZE, str(last))
    return render_template(
        "fund/books/page.html",
        balance=held,
        months=_bars(months),
        rate_bp=node.settings.rates.centre_bp,
        page=listed,
        groups=[list(group) for _, group in groupby(listed.rows, key=_sale)],
    )


def _bars(months: Sequence[Month]) -> list[tuple[str, int, str]]:
    """Return the months with their amounts in words, from the first in which something came."""
    tongue = this_tongue()
    since = dropwhile(lambda month: not month.amount, reversed(months))
    return [
        (
            tongue.pgettext(
                "month", "%(month)s/%(year)s", month=month.start.month, year=month.start.year
            ),
            max(0, month.amount),
            won(month.amount, tongue.language),
        )
        for month in since
    ]


def _sale(entry: Entry) -> tuple[object, ...]:
    """Return what the entries that stand under one heading share."""
    if entry.source is None:
        return (entry.line.id,)
    return (entry.line.subject, entry.line.at.date())
