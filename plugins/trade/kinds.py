"""The kinds of notices that trade with other nodes tells."""

from __future__ import annotations

from ...core.answers import NoticeKind
from ...core.values import STEWARD, Message

SELLER = NoticeKind(
    "trade.seller",
    Message("Orders from other nodes", {}),
    Message("Somebody elsewhere orders of you, changes it, or has a question about it.", {}),
    default="now",
    essential=True,
    roles=frozenset({"owner"}),
    order=60,
)
HUB = NoticeKind(
    "trade.hub",
    Message("Orders at other nodes", {}),
    Message("What became of what your hub has ordered elsewhere.", {}),
    default="now",
    essential=True,
    roles=frozenset({"activist"}),
    order=62,
)
BOOKS = NoticeKind(
    "trade.books",
    Message("Books with other nodes", {}),
    Message("The book of another node does not say what ours says.", {}),
    default="now",
    essential=True,
    roles=frozenset({STEWARD}),
    order=64,
)
KINDS = (SELLER, HUB, BOOKS)
