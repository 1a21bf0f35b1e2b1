"""Rounds for programs: open to everyone as they are on their pages, and the desk of a hub."""

from .....core.answers import Scope
from .....core.web.api import mark
from . import hub, rounds
from .kinds import KINDS

SCOPES = (Scope("rounds:manage", mark("See the orders of my hub's rounds and hand them over")),)

__all__ = ["KINDS", "SCOPES", "hub", "rounds"]
