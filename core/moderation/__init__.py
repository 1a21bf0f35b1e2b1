"""Moderation: reports, deletion requests, measures that end by themselves, appeals."""

from . import actions, queries, rules
from .actions import ENDING, end_due, thing_of
from .queries import standing

__all__ = ["ENDING", "actions", "end_due", "queries", "rules", "standing", "thing_of"]
