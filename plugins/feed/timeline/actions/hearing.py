"""Hearing what is published: it stands in the timelines of those who follow it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Thing
from .....core.facts import ThingHidden, ThingPublished, ThingWithdrawn
from .....core.node import Node
from ...circles import actions as circles
from ...circles.queries import thing as circle_thing
from ...comments import actions as comments
from ...comments.queries import thing as comment_thing
from ...posts import actions as posts
from ...posts.actions import hide_item, sources_of, stream, unstream

OWN = "post:"
"""What this plugin publishes and put into the stream itself, also for fewer than everyone."""


def hear(session: Session, fact: ThingPublished) -> None:
    """Put what was published into the stream, by who published it and by its tags."""
    if not fact.subject.startswith(OWN):
        stream(session, fact, sources_of(fact))


def forget(session: Session, fact: ThingWithdrawn) -> None:
    """Take what is public no more out of the stream."""
    if not fact.subject.startswith(OWN):
        unstream(session, fact.subject)


def hide(session: Session, fact: ThingHidden) -> None:
    """Keep a thing out of timelines as long as stewards do not want it seen."""
    hide_item(session, fact.subject, hidden=fact.hidden)


def let_go(node: Node, session: Session, person_id: int) -> None:
    """Delete all that somebody who leaves wrote, said and kept, and take them out of circles."""
    comments.let_go(session, person_id)
    posts.destroy_all_of(node, session, person_id)
    posts.close(node, session, person_id)
    circles.let_go(session, person_id)


def thing(session: Session, subject: str) -> Thing | None:
    """Return what a subject names if it is one of these rooms' own."""
    kind, _, name = subject.partition(":")
    if kind in ("post", "tag"):
        return posts.thing(session, kind, name)
    if not (name.isascii() and name.isdecimal() and len(name) < 10):
        return None
    number = int(name)
    return circle_thing(session, kind, number) or comment_thing(session, kind, number)
