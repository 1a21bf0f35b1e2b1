"""What follows when a post is published, changed, hidden or deleted: stream, search, facts,
pictures, notices."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import search, webhooks
from .....core.facts import ThingPublished, ThingWithdrawn
from .....core.models import Person, Space
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import Message
from ...circles.queries import faces_of, tie_to
from ...kinds import MENTION
from ..models import Post
from ..queries import pictures_of, seen_by, subjects_of, tags_kept
from ..rules import CIRCLE, EVERYONE, MEMBERS, title_of
from .pictures import place_pictures
from .streaming import sources_of, stream, unstream

HOOK = "post.mentioned"
LOOK = Message("What was written stands there, for as long as it is meant for you.", {})
"""What notices say instead of the words: these are to be gone once they are deleted."""


def spread(node: Node, session: Session, post: Post) -> None:
    """Let everyone hear what they may of a post as it stands now, and nobody of what they may
    not; to be called whenever it was changed."""
    session.flush()
    search.changed(session, "post", post.id)
    if post.published_at is None:
        return
    fact = fact_of(session, post)
    sources = [] if post.hidden_at else _sources(post, fact)
    if sources:  # without its words: a post is read anew wherever it is shown
        stream(session, replace(fact, title="", text="", picture="", caption="", place=""), sources)
    else:
        unstream(session, fact.subject)
    public = post.audience == EVERYONE and post.hidden_at is None
    if public != post.told:
        post.told = public
        session.flush()
        place_pictures(node, session, post, public=public)
        if not public:
            withdraw(node, session, post)
    if public:
        node.hooks.thing_published(node=node, session=session, fact=fact)


def withdraw(node: Node, session: Session, post: Post) -> None:
    """Tell that everyone can read a post no more."""
    fact = ThingWithdrawn(f"post:{post.id}", f"person:{post.author_id}", node.clock.now())
    node.hooks.thing_withdrawn(node=node, session=session, fact=fact)


def _sources(post: Post, fact: ThingPublished) -> list[str]:
    if post.audience in (EVERYONE, MEMBERS):
        return sources_of(fact)
    return [f"circle:{post.circle_id}"] if post.audience == CIRCLE else []


def fact_of(session: Session, post: Post) -> ThingPublished:
    """Return what is told of a post; to be told to everyone only if it is public."""
    first = next(iter(pictures_of(session, [post.id]).get(post.id, ())), None)
    return ThingPublished(
        subject=f"post:{post.id}",
        kind="post",
        author=f"person:{post.author_id}",
        title=title_of(post.text),
        path=f"/posts/{post.id}",
        at=post.published_at or post.created_at,
        text=post.text,
        picture=first.digest if first else "",
        caption=first.caption if first else "",
        place=post.place,
        tags=tags_kept(session, post.id),
    )


def circle_grew(session: Session, circle_id: int) -> None:
    """Let the search know that somebody more may find what was written for a circle."""
    search.all_changed(session, "post", select(Post.id).where(Post.circle_id == circle_id))


def tell_named(node: Node, session: Session, post: Post) -> None:
    """Tell people whom a post names, if they may read it, and the webhooks of pages, if everyone
    may."""
    subjects = subjects_of(session, post.id)
    author = faces_of(session, [post.author_id])[post.author_id]
    for person_id in _numbers(subjects, "person"):
        if person_id != post.author_id and _may_read(session, post, person_id):
            notice = Notice(
                kind=MENTION.name,
                title=Message("%(name)s named you in a post", {"name": author.name}),
                text=LOOK,
                url=f"/posts/{post.id}",
                subject=f"post:{post.id}",
                key=f"post:{post.id}:named:{person_id}",
            )
            tell(node, session, person_id, notice)
    if post.told:
        _tell_pages(node, session, post, _numbers(subjects, "space"))


def _may_read(session: Session, post: Post, person_id: int) -> bool:
    if session.get(Person, person_id) is None or tie_to(session, person_id, post.author_id):
        return False
    return session.scalar(select(Post.id).where(Post.id == post.id, seen_by(person_id))) is not None


def _tell_pages(node: Node, session: Session, post: Post, space_ids: list[int]) -> None:
    known = session.scalars(select(Space.id).where(Space.id.in_(space_ids)))
    data = {"post_id": post.id, "url": f"/posts/{post.id}", "published_at": post.published_at}
    for space_id in known.all():
        webhooks.tell(session, HOOK, space_id, data, at=node.clock.now())


def _numbers(subjects: tuple[str, ...], kind: str) -> list[int]:
    found = (each.partition(":") for each in subjects)
    return [int(number) for name, _, number in found if name == kind and number.isdecimal()]
