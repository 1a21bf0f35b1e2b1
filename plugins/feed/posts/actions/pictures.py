"""Pictures of posts: closed as long as not everyone may read the post, and gone with it.

The row stands in the core as for every picture. Its files lie where everyone can fetch them only
while the post is public; the job that follows takes away those that nothing needs any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from .....core import outbox, pictures
from .....core.errors import Invalid, Refused, TooMany
from .....core.models import Picture
from .....core.node import Node
from .....core.pictures import Prepared
from .....core.values import Message
from ...circles.models import Profile
from ...circles.queries import is_vouched
from ..models import Post, PostPicture
from ..queries import is_public, own_post
from ..rules import MOST_PICTURES, PICTURES_A_DAY, PICTURES_A_DAY_OF_NEWCOMERS

SWEEP = "feed.sweep_picture"
DESCRIBE = Message("Please say what is seen on the picture, for those who cannot see it.", {})


def add_picture(
    node: Node, session: Session, post_id: int, person_id: int, prepared: Prepared, caption: str
) -> None:
    """Put a picture into a post of one's own; ``Invalid`` without words for it."""
    post = own_post(session, post_id, person_id, lock=True)
    if not caption.strip():
        raise Invalid({"caption": [DESCRIBE]})
    held = session.scalar(select(func.count()).where(PostPicture.post_id == post_id)) or 0
    if held >= MOST_PICTURES:
        raise Refused("A post has at most 8 pictures.")
    _check_rate(node, session, person_id)
    kept = pictures.keep(
        session, node, prepared, caption=caption, owner_id=person_id, at=node.clock.now(),
        closed=not post.told,
    )  # fmt: skip
    session.add(PostPicture(post_id=post_id, picture_id=kept.id))
    session.flush()


def _check_rate(node: Node, session: Session, person_id: int) -> None:
    since = node.clock.now() - timedelta(days=1)
    brought = session.scalar(
        select(func.count())
        .select_from(PostPicture)
        .join(Post, Post.id == PostPicture.post_id)
        .join(Picture, Picture.id == PostPicture.picture_id)
        .where(Post.author_id == person_id, Picture.created_at > since)
    )
    most = PICTURES_A_DAY if is_vouched(node, session, person_id) else PICTURES_A_DAY_OF_NEWCOMERS
    if (brought or 0) >= most:
        raise TooMany("That was a lot of pictures for one day. Please go on tomorrow.")


def describe_pictures(session: Session, post_id: int, captions: Mapping[int, str]) -> None:
    """Write down what is seen on pictures of a post, by their ids; none may be left empty."""
    rows = session.execute(
        select(PostPicture.id, Picture)
        .join(Picture, Picture.id == PostPicture.picture_id)
        .where(PostPicture.post_id == post_id)
    )
    for picture_id, picture in rows:
        caption = captions.get(picture_id)
        if caption is not None and not caption.strip():
            raise Invalid({f"caption-{picture_id}": [DESCRIBE]})
        if caption is not None:
            picture.caption = caption.strip()[:200]
    session.flush()


def drop_pictures(
    node: Node, session: Session, post_id: int, only: Sequence[int] | None = None
) -> None:
    """Take pictures out of a post, or all of them; their files go by a job, if nobody else needs
    them."""
    query = (
        select(PostPicture.id, Picture.id.label("row"), Picture.digest)
        .join(Picture, Picture.id == PostPicture.picture_id)
        .where(PostPicture.post_id == post_id)
    )
    if only is not None:
        query = query.where(PostPicture.id.in_(list(only)))
    found = session.execute(query).all()
    session.execute(delete(PostPicture).where(PostPicture.id.in_([each.id for each in found])))
    session.execute(delete(Picture).where(Picture.id.in_([each.row for each in found])))
    for each in found:
        _sweep_later(node, session, each.digest)


def place_pictures(node: Node, session: Session, post: Post, *, public: bool) -> None:
    """Let the files of a post stand where its readers are served from."""
    digests = session.scalars(
        select(Picture.digest)
        .join(PostPicture, PostPicture.picture_id == Picture.id)
        .where(PostPicture.post_id == post.id)
    ).all()
    for digest in digests:
        pictures.copy_over(node, digest, closed=not public)
        _sweep_later(node, session, digest)


def _sweep_later(node: Node, session: Session, digest: str) -> None:
    now = node.clock.now()
    key = f"{SWEEP}:{digest[:24]}:{node.random.token()[:24]}"
    outbox.enqueue(session, SWEEP, {"digest": digest}, key=key, at=now)


def sweep(node: Node, payload: Mapping[str, Any]) -> None:
    """Take away the files of a picture that nothing needs: two people may have brought the same."""
    digest = str(payload["digest"])
    with node.db.write() as session:
        of_post = exists().where(PostPicture.picture_id == Picture.id)
        of_public = (
            exists()
            .where(PostPicture.picture_id == Picture.id, Post.id == PostPicture.post_id)
            .where(is_public())
        )
        for closed, needs in ((False, ~of_post | of_public), (True, of_post & ~of_public)):
            query = select(Picture.id).where(Picture.digest == digest, needs).limit(1)
            if session.scalar(query) is None:
                pictures.destroy(node, digest, closed=closed)


def drop_portrait(node: Node, session: Session, page: Profile) -> None:
    """Take the picture off a public page."""
    picture = session.get(Picture, page.picture_id) if page.picture_id else None
    page.picture_id = None
    session.flush()
    if picture is not None:
        session.delete(picture)
        session.flush()
        _sweep_later(node, session, picture.digest)
