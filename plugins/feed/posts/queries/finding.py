"""Posts as they are found by their words, listed as news, and counted; public pages as well."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData
from .....core.documents import Document, Feed, FeedEntry, Searchable
from .....core.models import Picture
from .....core.search import EVERYONE, MEMBERS, of_person
from .....core.values import Text
from ...circles.models import Membership, Profile
from ...circles.queries import faces_of, not_blocked
from ..models import Edition, Mention, Post, PostPicture, PostTag
from ..rules import CIRCLE, ME, title_of
from .lists import posts_with_ids, public_posts


def _read(session: Session, post_ids: Collection[int]) -> Sequence[Document]:
    published = Post.published_at.is_not(None), Post.hidden_at.is_(None)
    query = select(Post).where(Post.id.in_(set(post_ids)), *published)
    posts = session.scalars(query).all()
    faces = faces_of(session, {post.author_id for post in posts}) if posts else {}
    circles = _people_of(session, {post.circle_id for post in posts if post.circle_id})
    return [
        Document(
            id=post.id,
            title=title_of(post.text) or faces[post.author_id].name,
            path=f"/posts/{post.id}",
            readers=_readers(post, circles),
            text=f"{post.text}\n{post.place}",
            about=(faces[post.author_id].name,),
            changed_at=post.edited_at or post.published_at,
        )
        for post in posts
    ]


def _readers(post: Post, circles: Mapping[int, frozenset[str]]) -> frozenset[str]:
    """Return who finds a post; who is kept apart from its author is left out by ``_may``."""
    if post.audience == CIRCLE:
        return circles.get(post.circle_id or 0, frozenset()) | {of_person(post.author_id)}
    if post.audience == ME:
        return frozenset({of_person(post.author_id)})
    return frozenset({EVERYONE if post.told else MEMBERS})


def _people_of(session: Session, circle_ids: Collection[int]) -> Mapping[int, frozenset[str]]:
    if not circle_ids:
        return {}
    rows = session.execute(
        select(Membership.circle_id, Membership.person_id).where(
            Membership.circle_id.in_(circle_ids), Membership.accepted_at.is_not(None)
        )
    )
    found: dict[int, set[str]] = {}
    for circle_id, person_id in rows:
        found.setdefault(circle_id, set()).add(of_person(person_id))
    return {circle_id: frozenset(people) for circle_id, people in found.items()}


def _ids(session: Session, after: int, limit: int) -> Sequence[int]:
    query = select(Post.id).where(Post.id > after, Post.published_at.is_not(None))
    return list(session.scalars(query.order_by(Post.id).limit(limit)))


def _may(session: Session, post_ids: Collection[int], person_id: int | None) -> Collection[int]:
    return list(posts_with_ids(session, post_ids, person_id))


POSTS = Searchable("post", Text("이웃 글", "Posts"), _read, _ids, order=40, may=_may)


def _read_people(session: Session, person_ids: Collection[int]) -> Sequence[Document]:
    rows = session.execute(
        select(Profile, Picture.digest)
        .outerjoin(Picture, Picture.id == Profile.picture_id)
        .where(Profile.person_id.in_(set(person_ids)), Profile.hidden_at.is_(None))
    )
    return [
        Document(
            id=page.person_id,
            title=page.name,
            path=f"/people/{page.handle}",
            readers=frozenset({EVERYONE}),
            text=f"{page.handle}\n{page.words}",
            about=(f"@{page.handle}",),
            picture=digest,
            changed_at=page.opened_at,
        )
        for page, digest in rows
    ]


def _people_ids(session: Session, after: int, limit: int) -> Sequence[int]:
    query = select(Profile.person_id).where(Profile.person_id > after)
    return list(session.scalars(query.order_by(Profile.person_id).limit(limit)))


def _may_meet(
    session: Session, person_ids: Collection[int], viewer_id: int | None
) -> Collection[int]:
    query = select(Profile.person_id).where(
        Profile.person_id.in_(set(person_ids)), not_blocked(Profile.person_id, viewer_id)
    )
    return list(session.scalars(query))


PEOPLE = Searchable(
    "person", Text("이웃", "Neighbours"), _read_people, _people_ids, order=42, may=_may_meet
)


def _entries(session: Session, limit: int) -> Sequence[FeedEntry]:
    posts = public_posts(session, limit=limit)
    faces = faces_of(session, {post.author_id for post in posts}) if posts else {}
    return [
        FeedEntry(
            name=f"post-{post.id}",
            title=title_of(post.text) or faces[post.author_id].name,
            path=f"/posts/{post.id}",
            at=post.published_at or post.created_at,
            text=post.text[:300],
        )
        for post in posts
    ]


NEWS = Feed("posts", Text("이웃 글", "Posts"), _entries, order=50)


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return what a person wrote, with pictures, for them to take along."""
    own = Post.author_id == person_id
    posts = select(Post.id, Post.text, Post.place, Post.audience, Post.circle_id, Post.shared_id,
                   Post.created_at, Post.published_at, Post.edited_at)  # fmt: skip
    pictures = select(PostPicture.post_id, Picture.digest, Picture.caption, Picture.created_at)
    editions = select(Edition.post_id, Edition.text, Edition.place, Edition.until)
    return PersonalData.read(
        session,
        {
            "posts": posts.where(own).order_by(Post.id),
            "post_pictures": pictures.join(Picture, Picture.id == PostPicture.picture_id)
            .join(Post, Post.id == PostPicture.post_id)
            .where(own),
            "post_tags": select(PostTag.post_id, PostTag.tag)
            .join(Post, Post.id == PostTag.post_id)
            .where(own),
            "post_mentions": select(Mention.post_id, Mention.subject)
            .join(Post, Post.id == Mention.post_id)
            .where(own),
            "post_editions": editions.join(Post, Post.id == Edition.post_id).where(own),
        },
    )
