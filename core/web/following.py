"""What pages know of the things that they show: whether the viewer follows them, and what else a
member can do with them."""

from __future__ import annotations

from collections.abc import Sequence

from .. import follows
from ..answers import Way
from .page import this_node, this_viewer


def is_followed(subject: str) -> bool | None:
    """Say whether the viewer follows this, None for a stranger; asks the database, so not to be
    called for each row of a list."""
    viewer = this_viewer()
    if viewer is None:
        return None
    with this_node().db.read() as session:
        return bool(follows.following(session, viewer.id, [subject]))


def ways_of(subject: str) -> Sequence[Way]:
    """Return what a member can do with this thing from its page; a stranger is offered nothing."""
    if this_viewer() is None:
        return ()
    node = this_node()
    return node.host.collect("ways", node=node, subject=subject)
