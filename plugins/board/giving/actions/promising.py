"""Promising money: a code to write on the transfer, and the limit that the law sets."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import NotFound, Refused, TooMany
from .....core.node import Node
from .....core.rights import letters
from .....core.values import Message
from ...campaigns import actions as campaigns
from ...campaigns.models import Campaign
from ...campaigns.rules import DONATION, digest
from ..models import Appeal, Gift
from ..queries import gift_by_token
from ..rules import (
    LETTERS,
    MOST_WAITING,
    NAMED,
    NAMELESS,
    PROMISED,
    UNPROVEN,
)
from .appealing import check_organiser


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to give, and how they are told; ``key`` makes one form one gift.

    ``person_id`` is None for a guest, who has an ``email``.
    """

    amount: int
    way: str
    wants_receipt: bool
    key: str
    name: str
    email: str = ""
    person_id: int | None = None
    language: str = "ko"


def promise(node: Node, session: Session, campaign_id: int, wish: Wish, *, token: str = "") -> Gift:
    """Note that somebody will send money; a guest's counts once the link of the letter is used.

    Refused where the law wants a registration first; without a name there is no receipt.
    """
    if wish.person_id is not None and members.stays(session, wish.person_id) is None:
        raise NotFound("There is no such campaign here.")
    campaign = campaigns.held_open(node, session, campaign_id, DONATION)
    _check_begun(node, session, campaign)
    made = _made(session, campaign, wish)
    if made is not None:
        return made
    _refuse_many(session, campaign, wish)
    if wish.person_id is not None:
        _check_room(node, session, campaign, wish.amount)
    gift, is_new = _add(node, session, campaign, wish, token)
    if is_new and token:
        _letter(node, session, campaign, gift, wish, token)
    if is_new:
        campaigns.record(
            node, session, "promised", campaign_id, wish.person_id, gift=gift.id,
            amount=gift.amount,
        )  # fmt: skip
    return gift


def _made(session: Session, campaign: Campaign, wish: Wish) -> Gift | None:
    same = select(Gift).where(Gift.campaign_id == campaign.id, Gift.key == wish.key)
    return session.scalars(same).one_or_none()


def _refuse_many(session: Session, campaign: Campaign, wish: Wish) -> None:
    mine = Gift.email == wish.email if wish.person_id is None else Gift.person_id == wish.person_id
    waiting = select(func.count()).where(
        Gift.campaign_id == campaign.id, mine, Gift.state.in_((UNPROVEN, PROMISED))
    )
    if (session.scalar(waiting) or 0) >= MOST_WAITING:
        raise TooMany("Several of your gifts wait to arrive already. Please send those first.")


def _check_begun(node: Node, session: Session, campaign: Campaign) -> None:
    begins = session.get_one(Appeal, campaign.id).collect_from
    if campaigns.today(node) < begins:
        raise Refused("Money is collected from %(day)s on.", day=str(begins))


def _check_room(node: Node, session: Session, campaign: Campaign, amount: int) -> None:
    appeal = session.get_one(Appeal, campaign.id)
    if not appeal.registration:
        check_organiser(node, session, campaign.space_id, amount)


def _add(
    node: Node, session: Session, campaign: Campaign, wish: Wish, token: str
) -> tuple[Gift, bool]:
    named = wish.way != NAMELESS
    gift = Gift(
        campaign_id=campaign.id, person_id=wish.person_id, amount=wish.amount, key=wish.key,
        name=wish.name if named else "", email=wish.email, shown=named and wish.way == NAMED,
        wants_receipt=named and bool(wish.name) and wish.wants_receipt,
        code=node.random.code(7, LETTERS), state=UNPROVEN if token else PROMISED,
        token_hash=digest(token) if token else None, made_at=node.clock.now(),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(gift)
            session.flush()
    except IntegrityError:
        made = _made(session, campaign, wish)
        if made is None:  # the code of another gift, once in ten thousand million
            raise TooMany("Something went wrong. Please press the button again.") from None
        return made, False
    return gift, True


_PROVE = Message("%(node)s: your donation", {}).text
_PROVE_TEXT = Message(
    "Hello,\n\nsomebody, we hope you, wants to give %(amount)s won for “%(title)s”. Please open"
    " this page and press the button; then you see where to send the money:\n\n%(url)s\n\nPlease"
    " keep this letter: on the same page you see whether it has arrived, and get your receipt. If"
    " it was not you, please do nothing.",
    {},
).text


def _letter(
    node: Node, session: Session, campaign: Campaign, gift: Gift, wish: Wish, token: str
) -> None:
    letters.post(
        node, session, to=wish.email, language=wish.language, subject=_PROVE, text=_PROVE_TEXT,
        key=f"board-gift:{gift.id}", amount=f"{gift.amount:,}", title=campaign.title,
        url=letters.address(node, f"/gifts/{token}"),
    )  # fmt: skip


def confirm(node: Node, session: Session, token: str) -> None:
    """Take it that a guest reads the mail of their address: the promise counts from now on."""
    found = gift_by_token(session, token, node.clock.now())
    if found.state != UNPROVEN:
        return
    campaign = campaigns.held_open(node, session, found.campaign_id, DONATION)
    _check_room(node, session, campaign, found.amount)
    session.refresh(found, with_for_update=True)
    if found.state != UNPROVEN:
        return  # pressed twice
    found.state = PROMISED
    session.flush()
    campaigns.record(
        node, session, "promised", campaign.id, None, gift=found.id, amount=found.amount
    )
