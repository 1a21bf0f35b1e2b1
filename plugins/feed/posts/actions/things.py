"""Posts and tags as things that can be reported, hidden and followed."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from .....core.answers import Thing
from .....core.facts import ThingHidden
from .....core.node import Node
from .....core.values import Message
from ..models import Post
from ..rules import EVERYONE, tag_form, title_of
from .spreading import spread

_TAG = re.compile(r"\w{1,40}")


def thing(session: Session, kind: str, name: str) -> Thing | None:
    """Return the post or the tag that a subject names.

    A post that is not for everyone is called by its number: what it says is for its readers alone,
    and anybody may ask what a subject names.
    """
    if kind == "tag":
        tag = tag_form(name)
        if not _TAG.fullmatch(tag):
            return None
        return Thing(f"tag:{tag}", Message("Tag", {}), f"#{tag}", f"/tags/{tag}", can_follow=True)
    post = session.get(Post, int(name)) if kind == "post" and name.isdecimal() else None
    if post is None or post.published_at is None:
        return None
    public = post.audience == EVERYONE and post.hidden_at is None
    title = title_of(post.text) if public and post.text else f"#{post.id}"
    return Thing(
        f"post:{post.id}", Message("Post", {}), title, f"/posts/{post.id}",
        frozenset({post.author_id}),
    )  # fmt: skip


def listen(node: Node, session: Session, fact: ThingHidden) -> None:
    """Keep a post from everybody but its author, or let it be read again."""
    kind, _, number = fact.subject.partition(":")
    post = session.get(Post, int(number)) if kind == "post" and number.isdecimal() else None
    if post is not None and (post.hidden_at is not None) is not fact.hidden:
        post.hidden_at = node.clock.now() if fact.hidden else None
        spread(node, session, post)
