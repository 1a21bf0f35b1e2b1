"""The kinds of notices that the feed tells."""

from __future__ import annotations

from ...core.answers import NoticeKind
from ...core.values import Message

COMMENT = NoticeKind(
    "feed.comment",
    Message("Comments on my posts", {}),
    Message("Somebody wrote under a post of yours.", {}),
    default="bell",
    order=60,
)
MENTION = NoticeKind(
    "feed.mention",
    Message("Posts that name me", {}),
    Message("A neighbour named you in a post that you may read.", {}),
    default="bell",
    order=61,
)
CIRCLE = NoticeKind(
    "feed.circle",
    Message("Circles", {}),
    Message("You are invited to a circle, or somebody came into one of yours.", {}),
    default="daily",
    order=62,
)

POSTS = (COMMENT, MENTION, CIRCLE)
