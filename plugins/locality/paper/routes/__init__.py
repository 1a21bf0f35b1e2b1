"""The pages of the paper."""

from .....core.answers import MenuItem, Rule
from .....core.values import STEWARD
from . import editing, reading
from .reading import home_sections

RULES = (
    Rule("locality.paper.read", everyone=True),
    Rule("locality.paper.edit", roles=frozenset({STEWARD})),
)
MENU = (MenuItem("Weekly paper", "locality.paper", icon="news", order=64),)

__all__ = ["MENU", "RULES", "editing", "home_sections", "reading"]
