"""Who looks at a page of hubs and rounds, and how a refusal is told there."""

from __future__ import annotations

from .....core.errors import Forbidden, Invalid, WizzleError
from .....core.values import Viewer
from .....core.web import this_viewer, told
from ..access import (
    MAKE_HUB,
    ORDER,
    OWN_SHEET,
    RULES,
    RUN,
    SEE,
    SHEET,
    Served,
    own_cycle,
    served_cycle,
    visible_cycle,
    zone,
)

__all__ = [
    "MAKE_HUB",
    "ORDER",
    "OWN_SHEET",
    "RULES",
    "RUN",
    "SEE",
    "SHEET",
    "Served",
    "me",
    "own_cycle",
    "served_cycle",
    "tell",
    "visible_cycle",
    "zone",
]


def me() -> Viewer:
    """Return the viewer of a page that only members see."""
    viewer = this_viewer()
    if viewer is None:
        raise Forbidden("Please log in first.")
    return viewer


def tell(error: WizzleError) -> None:
    """Show on the next page why something was not done; what one may not do at all stays 403."""
    if isinstance(error, Forbidden):
        raise error
    if not isinstance(error, Invalid):
        told(error.message.text, "problem", **error.message.values)
        return
    for messages in error.fields.values():
        for message in messages:
            told(message.text, "problem", **message.values)
