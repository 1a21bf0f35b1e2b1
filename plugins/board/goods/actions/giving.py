"""Giving on what was promised of a sale: in the transaction that settles or corrects it.

What stands given is a function of what stands sold and of what the seller has earned there, never
of the way that led there: each fact levels it, by the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.answers import Sold
from .....core.facts import SharesReversed, SharesSettled
from .....core.node import Node
from ...campaigns import actions as campaigns
from ...campaigns.models import Campaign
from ..models import Earned, Given, Tie
from ..queries import holding
from ..rules import allotted, due, share_key


def settled(node: Node, session: Session, fact: SharesSettled) -> None:
    """Give on what sellers have agreed to give of this occasion; told twice it is given once."""
    day = fact.settled_at.astimezone(ZoneInfo(node.settings.node.time_zone)).date()
    ties = holding(session, [seller.seller_id for seller in fact.sellers], day)
    for seller in fact.sellers:
        tied = [tie for tie in ties if tie.seller_id == seller.seller_id]
        if not tied:
            continue
        earned = int(seller.split.producer)
        if not _earn(session, seller.posting, fact.occasion, seller.seller_id, earned):
            continue
        rows = [
            {"tie_id": tie.id, "occasion": fact.occasion, "title": fact.title, "units": 0,
             "won": 0}
            for tie in tied
        ]  # fmt: skip
        session.execute(insert(Given), rows)
        _level(node, session, fact.occasion, seller.seller_id, seller.posting)


def reversed_(node: Node, session: Session, fact: SharesReversed) -> None:
    """Take back what is given too much once a correction is made; told twice it is taken once."""
    known = select(Earned.posting).where(
        Earned.occasion == fact.occasion, Earned.seller_id == fact.seller_id
    )
    if session.scalar(known.limit(1)) is None:
        return  # nothing of this occasion was given on
    back = -int(fact.split.producer)
    if _earn(session, fact.posting, fact.occasion, fact.seller_id, back):
        _level(node, session, fact.occasion, fact.seller_id, fact.posting)


def _earn(session: Session, posting: str, occasion: str, seller_id: int, won: int) -> bool:
    """Note what a fact gave a seller; False if it was told before."""
    if session.get(Earned, posting) is not None:
        return False
    session.add(Earned(posting=posting, occasion=occasion, seller_id=seller_id, won=won))
    session.flush()
    return True


def _level(node: Node, session: Session, occasion: str, seller_id: int, posting: str) -> None:
    pairs = _standing(session, occasion, seller_id)
    ids = frozenset(tie.product_id for tie, _ in pairs)
    answer: Sequence[Sold] | None = node.hooks.sold(
        node=node, session=session, occasion=occasion, product_ids=ids
    )
    sold = {each.product_id: each for each in answer or () if each.seller_id == seller_id}
    earned = select(func.sum(Earned.won)).where(
        Earned.occasion == occasion, Earned.seller_id == seller_id
    )
    most = int(session.scalar(earned) or 0)
    dues = [_due(tie, sold.get(tie.product_id)) for tie, _ in pairs]
    drafts = []
    for (tie, given), won in zip(pairs, allotted(dues, most), strict=True):
        stands = sold.get(tie.product_id)
        given.units = stands.units if stands else 0
        if won != given.won:
            drafts.append(_draft(session, tie, given.title, won - given.won, posting))
            given.won = won
    session.flush()
    ledger.post(session, drafts, node.clock.now())


def _standing(session: Session, occasion: str, seller_id: int) -> list[tuple[Tie, Given]]:
    rows = session.execute(
        select(Tie, Given)
        .join(Given, Given.tie_id == Tie.id)
        .where(Given.occasion == occasion, Tie.seller_id == seller_id)
        .order_by(Tie.id)
        .with_for_update(of=Given)
        .execution_options(populate_existing=True)
    )
    return [(row[0], row[1]) for row in rows]


def _due(tie: Tie, sold: Sold | None) -> int:
    if sold is None:
        return 0
    return due(sold.units, sold.paid, per_unit=tie.per_unit, rate_bp=tie.rate_bp)


def _draft(session: Session, tie: Tie, title: str, won: int, posting: str) -> ledger.Draft:
    """Return the posting of ``won`` more, or less if it is below 0, out of the seller's share."""
    campaign = session.get_one(Campaign, tie.campaign_id)
    return ledger.Draft(
        key=share_key(tie.id, posting),
        subject=campaigns.subject_of(campaign.id),
        memo=f"{campaign.title} · {tie.product_name} · {title}"[:300],
        entries=(
            (ledger.account("producer", tie.seller_id), won),
            (ledger.account("organisation", campaign.space_id), -won),
        ),
    )
