"""What readers may do with posts: comment, say a word, keep for later."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ....core import members
from ....core.errors import Forbidden, Invalid, NotFound, Refused, TooMany
from ....core.facts import ThingHidden
from ....core.node import Node
from ....core.notices import Notice, tell
from ....core.statements import Statement
from ....core.values import Message
from ..circles.queries import faces_of, tie_to
from ..kinds import COMMENT
from ..posts.actions import LOOK, check_newcomer
from ..posts.models import Post
from ..posts.queries import the_post
from .models import Comment, Reaction, Saved
from .queries import the_comment
from .rules import A_DAY, A_DAY_OF_NEWCOMERS, LONGEST, REACTIONS

_KEEP = Statement(lambda insert: insert(Saved.__table__).on_conflict_do_nothing())
MOST_SAVED = 2_000


def comment(
    node: Node, session: Session, post_id: int, person_id: int, text: str, *, key: str
) -> Comment:
    """Write under a post that one may read; the same ``key`` makes no second one."""
    if members.stays(session, person_id) is None:
        raise NotFound("There is no such post, or it is not for you.")
    post = _open_post(session, post_id, person_id)
    same = select(Comment).where(Comment.author_id == person_id, Comment.key == key[:80])
    known = session.scalars(same).one_or_none()
    if known is not None:
        return known
    _check(node, session, person_id, text)
    made = Comment(
        post_id=post_id, author_id=person_id, text=text.strip(), key=key[:80], at=node.clock.now()
    )
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError:  # the same form sent twice, and the other was faster
        return session.scalars(same).one()
    _tell_author(node, session, post, made)
    return made


def _open_post(session: Session, post_id: int, person_id: int) -> Post:
    post = the_post(session, post_id, person_id)
    if post.published_at is None or post.hidden_at is not None:
        raise Refused("Nothing can be written here now.")
    return post


def _check(node: Node, session: Session, person_id: int, text: str) -> None:
    if not text.strip():
        raise Invalid({"text": [Message("Please write something.", {})]})
    if len(text) > LONGEST:
        raise Invalid({"text": [Message("Please write at most 1,000 letters.", {})]})
    new = check_newcomer(node, session, person_id, text)
    since = node.clock.now() - timedelta(days=1)
    done = session.scalar(
        select(func.count()).where(Comment.author_id == person_id, Comment.at > since)
    )
    if (done or 0) >= (A_DAY_OF_NEWCOMERS if new else A_DAY):
        raise TooMany("That was a lot of comments for one day. Please go on tomorrow.")


def _tell_author(node: Node, session: Session, post: Post, made: Comment) -> None:
    if post.author_id == made.author_id or tie_to(session, post.author_id, made.author_id):
        return
    author = faces_of(session, [made.author_id])[made.author_id]
    notice = Notice(
        kind=COMMENT.name,
        title=Message("%(name)s wrote under your post", {"name": author.name}),
        text=LOOK,
        url=f"/posts/{post.id}#c{made.id}",
        subject=f"post:{post.id}",
        key=f"comment:{made.id}",
    )
    tell(node, session, post.author_id, notice)


def erase(session: Session, comment_id: int, person_id: int) -> int:
    """Delete a comment: its author may, and who wrote the post. Return the id of the post."""
    found = the_comment(session, comment_id)
    post = the_post(session, found.post_id, person_id)
    if person_id not in (found.author_id, post.author_id):
        raise Forbidden("Only who wrote this can delete it.")
    session.delete(found)
    session.flush()
    return post.id


def react(node: Node, session: Session, post_id: int, person_id: int, kind: str) -> None:
    """Say a word about a post, another one, or with "" none."""
    post = _open_post(session, post_id, person_id)
    if post.author_id == person_id:
        raise Refused("That is your own post.")
    if kind and kind not in REACTIONS:
        raise Invalid({"kind": [Message("Please choose one of these.", {})]})
    session.execute(
        delete(Reaction).where(Reaction.post_id == post_id, Reaction.person_id == person_id)
    )
    if kind:
        row = {"post_id": post_id, "person_id": person_id, "kind": kind, "at": node.clock.now()}
        _REACT.write(session, row)


_REACT = Statement(lambda insert: insert(Reaction.__table__).on_conflict_do_nothing())


def keep(node: Node, session: Session, post_id: int, person_id: int, *, kept: bool) -> None:
    """Keep a post for later, or no longer."""
    if not kept:
        own = delete(Saved).where(Saved.post_id == post_id, Saved.person_id == person_id)
        session.execute(own)
        return
    _open_post(session, post_id, person_id)
    held = session.scalar(select(func.count()).where(Saved.person_id == person_id)) or 0
    if held >= MOST_SAVED:
        raise Refused("You keep so much already. Please let go of some of it first.")
    row = {"post_id": post_id, "person_id": person_id, "at": node.clock.now()}
    _KEEP.write(session, row)


def listen(node: Node, session: Session, fact: ThingHidden) -> None:
    """Keep a comment from being seen, or let it be seen again, as stewards decided."""
    kind, _, number = fact.subject.partition(":")
    found = session.get(Comment, int(number)) if kind == "comment" and number.isdecimal() else None
    if found is not None:
        found.hidden_at = node.clock.now() if fact.hidden else None
        session.flush()


def let_go(session: Session, person_id: int) -> None:
    """Delete what somebody who leaves wrote, said and kept here."""
    session.execute(delete(Comment).where(Comment.author_id == person_id))
    session.execute(delete(Reaction).where(Reaction.person_id == person_id))
    session.execute(delete(Saved).where(Saved.person_id == person_id))
