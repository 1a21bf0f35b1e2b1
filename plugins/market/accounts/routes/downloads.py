"""The lists of accounts and containers as spreadsheets."""

from __future__ import annotations

from typing import Any

from .....core.tables import MOST_ROWS, Column, Table
from .....core.web import download, permitted, say, this_node, this_tongue
from ...pages import blueprint
from .. import queries
from .payouts import ACCOUNTS
from .taking_back import BACK, own_hubs


@blueprint.get("/market/accounts.<ending:ending>")
@permitted(ACCOUNTS)
def download_accounts(ending: str) -> Any:
    """Write whose account does not stand at nothing."""
    head = this_tongue().pgettext
    columns = (Column(head("column", "Name")), Column(head("column", "Balance"), "won"))
    with this_node().db.read() as session:
        rows = queries.owing(session, limit=MOST_ROWS + 1)
        table = Table(say("All balances together"), columns, ((row.name, row.won) for row in rows))
        return download(table, ending)


@blueprint.get("/market/containers/people.<ending:ending>")
@permitted(BACK)
def download_containers(ending: str) -> Any:
    """Write who has which containers at home."""
    head = this_tongue().pgettext
    columns = (
        Column(head("column", "Name")),
        Column(head("column", "Container")),
        Column(head("column", "Number"), "whole"),
        Column(head("column", "Deposit"), "won"),
    )
    with this_node().db.read() as session:
        rows = queries.containers_out(session, host_ids=own_hubs(), limit=MOST_ROWS + 1)
        cells = ((row.person_name, row.name, int(row.number), int(row.amount)) for row in rows)
        return download(Table(say("Who has containers at home"), columns, cells), ending)
