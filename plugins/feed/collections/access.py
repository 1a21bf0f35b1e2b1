"""Who may see and make collections."""

from __future__ import annotations

from flask import flash
from sqlalchemy.orm import Session

from ....core.answers import Rule
from ....core.errors import NotFound, WizzleError
from ....core.web import this_tongue, this_viewer
from . import actions, queries
from .queries import AnyRow
from .rules import EDITOR

SEE = "feed.collection.see"
MAKE = "feed.collection.make"
WEEKLY = "feed.collection.weekly"
CHOOSE = "feed.collection.choose"
RULES = (
    Rule(SEE, everyone=True),
    Rule(MAKE, members=True),
    Rule(WEEKLY, roles=frozenset({EDITOR})),
    Rule(CHOOSE, roles=frozenset({"steward"})),
)


def own_card(session: Session, collection_id: int) -> AnyRow:
    """Return a collection that the viewer makes; NotFound for all others."""
    found = queries.card(session, collection_id)
    if not actions.makes(session, this_viewer(), found):
        raise NotFound("There is no such collection.")
    return found


def refused(error: WizzleError) -> None:
    """Show on the next page why something could not be done."""
    flash(this_tongue().say(error.message), "problem")
