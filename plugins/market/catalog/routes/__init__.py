"""Pages of the goods: the catalogue for everyone, and a seller's own list."""

from .....core.answers import MenuItem, Rule
from . import downloads, editing, goods, shopping, today, words
from .sections import first_steps, on_home, on_my_page, on_space
from .today import on_today

RULES = (
    Rule("market.catalog.see", everyone=True),
    # A steward may do it too, but for setting prices: `actions.Hand` says whose hand it is.
    Rule("market.goods.manage", roles=frozenset({"owner"})),
)
MENU = (MenuItem("Market", "market.catalogue", icon="store", order=20),)

__all__ = [
    "MENU",
    "RULES",
    "downloads",
    "editing",
    "first_steps",
    "goods",
    "on_home",
    "on_my_page",
    "on_space",
    "on_today",
    "shopping",
    "today",
    "words",
]
