"""Votes on paper: slips with codes to be cut, and the notice of a result to be hung up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Response, url_for

from .....core.language import when, won
from .....core.paper import Facts, Grid, Heading, Label, Labels, Listing, Paper, Paragraph, Sheet
from .....core.tables import Column, Table
from .....core.web import download, permitted, say, this_node, this_tongue, whole_url
from ...access import READ
from ...pages import blueprint
from .. import queries
from ..models import Vote
from ..rules import SHARES, codes
from .parts import zone
from .public import rules_of

_LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)
_SLIPS = Grid(columns=2, rows=5, height=54.0, top=13.0)


def slips(found: Vote, made: Sequence[str]) -> Response:
    """Return the codes as slips to be cut; the QR code holds the code after "#", where no browser
    sends it."""
    address = whole_url(url_for("fund.enter_code"))
    lines = (
        found.title,
        say("Until %(at)s", at=said_at(found.closes_at)),
        say("Scan it, or type the code at %(address)s", address=address),
        say("It works once. Please show it to nobody."),
    )
    labels = tuple(
        Label(say("Voting code"), codes.shown_code(code), lines,
              this_node().settings.node.name, f"{address}#{code}")
        for code in made
    )  # fmt: skip
    return download(Labels(say("Voting codes"), labels, _SLIPS))


def said_at(instant: datetime) -> str:
    """Return an instant in words, with its year."""
    return when(instant, zone(), this_tongue().language, now=_LONG_AGO)


@blueprint.get("/fund/votes/<int:vote_id>/notice.pdf")
@permitted(READ)
def vote_notice(vote_id: int) -> Response:
    """Hand out the notice of a result, A4, to be hung up."""
    node = this_node()
    with node.db.read() as session:
        found = queries.vote_of(session, vote_id, drafts=False)
        counted_at = queries.counted_at(session, vote_id)
        told = queries.result_of(session, vote_id) or {}
        options, seed = queries.options(session, vote_id), queries.seed_of(session, vote_id)
    language = this_tongue().language
    facts = Facts(
        (
            (say("Vote"), found.title),
            (say("Held"), f"{said_at(found.opens_at)} – {said_at(found.closes_at)}"),
            (say("On the roll"), f"{told['roll']:,}"),
            (say("Have voted"), f"{told['voted']:,} ({_percent(told['voted'], told['roll'])})"),
            (say("Ballots in the urn"), f"{told['ballots']:,}"),
            (say("Needed to decide"), f"{told['needed']:,}"),
            (say("To give out"), won(found.budget, language)),
            (say("Counted on"), said_at(counted_at)),
        )
    )
    verdict = say("The vote has decided.") if told["decided"] else say("Nothing is decided.")
    blocks: list[Any] = [facts, Paragraph(verdict, "strong")]
    if "rules" in told:
        blocks += [
            Heading(say("Chosen")),
            _table(found, told, options, chosen=True),
            Heading(say("Not chosen")),
            _table(found, told, options, chosen=False),
        ]
    blocks += [Heading(say("The rules of this vote"))]
    blocks += [Paragraph(each) for each in rules_of(found)]
    address = whole_url(url_for("fund.vote", vote_id=vote_id))
    blocks += [
        Paragraph(say("Everything to count it again: %(address)s", address=address), "note"),
        Paragraph(
            say("Fingerprint of the seed: %(commitment)s", commitment=found.commitment), "note"
        ),
        Paragraph(say("The seed: %(seed)s", seed=seed), "note"),
    ]  # fmt: skip
    title = say("Notice of the result of a vote")
    sheet = Sheet(title, tuple(blocks), over=node.settings.node.name)
    return download(Paper(f"{title} {found.title}", (sheet,), footer=node.settings.node.name))


def _table(found: Vote, told: Any, options: Any, *, chosen: bool) -> Listing:
    places = told["rules"][found.rule]["projects"]
    rows = sorted(
        (each for each in options if bool(places[str(each.number)]["place"]) is chosen),
        key=lambda each: (places[str(each.number)]["place"], -places[str(each.number)]["votes"],
                          each.number),
    )  # fmt: skip
    tongue = this_tongue()
    columns = (
        Column(tongue.pgettext("ballot", "Project")),
        Column(tongue.pgettext("ballot", "Votes"), "whole"),
        Column(say("Cost"), "won"),
    )
    cells = [(each.title, places[str(each.number)]["votes"], each.cost) for each in rows]
    rule = say("By equal shares") if found.rule == SHARES else say("By votes")
    return Listing(Table(rule, columns, cells))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"
