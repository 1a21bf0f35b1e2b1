"""What may be done with the fund: receive the centre's shares, and give back what was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from ....core import ledger
from ....core.facts import SellerShare, SharesReversed, SharesSettled
from ....core.models import Space
from ....core.node import Node
from ..earmarks.actions import Told, post
from ..earmarks.rules import IN
from .models import Income
from .rules import CENTRE, FUND, posting, sold_by


def receive(node: Node, session: Session, fact: SharesSettled) -> None:
    """Move the centre's share of every seller's sales into the fund, once for each posting."""
    givers = [seller for seller in fact.sellers if seller.split.centre]
    kinds = _kinds(session, {seller.seller_id for seller in givers})
    told = [Told(_draft(fact, seller), IN, kinds[seller.seller_id]) for seller in givers]
    post(node, session, told)
    _note_sources(session, fact, givers)


def _kinds(session: Session, seller_ids: set[int]) -> dict[int, str]:
    """Return by which way each seller's sales bring money: rounds, its shop, another node."""
    found = session.execute(
        select(Space.id, Space.kind, Space.home).where(Space.id.in_(seller_ids))
    )
    return {row.id: sold_by(row.kind, row.home) for row in found}


def _draft(fact: SharesSettled, seller: SellerShare) -> ledger.Draft:
    return ledger.Draft(
        key=posting(seller.posting),
        subject=fact.occasion,
        memo=f"{fact.title} · {seller.seller_name}"[:300],
        entries=((CENTRE, seller.split.centre), (FUND, -seller.split.centre)),
    )


def _note_sources(session: Session, fact: SharesSettled, givers: Sequence[SellerShare]) -> None:
    known = set(session.scalars(select(Income.posting).where(Income.occasion == fact.occasion)))
    rows = [_source(fact, seller) for seller in givers]
    fresh = [row for row in rows if row["posting"] not in known]
    if fresh:
        session.execute(insert(Income), fresh)


def _source(fact: SharesSettled, seller: SellerShare) -> dict[str, Any]:
    return {
        "posting": posting(seller.posting),
        "occasion": fact.occasion,
        "title": fact.title,
        "hub_id": fact.hub_id,
        "hub_name": fact.hub_name,
        "seller_id": seller.seller_id,
        "seller_name": seller.seller_name,
    }


def give_back(node: Node, session: Session, fact: SharesReversed) -> None:
    """Give the centre what a correction took back of its share, once for each posting."""
    if not fact.split.centre:
        return
    key = posting(fact.posting)
    draft = ledger.Draft(
        key=key,
        subject=fact.occasion,
        memo=f"{fact.title} · {fact.seller_name}"[:300],
        entries=((FUND, fact.split.centre), (CENTRE, -fact.split.centre)),
    )
    kind = _kinds(session, {fact.seller_id})[fact.seller_id]
    # Less income, and no expense: it was never ours.
    if not post(node, session, [Told(draft, IN, kind)]):
        return
    source = {
        "posting": key,
        "occasion": fact.occasion,
        "title": fact.title,
        "hub_id": fact.hub_id,
        "hub_name": session.get_one(Space, fact.hub_id).name,
        "seller_id": fact.seller_id,
        "seller_name": fact.seller_name,
    }
    session.execute(insert(Income), source)
