"""Pages of residents' accounts for those who run the node and its hubs."""

from .....core.answers import Rule
from .....core.values import STEWARD
from . import containers, downloads, payouts, taking_back
from .sections import on_my_page

_HUBS = frozenset({STEWARD, "activist"})
RULES = (
    Rule("market.accounts", roles=frozenset({STEWARD})),
    Rule("market.containers", roles=frozenset({STEWARD})),
    Rule("market.containers.back", roles=_HUBS),
    Rule("market.payouts", roles=_HUBS),
)

__all__ = ["RULES", "containers", "downloads", "on_my_page", "payouts", "taking_back"]
