"""The statement of a month between two nodes, on paper and as a table."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from .....core.language import when, won
from .....core.paper import Facts, Listing, Paper, Paragraph, Sheet
from .....core.tables import Column, Table
from .....core.web import say, this_node, this_tongue
from ..models import NettingStatement
from ..rules.statements import period


def _name(statement: NettingStatement) -> str:
    return f"{say('Monthly statement')} {statement.host} {statement.month}"


def is_whole(statement: NettingStatement) -> bool:
    """Say whether a statement reaches to the end of its month."""
    zone = ZoneInfo(this_node().settings.node.time_zone)
    return statement.ends_at >= period(statement.month, zone)[1]


def _reach(statement: NettingStatement) -> tuple[tuple[str, str], ...]:
    if is_whole(statement):
        return ()
    zone = ZoneInfo(this_node().settings.node.time_zone)
    return ((say("Booked until"), when(statement.ends_at, zone, this_tongue().language)),)


def statement_table(statement: NettingStatement) -> Table:
    """Return the events of a statement as a table: what this node owes the other one by each."""
    columns = (Column(say("Event")), Column(say("We owe"), "won"))
    rows = [(id_, amount) for id_, amount in statement.events]
    return Table(_name(statement), columns, rows)


def statement_paper(statement: NettingStatement) -> Paper:
    """Return a statement on paper."""
    language = this_tongue().language
    settings = this_node().settings
    states = {"sent": say("Sent"), "accepted": say("Agreed"), "rejected": say("Not agreed")}
    facts = Facts(
        (
            (say("Between"), f"{settings.node.name} – {statement.host}"),
            (say("Month"), statement.month),
            *_reach(statement),
            (say("Owed at the beginning"), won(statement.opening, language)),
            (say("Owed at the end"), won(statement.closing, language)),
            (say("State"), states[statement.state]),
            ("SHA-256", statement.digest),
        )
    )
    moved = statement.closing - statement.opening
    listing = Listing(statement_table(statement), (say("Together"), moved))
    note = Paragraph(
        say("Amounts are what this node owes the other one; below 0, what it is owed."), "note"
    )
    sheet = Sheet(say("Monthly statement"), (facts, listing, note), over=settings.node.name)
    return Paper(_name(statement), (sheet,))
