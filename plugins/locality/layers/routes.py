"""The three layers of social power: what goes on in each, with the method and the numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import render_template

from ....core.answers import Rule
from ....core.periods import Periods
from ....core.tables import Column, Table
from ....core.web import download, permitted, say, this_node, this_tongue
from ..directory.routes.words import LAYER_HINTS, LAYERS
from ..pages import blueprint
from . import queries
from .rules import MEASURES

SEE = "locality.layers.see"
RULES = (Rule(SEE, everyone=True),)


@blueprint.get("/layers")
@permitted(SEE, alike=True)
def layers() -> Any:
    """Draw how much goes on in each layer, month by month."""
    node = this_node()
    periods = queries.periods_of(node)
    with node.db.read() as session:
        spaces = queries.spaces(session)
        found = queries.activity(node, session, periods)
    return render_template(
        "locality/layers/layers.html", activities=found, spaces=spaces, months=_names(periods),
        measures=MEASURES, hints=LAYER_HINTS,
    )  # fmt: skip


@blueprint.get("/layers.<ending('csv', 'xlsx', 'ods'):ending>")
@permitted(SEE)
def layers_file(ending: str) -> Any:
    """Write the same numbers into one table: a row a layer and month."""
    node = this_node()
    periods = queries.periods_of(node)
    with node.db.read() as session:
        found = queries.activity(node, session, periods)
    tongue = this_tongue()
    columns = (
        Column(say("Layer")), Column(say("Month from"), "day"),
        *(Column(tongue.say(each), "whole") for each in MEASURES.values()),
    )  # fmt: skip
    rows = [
        (tongue.say(LAYERS[each.layer]), periods.bounds[place],
         *(each.counts[measure][place] for measure in MEASURES))
        for each in found for place in range(len(periods))
    ]  # fmt: skip
    return download(Table(say("The three layers"), columns, rows), ending)


def _names(periods: Periods) -> list[str]:
    return [_name(each) for each in periods.bounds[:-1]]


def _name(begins: datetime) -> str:
    return f"{begins.year}/{begins.month}"
