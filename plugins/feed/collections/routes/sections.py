"""What collections add to pages of others: home, a page of a space, one's own page."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session

from .....core import search
from .....core.answers import Section, Way
from .....core.node import Node
from .....core.values import Message, SpaceFace, Viewer
from .. import queries
from ..rules import parts

FEW = 4


def home_sections(session: Session) -> Sequence[Section]:
    """Return the selection of the week, and what stewards show on the home page."""
    rows = queries.home_cards(session)
    if not rows:
        return ()
    title = Message("Collections", {})
    return (Section("feed/collections/home.html", {"rows": rows}, order=45, title=title),)


def space_sections(session: Session, space: SpaceFace) -> Sequence[Section]:
    """Return the collections in which a page stands."""
    rows = queries.listing_cards(session, f"space:{space.id}", FEW)
    if not rows:
        return ()
    return (Section("feed/collections/space.html", {"rows": rows, "space": space}, order=70),)


def my_sections(session: Session, viewer: Viewer) -> Sequence[Section]:
    """Return one's own collections, and what one is asked to make with others."""
    rows = queries.own_cards(session, viewer.id)
    asked = queries.invitations(session, viewer.id)
    context = {"rows": rows[:FEW], "asked": asked}
    return (Section("feed/collections/my_section.html", context, order=60),)


def ways(node: Node, subject: str) -> Sequence[Way]:
    """Return the way to put a thing into a collection, from its page."""
    found = parts(subject)
    if found is None or search.source_of(node, found[0]) is None:
        return ()
    return (
        Way(Message("Add to a collection", {}), url_for("feed.collect", subject=subject), "plus"),
    )
