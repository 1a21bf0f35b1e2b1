"""Telling of a campaign: other plugins, the search, and those who follow it or its organisation."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from .....core import follows, search
from .....core.facts import ThingPublished, ThingWithdrawn
from .....core.models import Picture
from .....core.node import Node
from .....core.notices import Notice
from .....core.values import Message
from ...kinds import CAMPAIGN
from ..models import Campaign
from ..rules import end_of


def subject_of(campaign_id: int) -> str:
    """Return by what a campaign is named everywhere."""
    return f"campaign:{campaign_id}"


def path_of(campaign_id: int) -> str:
    """Return the path of a campaign's page."""
    return f"/campaigns/{campaign_id}"


def tell_public(node: Node, session: Session, campaign: Campaign) -> None:
    """Tell that a campaign can be read, or says something else now; nothing of one that cannot."""
    search.changed(session, "campaign", campaign.id)
    if campaign.opened_at is None or campaign.hidden_at is not None:
        return
    picture = session.get(Picture, campaign.picture_id or 0)
    fact = ThingPublished(
        subject=subject_of(campaign.id),
        kind="campaign",
        author=f"space:{campaign.space_id}",
        title=campaign.title,
        path=path_of(campaign.id),
        at=campaign.opened_at,
        text=campaign.summary,
        picture=picture.digest if picture else "",
        caption=picture.caption if picture else "",
        ends_at=_end(node, campaign),
    )
    node.hooks.thing_published(node=node, session=session, fact=fact)


def _end(node: Node, campaign: Campaign) -> datetime | None:
    if campaign.ends_on is None:
        return None
    return end_of(campaign.ends_on, ZoneInfo(node.settings.node.time_zone))


def tell_withdrawn(node: Node, session: Session, campaign: Campaign) -> None:
    """Tell that a campaign cannot be read any more."""
    search.changed(session, "campaign", campaign.id)
    if campaign.opened_at is None:
        return
    fact = ThingWithdrawn(subject_of(campaign.id), f"space:{campaign.space_id}", node.clock.now())
    node.hooks.thing_withdrawn(node=node, session=session, fact=fact)


def tell_followers(
    node: Node, session: Session, campaign: Campaign, title: Message | str, text: Message | str, *,
    key: str, actor_id: int | None, whose: bool = False,
) -> None:  # fmt: skip
    """Tell those who follow a campaign (``whose``: its organisation) what is new."""
    subject = subject_of(campaign.id)
    notice = Notice(
        kind=CAMPAIGN.name, title=title, text=text, key=f"board:{key}", url=path_of(campaign.id),
        subject=subject, heading=campaign.title,
    )  # fmt: skip
    followed = f"space:{campaign.space_id}" if whose else subject
    follows.tell(node, session, followed, notice, but=actor_id)
