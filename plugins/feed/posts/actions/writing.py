"""Writing posts: begun as a draft, published, changed, deleted."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .....core import follows, members, search
from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Edition, Mention, Post, PostPicture, PostTag
from ..queries import begun, own_post, posts_with_ids, the_post
from ..rules import MOST_DRAFTS, MOST_SUBJECTS, Wording, tags_of
from .checks import check_newcomer, check_rate, check_share, check_wording
from .naming import nameable
from .pictures import drop_pictures
from .spreading import spread, tell_named, withdraw
from .streaming import unstream


def begin(
    node: Node, session: Session, person_id: int, wording: Wording, *, key: str,
    shares: int | None = None,
) -> Post:  # fmt: skip
    """Keep a draft and return it; the same ``key`` makes no second one.

    ``shares`` is the id of a post that it passes on: one that the person may read.
    """
    if members.stays(session, person_id) is None:
        raise NotFound("There is no such post, or it is not for you.")
    known = begun(session, person_id, key)
    if known is not None:
        return known
    original = _original(session, shares, person_id) if shares else None
    check_wording(session, person_id, wording)
    check_share(original, wording)
    _check_drafts(session, person_id)
    post = Post(
        author_id=person_id, text=wording.text.strip(), place=wording.place.strip()[:80],
        audience=wording.audience, circle_id=_circle(wording), key=key[:80],
        is_share=original is not None, shared_id=original.id if original else None,
        created_at=node.clock.now(),
    )  # fmt: skip
    if not _added(session, post):
        faster = begun(session, person_id, key)
        if faster is not None:
            return faster
        raise Refused("Please try again.")
    _write_parts(node, session, post, wording.subjects)
    return post


def _added(session: Session, post: Post) -> bool:
    """Insert a post unless the same form was sent twice and the other one was faster."""
    try:
        with session.begin_nested():
            session.add(post)
            session.flush()
    except IntegrityError:
        return False
    return True


def _original(session: Session, post_id: int, person_id: int) -> Post:
    """Return what is passed on: of a post that itself passes one on, that."""
    post = the_post(session, post_id, person_id)
    if post.is_share and not post.text:
        post = the_post(session, post.shared_id or 0, person_id)
    if post.published_at is None or post.hidden_at is not None:
        raise Refused("A post can be passed on once it is published.")
    return post


def _circle(wording: Wording) -> int | None:
    return wording.circle_id if wording.audience == "circle" else None


def _check_drafts(session: Session, person_id: int) -> None:
    query = select(func.count()).where(Post.author_id == person_id, Post.published_at.is_(None))
    if (session.scalar(query) or 0) >= MOST_DRAFTS:
        raise Refused("You have many drafts already. Please publish or delete some of them first.")


def publish(node: Node, session: Session, post_id: int, person_id: int) -> Post:
    """Let a draft be read by those for whom it is; a second time nothing happens."""
    post = own_post(session, post_id, person_id, lock=True)
    if post.published_at is not None:
        return post
    wording = _wording(session, post)
    check_wording(session, person_id, wording)
    original = _shared(session, post)
    if post.is_share and original is None:
        raise Refused("What you want to pass on is there no more.")
    check_share(original, wording)
    _check_says_something(session, post)
    new = check_newcomer(node, session, person_id, f"{post.text} {post.place}", wording.subjects)
    check_rate(node, session, person_id, new=new)
    post.published_at = node.clock.now()
    spread(node, session, post)
    tell_named(node, session, post)
    return post


def _wording(session: Session, post: Post) -> Wording:
    subjects = tuple(session.scalars(select(Mention.subject).where(Mention.post_id == post.id)))
    return Wording(post.text, post.audience, post.circle_id, post.place, subjects)


def _shared(session: Session, post: Post) -> Post | None:
    """Return what a post passes on, if its author may still read that."""
    if post.shared_id is None:
        return None
    return posts_with_ids(session, [post.shared_id], post.author_id).get(post.shared_id)


def _check_says_something(session: Session, post: Post) -> None:
    if post.text or post.is_share:
        return
    query = select(PostPicture.id).where(PostPicture.post_id == post.id).limit(1)
    if session.scalar(query) is None:
        raise Invalid({"text": [Message("Please write something or add a picture.", {})]})


def change(
    node: Node, session: Session, post_id: int, person_id: int, wording: Wording, *, version: int
) -> Post:
    """Change what a post says and whom it is for; how it read before is kept for its readers."""
    post = own_post(session, post_id, person_id, lock=True)
    if post.version != version:
        raise Refused("This post was changed in another window. Please look at it again.")
    check_wording(session, person_id, wording)
    if post.published_at is not None:
        check_newcomer(
            node, session, person_id, f"{wording.text} {wording.place}", wording.subjects
        )
        check_share(_shared(session, post), wording)
    text, place = wording.text.strip(), wording.place.strip()[:80]
    if post.published_at is not None and (text, place) != (post.text, post.place):
        now = node.clock.now()
        session.add(Edition(post_id=post.id, text=post.text, place=post.place, until=now))
        post.edited_at = now
    post.text, post.place = text, place
    post.audience, post.circle_id = wording.audience, _circle(wording)
    post.version += 1
    if post.published_at is not None:
        _check_says_something(session, post)
    _write_parts(node, session, post, wording.subjects)
    spread(node, session, post)
    if post.published_at is not None:
        tell_named(node, session, post)
    return post


def _write_parts(node: Node, session: Session, post: Post, subjects: Iterable[str]) -> None:
    """Write down tags and what the post is about: things that are there and public."""
    for part in (PostTag, Mention):
        session.execute(delete(part).where(part.post_id == post.id))
    session.add_all(PostTag(post_id=post.id, tag=tag) for tag in tags_of(post.text))
    named = nameable(node, session, list(dict.fromkeys(subjects))[:MOST_SUBJECTS], post.author_id)
    session.add_all(Mention(post_id=post.id, subject=each.subject) for each in named)
    session.flush()


def erase(node: Node, session: Session, post_id: int, person_id: int) -> None:
    """Delete a post of one's own with all that belongs to it, so that nothing of it is left."""
    destroy(node, session, own_post(session, post_id, person_id, lock=True))


def destroy(node: Node, session: Session, post: Post) -> None:
    """Delete a post: rows, pictures, place in timelines and search; others are told."""
    if post.told:
        withdraw(node, session, post)
    subject = f"post:{post.id}"
    unstream(session, subject)
    drop_pictures(node, session, post.id)
    follows.forget_subject(session, subject)
    search.changed(session, "post", post.id)
    session.flush()
    # Its parts go with it, also those of rooms that stand above this one.
    session.execute(delete(Post).where(Post.id == post.id))
    session.expunge(post)


def destroy_all_of(node: Node, session: Session, person_id: int) -> None:
    """Delete all posts of somebody who leaves."""
    query = select(Post).where(Post.author_id == person_id).order_by(Post.id)
    for post in session.scalars(query).all():
        destroy(node, session, post)
