"""What is asked before something is written: limits, what newcomers may, whom a post is for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.errors import Invalid, Refused, TooMany
from .....core.node import Node
from .....core.values import Message
from ...circles.queries import is_member, is_vouched, profile_of
from ..models import Post
from ..rules import (
    A_DAY,
    A_DAY_OF_NEWCOMERS,
    AUDIENCES,
    CIRCLE,
    EVERYONE,
    LONGEST,
    Wording,
    has_links,
    may_share,
)

DAY = timedelta(days=1)


def check_newcomer(
    node: Node, session: Session, person_id: int, text: str, subjects: Collection[str] = ()
) -> bool:
    """Return whether somebody is new here; ``Refused`` for what newcomers may not write yet."""
    if is_vouched(node, session, person_id):
        return False
    if has_links(text):
        raise Refused(
            "You are new here: posts with links come later, when a neighbour has vouched for you or"
            " after a few days."
        )
    if any(each.startswith("person:") for each in subjects):
        raise Refused(
            "You are new here: naming people comes later, when a neighbour has vouched for you or"
            " after a few days."
        )
    return True


def check_rate(node: Node, session: Session, person_id: int, *, new: bool) -> None:
    """Raise ``TooMany`` if somebody has published enough for a day."""
    since = node.clock.now() - DAY
    done = session.scalar(
        select(func.count()).where(Post.author_id == person_id, Post.published_at > since)
    )
    if (done or 0) >= (A_DAY_OF_NEWCOMERS if new else A_DAY):
        raise TooMany("That was a lot of posts for one day. Please go on tomorrow.")


def check_wording(session: Session, person_id: int, wording: Wording) -> None:
    """Raise ``Invalid`` if it cannot be for whom it says, or is too long."""
    if len(wording.text) > LONGEST:
        raise Invalid({"text": [Message("Please write at most 5,000 letters.", {})]})
    if wording.audience not in AUDIENCES:
        raise Invalid({"audience": [Message("Please choose one of these.", {})]})
    if wording.audience == CIRCLE and not (
        wording.circle_id and is_member(session, wording.circle_id, person_id)
    ):
        raise Invalid({"audience": [Message("Please choose one of your circles.", {})]})
    if wording.audience == EVERYONE and profile_of(session, person_id) is None:
        raise Invalid(
            {
                "audience": [
                    Message(
                        "What everyone can read stands on your public page. Please open that first,"
                        " or write for members.",
                        {},
                    )
                ]
            }
        )


def check_share(original: Post | None, wording: Wording) -> None:
    """Raise ``Invalid`` if a post would reach somebody for whom the one it passes on is not."""
    if original is not None and not may_share(
        original.audience, original.circle_id, wording.audience, wording.circle_id
    ):
        raise Invalid(
            {
                "audience": [
                    Message("A post can only be passed on to people for whom it was written.", {})
                ]
            }
        )
