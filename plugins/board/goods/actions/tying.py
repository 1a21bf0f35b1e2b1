"""Asking a seller for a part of what a product brings, and the seller's answer."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.answers import Thing
from .....core.errors import Invalid, NotFound, Refused
from .....core.models import Grant, Space
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import Message
from ...campaigns import actions as campaigns
from ...campaigns.models import Campaign
from ...campaigns.rules import CLOSED, GOODS, is_over
from ...kinds import ORGANISER, TIE
from ..models import Tie
from ..rules import AGREED, DECLINED, ENDED, MOST_TIES, PROPOSED, Terms

_ASKED = Message("Will you give a part of it? %(name)s", {}).text
_ASKED_TEXT = Message(
    "“%(title)s” asks you for a part of what this product brings. Nothing counts before you agree.",
    {},
).text
_YES = Message("%(name)s gives a part of it", {}).text
_NO = Message("%(name)s does not take part", {}).text
_OVER = Message("%(name)s has ended the agreement", {}).text


def propose(
    node: Node, session: Session, campaign_id: int, product_id: int, terms: Terms, *, actor_id: int
) -> Tie:
    """Ask the seller of a product; asked for again it stays one. Declined, it may be asked anew."""
    campaign = campaigns.locked(session, campaign_id)
    if campaign.kind != GOODS:
        raise NotFound("There is no such campaign here.")
    if campaign.state == CLOSED:
        raise Refused("This campaign has ended. Tell what is new as its news.")
    terms.check(campaigns.today(node))
    of_it = Tie.campaign_id == campaign_id
    tie = session.scalars(select(Tie).where(of_it, Tie.product_id == product_id)).one_or_none()
    if tie is not None and tie.state != DECLINED:
        return tie
    if (session.scalar(select(func.count()).where(of_it)) or 0) >= MOST_TIES:
        raise Refused("A campaign holds at most %(most)s products.", most=MOST_TIES)
    product, seller = _product(node, session, product_id)
    if tie is None:
        tie = Tie(campaign_id=campaign_id, product_id=product_id)
        session.add(tie)
    tie.seller_id, tie.product_name, tie.product_path = seller.id, product.title, product.url
    tie.per_unit, tie.rate_bp = terms.per_unit, terms.rate_bp
    tie.from_on, tie.until_on = terms.from_on, terms.until_on
    tie.state, tie.proposed_at, tie.decided_at = PROPOSED, node.clock.now(), None
    session.flush()
    _tell_seller(node, session, campaign, tie)
    campaigns.record(node, session, "proposed", campaign_id, actor_id, tie=tie.id)
    return tie


def _product(node: Node, session: Session, product_id: int) -> tuple[Thing, Space]:
    product = node.hooks.thing(node=node, session=session, subject=f"product:{product_id}")
    seller = session.get(Space, product.space_id or 0) if product is not None else None
    if product is None or seller is None or seller.closed_at is not None:
        raise Invalid({"product": [Message("There is no such product here.", {})]})
    if seller.home:
        raise Invalid(
            {"product": [Message("Its seller is at home on another node and cannot agree.", {})]}
        )
    return product, seller


def _holders(session: Session, space_id: int, *roles: str) -> list[int]:
    query = select(Grant.person_id).where(Grant.space_id == space_id, Grant.role.in_(roles))
    return sorted(set(session.scalars(query)))


def _tell_seller(node: Node, session: Session, campaign: Campaign, tie: Tie) -> None:
    notice = Notice(
        kind=TIE.name,
        title=Message(_ASKED, {"name": tie.product_name}),
        text=Message(_ASKED_TEXT, {"title": campaign.title}),
        url=f"/ties/{tie.id}",
        subject=campaigns.subject_of(campaign.id),
        heading=campaign.title,
        key=f"board:tie:{tie.id}:{tie.proposed_at.isoformat()}",
    )
    tell(node, session, _holders(session, tie.seller_id, "owner"), notice)


def withdraw(node: Node, session: Session, campaign_id: int, tie_id: int, *, actor_id: int) -> None:
    """Take a question back that the seller has not answered yet."""
    campaigns.locked(session, campaign_id)
    tie = _locked(session, tie_id)
    if tie.campaign_id != campaign_id:
        raise NotFound("There is no such agreement.")
    if tie.state not in (PROPOSED, DECLINED):
        raise Refused("The seller has agreed, and only the seller can end it.")
    session.delete(tie)
    session.flush()
    campaigns.record(node, session, "unproposed", campaign_id, actor_id, tie=tie_id)


def _locked(session: Session, tie_id: int) -> Tie:
    tie = session.get(Tie, tie_id, with_for_update=True, populate_existing=True)
    if tie is None:
        raise NotFound("There is no such agreement.")
    return tie


def decide(node: Node, session: Session, tie_id: int, *, agreed: bool, actor_id: int) -> None:
    """Agree or decline, as the seller; what was agreed to stands from then on as it was shown."""
    tie = _locked(session, tie_id)
    wanted = AGREED if agreed else DECLINED
    if tie.state == wanted:
        return
    if tie.state != PROPOSED:
        raise Refused("You have answered this already.")
    if agreed and is_over(tie.until_on, campaigns.today(node)):
        raise Refused("Its last day has passed.")
    tie.state, tie.decided_at, tie.decided_by = wanted, node.clock.now(), actor_id
    session.flush()
    _answered(node, session, tie, _YES if agreed else _NO, wanted, actor_id)


def end(node: Node, session: Session, tie_id: int, *, actor_id: int) -> None:
    """End an agreement, as the seller: what is settled from now on gives nothing more."""
    tie = _locked(session, tie_id)
    if tie.state == ENDED:
        return
    if tie.state != AGREED:
        raise Refused("There is no agreement to end.")
    tie.state, tie.ended_at = ENDED, node.clock.now()
    session.flush()
    _answered(node, session, tie, _OVER, ENDED, actor_id)


def _answered(node: Node, session: Session, tie: Tie, title: str, what: str, actor_id: int) -> None:
    campaign = session.get_one(Campaign, tie.campaign_id)
    notice = Notice(
        kind=ORGANISER.name,
        title=Message(title, {"name": session.get_one(Space, tie.seller_id).name}),
        text=tie.product_name,
        url=f"{campaigns.path_of(campaign.id)}/desk",
        subject=campaigns.subject_of(campaign.id),
        heading=campaign.title,
        key=f"board:tie:{tie.id}:{what}",
    )
    tell(node, session, _holders(session, campaign.space_id, "owner", "activist"), notice)
    campaigns.record(node, session, f"tie_{what}", campaign.id, actor_id, tie=tie.id)


def open_goods(node: Node, session: Session, campaign_id: int, *, actor_id: int) -> None:
    """Open a campaign of public-interest goods, once a seller has agreed."""
    campaigns.locked(session, campaign_id)
    agreed = select(Tie.id).where(Tie.campaign_id == campaign_id, Tie.state == AGREED)
    if session.scalar(agreed.limit(1)) is None:
        raise Refused("It opens as soon as one seller has agreed. Please ask one first.")
    campaigns.open_campaign(node, session, campaign_id, actor_id=actor_id, kinds=(GOODS,))
