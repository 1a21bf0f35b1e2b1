"""A campaign held for a change, and what is written down of what was done with it."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import NotFound, Refused
from .....core.models import Space
from .....core.node import Node
from ..models import Campaign
from ..rules import OPEN, is_over


def today(node: Node) -> date:
    """Return today in the node's time zone."""
    return node.clock.now().astimezone(ZoneInfo(node.settings.node.time_zone)).date()


def locked(session: Session, campaign_id: int) -> Campaign:
    """Return the campaign, locked until the transaction ends."""
    campaign = session.scalars(
        select(Campaign)
        .where(Campaign.id == campaign_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if campaign is None:
        raise NotFound("There is no such campaign here.")
    return campaign


def held_open(node: Node, session: Session, campaign_id: int, kind: str) -> Campaign:
    """Return the campaign, open until the transaction ends; Refused if it is not.

    Held so that people take part side by side, and only who closes it waits.
    """
    campaign = session.scalars(
        select(Campaign)
        .where(Campaign.id == campaign_id, Campaign.kind == kind)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    hidden = campaign is None or campaign.hidden_at is not None or campaign.opened_at is None
    if campaign is None or hidden or session.get_one(Space, campaign.space_id).closed_at:
        raise NotFound("There is no such campaign here.")
    if campaign.state != OPEN or is_over(campaign.ends_on, today(node)):
        raise Refused("This campaign has ended. Thank you all the same!")
    return campaign


def record(
    node: Node, session: Session, what: str, campaign_id: int, actor_id: int | None,
    **details: Any,
) -> None:  # fmt: skip
    """Write in the audit log what was done with a campaign."""
    audit.record(
        session, f"board.campaign.{what}", at=node.clock.now(), person_id=actor_id,
        subject=("campaign", campaign_id), **details,
    )  # fmt: skip
