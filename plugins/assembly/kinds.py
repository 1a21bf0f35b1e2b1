"""The kinds of notices that rounds tell, beside those on orders, which are the market's."""

from __future__ import annotations

from ...core.answers import NoticeKind
from ...core.values import Message

COLLECT = NoticeKind(
    "assembly.collect",
    Message("Collecting my order", {}),
    Message("It is ready, it still waits for you, or nobody came for it.", {}),
    default="now",
    essential=True,
    order=16,
)
NEAR = NoticeKind(
    "assembly.near",
    Message("Before orders close", {}),
    Message("Something lies in your basket, or you can still change what you ordered.", {}),
    default="now",
    order=18,
)
SHIFT = NoticeKind(
    "assembly.shift",
    Message("Helping at the hub", {}),
    Message("A shift of yours is tomorrow, moved or called off, or somebody took your place.", {}),
    default="now",
    order=40,
)
PRODUCER = NoticeKind(
    "assembly.producer",
    Message("Orders of my goods", {}),
    Message("Your order sheet is here, or too little was ordered.", {}),
    default="now",
    essential=True,
    roles=frozenset({"owner"}),
    order=50,
)
HUB = NoticeKind(
    "assembly.hub",
    Message("Rounds that I host", {}),
    Message("Producers that stayed below their minimum.", {}),
    default="now",
    roles=frozenset({"activist"}),
    order=52,
)
MONEY = NoticeKind(
    "assembly.money",
    Message("Settlements and payouts", {}),
    Message("A round is settled, money is sent to you, or the bank sent it back.", {}),
    roles=frozenset({"owner", "activist"}),
    order=54,
)
KINDS = (COLLECT, NEAR, SHIFT, PRODUCER, HUB, MONEY)
