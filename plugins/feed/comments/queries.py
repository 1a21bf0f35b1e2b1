"""What may be read of comments, reactions and what is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from ....core.answers import PersonalData, Thing
from ....core.errors import NotFound
from ....core.values import Message
from ..circles.queries import Face, faces_of, not_blocked, unseen_by
from ..posts.models import Post
from ..posts.queries import readable
from .models import Comment, Reaction, Saved

AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment as it is drawn."""

    comment: Comment
    author: Face


def comments_of(
    session: Session, post_id: int, viewer_id: int | None, *, after: int = 0, limit: int = 50
) -> list[ShownComment]:
    """Return comments of a post that the viewer may read anyway, the first first; without those
    that are hidden, of whom the viewer mutes, and of whom they are kept apart from."""
    query = select(Comment).where(
        Comment.post_id == post_id, Comment.id > after, Comment.hidden_at.is_(None),
        not_blocked(Comment.author_id, viewer_id),
    )  # fmt: skip
    muted = unseen_by(session, viewer_id) if viewer_id else frozenset()
    if muted:
        query = query.where(Comment.author_id.not_in(muted))
    rows = session.scalars(query.order_by(Comment.id).limit(limit)).all()
    faces = faces_of(session, {row.author_id for row in rows}) if rows else {}
    return [ShownComment(row, faces[row.author_id]) for row in rows]


def the_comment(session: Session, comment_id: int) -> Comment:
    """Return a comment; NotFound if there is none."""
    found = session.get(Comment, comment_id)
    if found is None:
        raise NotFound("There is no such comment.")
    return found


def reaction_of(session: Session, post_id: int, person_id: int) -> str:
    """Return a person's own word about a post, or nothing."""
    return (
        session.scalar(
            select(Reaction.kind).where(
                Reaction.post_id == post_id, Reaction.person_id == person_id
            )
        )
        or ""
    )


def reactions_to(session: Session, post_id: int) -> Mapping[str, int]:
    """Return how many have said which word about a post: for its author alone."""
    rows = session.execute(
        select(Reaction.kind, func.count()).where(Reaction.post_id == post_id)
        .group_by(Reaction.kind)
    )  # fmt: skip
    return {row[0]: row[1] for row in rows}


def saved_of(session: Session, person_id: int, post_ids: Collection[int]) -> frozenset[int]:
    """Return those of these posts that a person keeps."""
    query = select(Saved.post_id).where(
        Saved.person_id == person_id, Saved.post_id.in_(set(post_ids))
    )
    return frozenset(session.scalars(query))


def saved_posts(session: Session, person_id: int, *, limit: int = 100) -> Sequence[Post]:
    """Return what a person keeps and may still read, what they kept last first."""
    query = readable(person_id).join(Saved, Saved.post_id == Post.id)
    query = query.where(Saved.person_id == person_id)
    return session.scalars(query.order_by(Saved.at.desc(), Post.id.desc()).limit(limit)).all()


def thing(session: Session, kind: str, number: int) -> Thing | None:
    """Return the comment that a subject names; by its number, as its post may be for few."""
    comment = session.get(Comment, number) if kind == "comment" else None
    if comment is None:
        return None
    return Thing(
        f"comment:{number}", Message("Comment", {}), f"#{number}",
        f"/posts/{comment.post_id}#c{number}", frozenset({comment.author_id}),
    )  # fmt: skip


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return comments, reactions and what is kept, for a person to take along."""
    comments = select(Comment.post_id, Comment.text, Comment.at)
    reactions = select(Reaction.post_id, Reaction.kind, Reaction.at)
    return PersonalData.read(
        session,
        {
            "comments": comments.where(Comment.author_id == person_id).order_by(Comment.id),
            "reactions": reactions.where(Reaction.person_id == person_id),
            "saved_posts": select(Saved.post_id, Saved.at).where(Saved.person_id == person_id),
        },
    )
