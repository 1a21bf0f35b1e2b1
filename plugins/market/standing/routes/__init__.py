"""Pages of standing orders: a resident's own, and the list for those who hand out."""

from .....core.answers import Rule
from . import desk, holidays, mine, new, one, weeks
from .desk import DESK
from .sections import on_my_page

RULES = (Rule(DESK, roles=frozenset({"activist"})),)

__all__ = ["RULES", "desk", "holidays", "mine", "new", "on_my_page", "one", "weeks"]
