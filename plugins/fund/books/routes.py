"""Every entry of the fund, for everyone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, groupby

from flask import render_template

from ....core.language import won
from ....core.values import Message
from ....core.web import Signpost, asked_number, paged, permitted, this_node, this_tongue
from ..access import READ
from ..pages import blueprint
from . import queries
from .queries import Entry, Month

SIGNPOSTS = (
    Signpost("fund.entries", "list", Message("Every entry", {}),
             Message("Where each won came from, straight from the ledger.", {})),
)  # fmt: skip


@blueprint.get("/fund/entries")
@permitted(READ, alike=True)
def entries() -> str:
    """Show every entry of the fund with where it came from."""
    node, before = this_node(), asked_number()
    with node.db.read() as session:
        found = queries.entries(node, session, before=before)
    last = found[: queries.SIZE][-1].line.id if found else None
    listed = paged(found, queries.SIZE, str(last))
    return render_template(
        "fund/books/entries.html",
        page=listed,
        groups=[list(group) for _, group in groupby(listed.rows, key=_sale)],
    )


def bars_of(months: Sequence[Month]) -> list[tuple[str, int, str]]:
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
