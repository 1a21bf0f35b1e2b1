"""The pages of the paper."""

from .....core.answers import Rule
from .....core.values import STEWARD
from . import editing, reading

RULES = (
    Rule("locality.paper.read", everyone=True),
    Rule("locality.paper.edit", roles=frozenset({STEWARD})),
)

__all__ = ["RULES", "editing", "reading"]
