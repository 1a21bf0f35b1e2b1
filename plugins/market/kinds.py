"""The kinds of notices that the market tells."""

from __future__ import annotations

from ...core.answers import NoticeKind
from ...core.values import Message

ORDER = NoticeKind(
    "market.order",
    Message("My orders: confirmations", {}),
    Message("What you have ordered, changed or withdrawn just now.", {}),
    default="now",
    essential=True,
    urgent=True,  # whoever has just ordered is awake, and wants to know that it was heard
    order=10,
)
CHANGED = NoticeKind(
    "market.changed",
    Message("My orders: when something changes", {}),
    Message("Something does not come, comes short, is cancelled, or you get money back.", {}),
    default="now",
    essential=True,
    order=12,
)
BY_ITSELF = NoticeKind(
    "market.by_itself",
    Message("Orders that are made for me", {}),
    Message("What your standing orders ordered, or what went over from an earlier round.", {}),
    default="now",
    essential=True,
    order=14,
)
BALANCE = NoticeKind(
    "market.balance",
    Message("My balance and transfers", {}),
    Message("Your transfer has arrived, or credit was paid out to you.", {}),
    order=30,
)
KINDS = (ORDER, CHANGED, BY_ITSELF, BALANCE)
