"""What pages know of following: whether the viewer follows what they show."""

from __future__ import annotations

from .. import follows
from .page import this_node, this_viewer


def is_followed(subject: str) -> bool | None:
    """Say whether the viewer follows this, None for a stranger; asks the database, so not to be
    called for each row of a list."""
    viewer = this_viewer()
    if viewer is None:
        return None
    with this_node().db.read() as session:
        return bool(follows.following(session, viewer.id, [subject]))
