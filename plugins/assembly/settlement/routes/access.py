"""Who may settle, and who may read which statement."""

from __future__ import annotations

from .....core.answers import Rule
from .....core.errors import NotFound
from .....core.web import can
from ...cycles.rules import ACTIVIST

SETTLE = "assembly.settle"
SETTLEMENT = "assembly.settlement.read"
STATEMENT = "assembly.statement.read"
OWN = "assembly.statement.own"

RULES = (
    Rule(SETTLE, roles=frozenset({ACTIVIST})),
    Rule(SETTLEMENT, roles=frozenset({ACTIVIST})),
    # Opens the page; whose statement it is decides ``OWN`` or ``SETTLEMENT`` in its space.
    Rule(STATEMENT, roles=frozenset({ACTIVIST, "owner"})),
    Rule(OWN, roles=frozenset({"owner"})),
)


def check_reader(hub_id: int, seller_id: int) -> None:
    """Hide a statement from everyone but its seller and those who settled it."""
    if not (can(OWN, seller_id) or can(SETTLEMENT, hub_id)):
        raise NotFound("There is no such statement.")
