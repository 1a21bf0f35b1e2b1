"""The pages of the wire: being known elsewhere, following there, and what came from there."""

from __future__ import annotations

from .....core.answers import Rule
from . import elsewhere, presence, sections
from .access import KNOWN, READ
from .sections import my_sections

RULES = (Rule(READ, members=True), Rule(KNOWN, members=True))

__all__ = ["RULES", "elsewhere", "my_sections", "presence", "sections"]
