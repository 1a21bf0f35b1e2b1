"""What the directory adds to the page of a space, and to one's own."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.values import SpaceFace, Viewer
from .....core.web import can
from .. import queries
from .listing import EDIT


def space_sections(session: Session, space: SpaceFace) -> list[Section]:
    """Return what a space helps with and looks for, and where it stands on the map."""
    found, runs = queries.space_listing(session, space.id), can(EDIT, space.id)
    if found is None and not runs:
        return []
    needs = queries.needs_of(session, [found.id]).get(found.id, {}) if found else {}
    place = queries.position(found)
    says = found is not None and bool(found.words or needs or found.layer or place)
    if not says and not runs:
        return []
    context = {"space": space, "listing": found, "needs": needs, "place": place, "runs": runs}
    return [Section("locality/directory/space_section.html", context, order=30)]


def my_sections(session: Session, viewer: Viewer) -> list[Section]:
    """Return the way to one's own entry."""
    own = queries.own_listing(session, viewer.id)
    return [Section("locality/directory/my_section.html", {"own": own}, order=70)]
