"""Who may do what with pages and circles, and who asks."""

from __future__ import annotations

from ....core.answers import Rule
from ....core.web import this_member, this_viewer

SEE = "feed.read"
MEET = "feed.meet"

RULES = (Rule(SEE, everyone=True), Rule(MEET, members=True))


def my_id() -> int:
    """Return the id of who is logged in."""
    return this_member().id


def viewer_id() -> int | None:
    """Return the id of who asks, None for a stranger."""
    viewer = this_viewer()
    return viewer.id if viewer else None
