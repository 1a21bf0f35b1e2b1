"""Things that can be reported: pages of the core by itself, all others by the plugins' hooks."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...answers import Thing
from ...errors import NotFound
from ...facts import ThingHidden
from ...models import Grant, Space
from ...node import Node
from ...values import SPACE_WORDS

_SUBJECT = re.compile(r"[a-z_]{1,30}:[0-9]{1,9}")


def thing_of(node: Node, session: Session, subject: str) -> Thing | None:
    """Return what a subject names, None if there is no such thing or its plugin is off."""
    if not _SUBJECT.fullmatch(subject):
        return None
    kind, _, number = subject.partition(":")
    if kind == "space":
        return _space(session, int(number))
    found: Thing | None = node.hooks.thing(node=node, session=session, subject=subject)
    return found


def the_thing(node: Node, session: Session, subject: str) -> Thing:
    """Return what a subject names; ``NotFound`` if there is no such thing."""
    found = thing_of(node, session, subject)
    if found is None:
        raise NotFound("There is no such thing here any more.")
    return found


def _space(session: Session, space_id: int) -> Thing | None:
    space = session.get(Space, space_id)
    if space is None or space.kind == "node":
        return None
    people = session.scalars(select(Grant.person_id).where(Grant.space_id == space_id))
    return Thing(
        f"space:{space_id}", SPACE_WORDS[space.kind], space.name,
        f"/spaces/{space.slug}", frozenset(people), can_follow=space.closed_at is None,
    )  # fmt: skip


def show(node: Node, session: Session, subject: str, *, hidden: bool) -> None:
    """Keep a thing from being seen, or let it be seen again."""
    kind, _, number = subject.partition(":")
    if kind == "space":
        _show_space(node, session, int(number), hidden=hidden)
    fact = ThingHidden(subject, hidden)
    node.hooks.thing_hidden(node=node, session=session, fact=fact)


def _show_space(node: Node, session: Session, space_id: int, *, hidden: bool) -> None:
    """A hidden page is closed; when it is shown again it is open unless it was closed before."""
    space = session.get_one(Space, space_id, with_for_update=True)
    if hidden:
        space.hidden_at = node.clock.now()
        space.closed_at = space.closed_at or space.hidden_at
    else:
        if space.closed_at == space.hidden_at:
            space.closed_at = None
        space.hidden_at = None
    session.flush()
