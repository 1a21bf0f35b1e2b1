"""Keeping the books of donations: money that has come, that goes back, that will not come."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.errors import Refused
from .....core.models import LedgerPosting
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import Message
from ...campaigns import actions as campaigns
from ...campaigns.models import Campaign
from ...kinds import GIFT
from ..models import Gift
from ..queries import gift, held
from ..rules import ARRIVED, BANK, DROPPED, PROMISED, RETURNED, posting_key

_CAME = Message("Your donation has arrived: %(title)s", {}).text
_CAME_TEXT = Message("%(amount)s won. Thank you! You see there what it is used for.", {}).text
_BACK = Message("Your donation goes back to you: %(title)s", {}).text
_BACK_TEXT = Message("%(amount)s won are sent back to you.", {}).text


def arrive(node: Node, session: Session, campaign_id: int, gift_id: int, *, actor_id: int) -> Gift:
    """Note that the money of a gift is on the bank account, once, and give it its receipt."""
    campaign = campaigns.locked(session, campaign_id)
    found = gift(session, campaign_id, gift_id, lock=True)
    if found.state == ARRIVED:
        return found
    if found.state != PROMISED:
        raise Refused("This gift does not wait to arrive.")
    now = node.clock.now()
    draft = ledger.Draft(
        key=posting_key(found.id),
        subject=campaigns.subject_of(campaign_id),
        memo=f"{campaign.title} · {found.code}"[:300],
        entries=((BANK, found.amount), (_account(campaign), -found.amount)),
        actor_id=actor_id,
    )
    ledger.post(session, [draft], now)
    found.state, found.arrived_at = ARRIVED, now
    if found.wants_receipt:  # the ledger's lock is held: no two get the same number
        found.receipt = int(session.scalar(select(func.max(Gift.receipt))) or 0) + 1
    session.flush()
    _tell(node, session, campaign, found, _CAME, _CAME_TEXT, "came")
    _record(node, session, "arrived", found, actor_id)
    return found


def _account(campaign: Campaign) -> str:
    return ledger.account("organisation", campaign.space_id)


def give_back(
    node: Node, session: Session, campaign_id: int, gift_id: int, *, actor_id: int
) -> None:
    """Take a gift out of the books again, by a reversal; Refused once its money is spent."""
    campaign = campaigns.locked(session, campaign_id)
    found = gift(session, campaign_id, gift_id, lock=True)
    if found.state == RETURNED:
        return
    if found.state != ARRIVED:
        raise Refused("The money of this gift has not arrived.")
    ledger.hold(session)
    if held(session, campaign_id, campaign.space_id) < found.amount:
        raise Refused("This money is spent already and cannot be given back.")
    posted = session.scalars(
        select(LedgerPosting.id).where(LedgerPosting.key == posting_key(found.id))
    ).one()
    now = node.clock.now()
    memo = f"{campaign.title} · {found.code}"[:300]
    ledger.reverse(session, posted, memo=memo, at=now, actor_id=actor_id)
    found.state, found.returned_at = RETURNED, now
    session.flush()
    _tell(node, session, campaign, found, _BACK, _BACK_TEXT, "back")
    _record(node, session, "returned", found, actor_id)


def drop(
    node: Node, session: Session, campaign_id: int, gift_id: int, *, actor_id: int | None
) -> None:
    """Give a promise up that will not come: it does not count any more."""
    campaigns.locked(session, campaign_id)
    found = gift(session, campaign_id, gift_id, lock=True)
    if found.state == DROPPED:
        return
    if found.state != PROMISED:
        raise Refused("This gift does not wait to arrive.")
    found.state = DROPPED
    session.flush()
    _record(node, session, "dropped", found, actor_id)


def _record(node: Node, session: Session, what: str, found: Gift, actor_id: int | None) -> None:
    campaigns.record(
        node, session, what, found.campaign_id, actor_id, gift=found.id, amount=found.amount
    )


def _tell(
    node: Node, session: Session, campaign: Campaign, found: Gift, title: str, text: str, key: str
) -> None:
    if found.person_id is None:
        return
    notice = Notice(
        kind=GIFT.name,
        title=Message(title, {"title": campaign.title}),
        text=Message(text, {"amount": f"{found.amount:,}"}),
        url=campaigns.path_of(campaign.id),
        subject=campaigns.subject_of(campaign.id),
        heading=campaign.title,
        key=f"board:gift:{found.id}:{key}",
    )
    tell(node, session, found.person_id, notice)
