"""Lists of posts, newest first, in pages by the place of the last one shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Integer, Row, Select, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from .....core.models import Picture
from .....core.statements import Listed
from ...circles.queries import Face, faces_of, unseen_by
from ..models import Edition, Mention, Post, PostPicture, PostTag
from .audience import is_public, readable, seen_by

AnyRow = Row[*tuple[Any, ...]]


# Made once: what every timeline and every page of posts asks.
_READABLE = Listed(
    lambda ids: select(*Post.__table__.c).where(
        Post.id.in_(ids),
        Post.published_at.is_not(None),
        seen_by(bindparam("person_id", type_=Integer)),
    )
)
_PUBLIC = Listed(lambda ids: select(*Post.__table__.c).where(Post.id.in_(ids), is_public()))
_PICTURES = Listed(
    lambda ids: (
        select(PostPicture.id, PostPicture.post_id, Picture.digest, Picture.width, Picture.height,
               Picture.caption)
        .join(Picture, Picture.id == PostPicture.picture_id)
        .where(PostPicture.post_id.in_(ids))
        .order_by(PostPicture.id)
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A post as it is drawn: who wrote it, its pictures (id, digest, width, height, caption), and
    what it passes on, if the viewer may read that too."""

    post: Post
    author: Face
    pictures: Sequence[AnyRow]
    shared: Shown | None = None
    circle: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The place in a list of the last post shown."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{int(self.at.timestamp() * 1_000_000)}-{self.id}"

    @classmethod
    def read(cls, text: str | None) -> Place | None:
        """Read a place from an address; nonsense means the beginning."""
        first, _, last = (text or "").partition("-")
        if not (_is_number(first, 17) and _is_number(last, 9)):
            return None
        micro = int(first)
        whole = datetime.fromtimestamp(micro // 1_000_000, UTC) if micro < 2**57 else None
        if whole is None:
            return None
        return cls(whole.replace(microsecond=micro % 1_000_000), int(last))


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= most


def place_of(post: Post) -> Place:
    """Return the place of a published post."""
    return Place(post.published_at or post.created_at, post.id)


def _page(query: Select[Any], after: Place | None, limit: int) -> Select[Any]:
    if after is not None:
        query = query.where(
            or_(
                Post.published_at < after.at,
                (Post.published_at == after.at) & (Post.id < after.id),
            )
        )
    return query.order_by(Post.published_at.desc(), Post.id.desc()).limit(limit)


def public_posts(
    session: Session, *, after: Place | None = None, limit: int = 20,
    viewer_id: int | None = None,
) -> Sequence[Post]:  # fmt: skip
    """Return what everyone may read, by anybody but whom the viewer does not see."""
    query = select(Post).where(is_public())
    unseen: frozenset[int] = unseen_by(session, viewer_id) if viewer_id else frozenset()
    if unseen:
        query = query.where(Post.author_id.not_in(unseen))
    return session.scalars(_page(query, after, limit)).all()


def public_posts_of(
    session: Session, person_id: int, *, after: Place | None = None, limit: int = 20
) -> Sequence[Post]:
    """Return what everyone may read of one person."""
    query = select(Post).where(is_public(), Post.author_id == person_id)
    return session.scalars(_page(query, after, limit)).all()


def public_post(session: Session, post_id: int) -> Post | None:
    """Return a post if everyone may read it."""
    return session.scalars(select(Post).where(Post.id == post_id, is_public())).one_or_none()


def posts_by(
    session: Session, author_id: int, viewer_id: int | None, *, after: Place | None = None,
    limit: int = 20,
) -> Sequence[Post]:  # fmt: skip
    """Return what this viewer may read of one author."""
    query = readable(viewer_id).where(Post.author_id == author_id)
    return session.scalars(_page(query, after, limit)).all()


def posts_in(
    session: Session, circle_id: int, viewer_id: int, *, after: Place | None = None,
    limit: int = 20,
) -> Sequence[Post]:  # fmt: skip
    """Return what this viewer may read of a circle."""
    query = readable(viewer_id).where(Post.circle_id == circle_id)
    return session.scalars(_page(query, after, limit)).all()


def posts_tagged(
    session: Session, tag: str, viewer_id: int | None, *, after: Place | None = None,
    limit: int = 20,
) -> Sequence[Post]:  # fmt: skip
    """Return what this viewer may read under a tag, without whom they mute; in the order in which
    they were begun, which the index of tags has."""
    query = readable(viewer_id).join(PostTag, PostTag.post_id == Post.id).where(PostTag.tag == tag)
    return _begun_last(session, query, PostTag.post_id, viewer_id, after, limit)


def posts_about(
    session: Session, subject: str, viewer_id: int | None, *, after: Place | None = None,
    limit: int = 20,
) -> Sequence[Post]:  # fmt: skip
    """Return what this viewer may read of those posts that mention a thing."""
    query = readable(viewer_id).join(Mention, Mention.post_id == Post.id)
    query = query.where(Mention.subject == subject)
    return _begun_last(session, query, Mention.post_id, viewer_id, after, limit)


def _begun_last(
    session: Session, query: Select[Any], post_id: InstrumentedAttribute[int],
    viewer_id: int | None, after: Place | None, limit: int,
) -> Sequence[Post]:  # fmt: skip
    muted: frozenset[int] = unseen_by(session, viewer_id) if viewer_id else frozenset()
    if muted:
        query = query.where(Post.author_id.not_in(muted))
    if after is not None:
        query = query.where(post_id < after.id)
    return session.scalars(query.order_by(post_id.desc()).limit(limit)).all()


def posts_with_ids(
    session: Session, post_ids: Collection[int], viewer_id: int | None
) -> Mapping[int, Post]:
    """Return those of these posts that the viewer may read, by id."""
    if not post_ids:
        return {}
    if viewer_id is None:
        found = _PUBLIC.all(session, set(post_ids))
    else:
        found = _READABLE.all(session, set(post_ids), {"person_id": viewer_id})
    return {post.id: post for post in found}


def drafts_of(session: Session, person_id: int) -> Sequence[Post]:
    """Return what somebody has begun and not published, the newest first."""
    query = select(Post).where(Post.author_id == person_id, Post.published_at.is_(None))
    return session.scalars(query.order_by(Post.id.desc()).limit(100)).all()


def shown(
    session: Session, posts: Sequence[Post], viewer_id: int | None, *, with_shared: bool = True
) -> list[Shown]:
    """Return posts as they are drawn, by four queries however many they are."""
    shared: dict[int, Shown] = {}
    if with_shared:
        ids = {post.shared_id for post in posts if post.shared_id is not None}
        originals = list(posts_with_ids(session, ids, viewer_id).values())
        if originals:
            found = shown(session, originals, viewer_id, with_shared=False)
            shared = {each.post.id: each for each in found}
    faces = faces_of(session, {post.author_id for post in posts}) if posts else {}
    pictures = pictures_of(session, [post.id for post in posts])
    return [
        Shown(post, faces[post.author_id], pictures.get(post.id, ()),
              shared.get(post.shared_id or 0))
        for post in posts
    ]  # fmt: skip


def pictures_of(session: Session, post_ids: Collection[int]) -> Mapping[int, Sequence[AnyRow]]:
    """Return the pictures of posts by post: id, digest, width, height, caption."""
    if not post_ids:
        return {}
    rows = _PICTURES.all(session, set(post_ids))
    found: dict[int, list[AnyRow]] = {}
    for row in rows:
        found.setdefault(row.post_id, []).append(row)
    return found


def picture_seen(session: Session, picture_id: int, viewer_id: int | None) -> str | None:
    """Return the digest of a picture of a post, if the viewer may read the post."""
    return session.scalar(
        select(Picture.digest)
        .join(PostPicture, PostPicture.picture_id == Picture.id)
        .join(Post, Post.id == PostPicture.post_id)
        .where(PostPicture.id == picture_id, seen_by(viewer_id))
    )


def tags_kept(session: Session, post_id: int) -> tuple[str, ...]:
    """Return the tags of a post."""
    query = select(PostTag.tag).where(PostTag.post_id == post_id).order_by(PostTag.tag)
    return tuple(session.scalars(query))


def subjects_of(session: Session, post_id: int) -> tuple[str, ...]:
    """Return what a post is about, by subject."""
    query = select(Mention.subject).where(Mention.post_id == post_id).order_by(Mention.subject)
    return tuple(session.scalars(query))


def editions_of(session: Session, post_id: int) -> Sequence[Edition]:
    """Return how a post read before, the latest first."""
    query = select(Edition).where(Edition.post_id == post_id).order_by(Edition.id.desc())
    return session.scalars(query.limit(100)).all()
