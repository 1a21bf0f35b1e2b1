"""Who may do what with campaigns."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from ....core.answers import Rule
from ....core.web import this_node

SEE, RUN, SIGN, BRING = (
    "board.campaign.see", "board.campaign.run", "board.campaign.sign", "board.campaign.bring",
)  # fmt: skip
RULES = (
    Rule(SEE, everyone=True),
    Rule(RUN, roles=frozenset({"owner", "activist"})),
    Rule(SIGN, everyone=True),
    Rule(BRING, members=True),
)


def zone() -> ZoneInfo:
    """Return the node's time zone."""
    return ZoneInfo(this_node().settings.node.time_zone)


def today() -> date:
    """Return today in the node's time zone."""
    return this_node().clock.now().astimezone(zone()).date()
