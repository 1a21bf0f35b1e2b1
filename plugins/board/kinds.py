"""The kinds of notices that the board tells."""

from __future__ import annotations

from ...core.answers import NoticeKind
from ...core.values import Message

CAMPAIGN = NoticeKind(
    "board.campaign",
    Message("Campaigns that I follow", {}),
    Message("A campaign opens or has news, or an official has answered.", {}),
    order=60,
)
GIFT = NoticeKind(
    "board.gift",
    Message("My donations", {}),
    Message("Your money has arrived, or the account of what it was used for is there.", {}),
    default="now",
    order=61,
)
TIE = NoticeKind(
    "board.tie",
    Message("My goods in a campaign", {}),
    Message("A campaign asks for a part of what a product of yours brings.", {}),
    default="now",
    roles=frozenset({"owner"}),
    order=62,
)
ORGANISER = NoticeKind(
    "board.organiser",
    Message("Campaigns that I run", {}),
    Message("A seller has answered, or the account of a campaign is due.", {}),
    default="now",
    roles=frozenset({"owner", "activist"}),
    order=63,
)
CAMPAIGN_KINDS = (CAMPAIGN, GIFT, TIE, ORGANISER)
