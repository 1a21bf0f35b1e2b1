"""The fund's first page."""

from __future__ import annotations

from flask import render_template

from ....core.web import drawn, permitted, this_node
from ..access import READ
from ..ballots import routes as ballots
from ..books import queries as books
from ..books import routes as entries
from ..carrying import routes as carrying
from ..claims import routes as claims
from ..dues import routes as dues
from ..loans import routes as loans
from ..pages import blueprint
from ..pledges import routes as pledges
from ..programmes import routes as programmes
from ..proof import routes as proof
from ..reports import routes as reports

_TELL = (carrying, ballots, programmes, pledges, reports, claims, dues, loans)
"""Rooms that tell on this page what is going on in them."""

_WAYS = (carrying, reports, entries, programmes, ballots, pledges, claims, dues, loans, proof)
"""Rooms to which this page leads, in its order."""


@blueprint.get("/fund")
@permitted(READ, alike=True)
def page() -> str:
    """Show what the fund holds, what is going on, and where everything else stands."""
    node = this_node()
    with node.db.read() as session:
        held = books.balance(session)
        months = books.by_month(node, session)
        told = [section for room in _TELL for section in room.fund_sections(node, session)]
        sections = drawn(sorted(told, key=lambda section: section.order))
    return render_template(
        "fund/front/page.html",
        balance=held,
        months=entries.bars_of(months),
        rate_bp=node.settings.rates.centre_bp,
        sections=sections,
        ways=[way for room in _WAYS for way in room.SIGNPOSTS],
    )
