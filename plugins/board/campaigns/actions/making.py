"""What an organisation does with its campaigns: make, change, open, close, tell news."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import outbox, pictures
from .....core.errors import Forbidden, NotFound, Refused
from .....core.models import Space
from .....core.node import Node
from .....core.values import Message
from ..models import Campaign, Update
from ..rules import CLOSED, DONATION, DRAFT, MOST_UPDATES, OPEN, PLAIN, Plan, end_of, is_over
from .held import locked, record, today
from .telling import tell_followers, tell_public

END_JOB = "board.campaign_ends"
_OPENED = Message("%(name)s: %(title)s", {}).text


def make(
    node: Node, session: Session, space_id: int, plan: Plan, *, key: str, actor_id: int
) -> Campaign:
    """Make a draft; the same ``key`` finds the one that was made. Only for organisations."""
    space = session.get(Space, space_id, with_for_update={"key_share": True})
    if space is None or space.kind != "organisation" or space.closed_at is not None:
        raise NotFound("There is no such page here, or it was closed.")
    made = session.scalars(
        select(Campaign).where(Campaign.space_id == space_id, Campaign.key == key)
    ).one_or_none()
    if made is not None:
        return made
    plan.check(today(node))
    campaign = Campaign(
        space_id=space_id, kind=plan.kind, key=key, created_at=node.clock.now(), **_said(plan)
    )
    session.add(campaign)
    session.flush()
    record(node, session, "made", campaign.id, actor_id, title=plan.title)
    return campaign


def _said(plan: Plan) -> dict[str, Any]:
    names = ("title", "summary", "story", "ends_on", "receiver", "goal", "bring")
    return {name: getattr(plan, name) for name in names}


def change(
    node: Node, session: Session, campaign_id: int, plan: Plan, *, version: int, actor_id: int
) -> None:
    """Change what a campaign says. The receiver stays: people agreed to it."""
    campaign = locked(session, campaign_id)
    if campaign.version != version:
        raise Refused("This campaign was changed in another window. Please look at it again.")
    if campaign.state == CLOSED:
        raise Refused("This campaign has ended. Tell what is new as its news.")
    if campaign.kind == DONATION:  # its days are those of the legal notice
        plan = replace(plan, ends_on=campaign.ends_on)
    plan.check(today(node))
    if campaign.opened_at is not None and plan.receiver != campaign.receiver:
        raise Refused("People have signed for this receiver, so it cannot be changed any more.")
    for name, value in _said(plan).items():
        setattr(campaign, name, value)
    campaign.version += 1
    session.flush()
    if campaign.state == OPEN:
        _end_later(node, session, campaign)
    tell_public(node, session, campaign)
    record(node, session, "changed", campaign.id, actor_id)


def set_picture(
    node: Node, session: Session, campaign_id: int, prepared: pictures.Prepared, *, caption: str,
    actor_id: int,
) -> None:  # fmt: skip
    """Give a campaign a picture, described for those who do not see it."""
    campaign = locked(session, campaign_id)
    now = node.clock.now()
    picture = pictures.keep(session, node, prepared, caption=caption, owner_id=actor_id, at=now)
    campaign.picture_id = picture.id
    session.flush()
    tell_public(node, session, campaign)
    record(node, session, "pictured", campaign.id, actor_id)


def open_campaign(
    node: Node, session: Session, campaign_id: int, *, actor_id: int,
    kinds: Collection[str] = PLAIN,
) -> Campaign:  # fmt: skip
    """Let people take part; ``kinds`` are those for which the caller knows that all is there."""
    campaign = locked(session, campaign_id)
    if campaign.kind not in kinds:
        raise Forbidden("This campaign is opened on another page.")
    if campaign.state == OPEN:
        return campaign
    if campaign.state == CLOSED or is_over(campaign.ends_on, today(node)):
        raise Refused("Its last day has passed. Please choose another one first.")
    campaign.state, campaign.opened_at = OPEN, node.clock.now()
    campaign.version += 1
    session.flush()
    _end_later(node, session, campaign)
    tell_public(node, session, campaign)
    name = session.get_one(Space, campaign.space_id).name
    tell_followers(
        node, session, campaign, Message(_OPENED, {"name": name, "title": campaign.title}),
        campaign.summary, key=f"campaign:{campaign.id}:open", actor_id=actor_id, whose=True,
    )  # fmt: skip
    record(node, session, "opened", campaign.id, actor_id)
    return campaign


def _end_later(node: Node, session: Session, campaign: Campaign) -> None:
    if campaign.ends_on is None:
        return
    at = end_of(campaign.ends_on, ZoneInfo(node.settings.node.time_zone))
    key = f"{END_JOB}:{campaign.id}:{campaign.ends_on}"
    outbox.enqueue(session, END_JOB, {"campaign_id": campaign.id}, key=key, at=at)


def end_due(node: Node, payload: Mapping[str, Any]) -> None:
    """Close a campaign whose last day has passed, unless it was given a later one."""
    with node.db.write() as session:
        campaign = session.get(Campaign, int(payload["campaign_id"]), with_for_update=True)
        if campaign is None or campaign.state != OPEN:
            return
        if is_over(campaign.ends_on, today(node)):
            _close(node, session, campaign, None)


def close(node: Node, session: Session, campaign_id: int, *, actor_id: int) -> None:
    """End a campaign now; a second time nothing happens. A draft cannot be ended."""
    campaign = locked(session, campaign_id)
    if campaign.state == DRAFT:
        raise Refused("This campaign is not open yet.")
    if campaign.state == OPEN:
        _close(node, session, campaign, actor_id)


def _close(node: Node, session: Session, campaign: Campaign, actor_id: int | None) -> None:
    campaign.state, campaign.closed_at = CLOSED, node.clock.now()
    campaign.version += 1
    session.flush()
    tell_public(node, session, campaign)
    record(node, session, "closed", campaign.id, actor_id)


def tell_news(
    node: Node, session: Session, campaign_id: int, *, title: str, text: str, key: str,
    actor_id: int,
) -> Update:  # fmt: skip
    """Tell what is new of a campaign that was opened; the same ``key`` tells it once."""
    campaign = locked(session, campaign_id)
    if campaign.opened_at is None:
        raise Refused("This campaign is not open yet.")
    of_it = Update.campaign_id == campaign_id
    made = session.scalars(select(Update).where(of_it, Update.key == key)).one_or_none()
    if made is not None:
        return made
    if (session.scalar(select(func.count()).where(of_it)) or 0) >= MOST_UPDATES:
        raise Refused("This campaign has told as much as it can. Please write a new one.")
    update = Update(campaign_id=campaign_id, title=title, text=text, key=key, at=node.clock.now())
    session.add(update)
    session.flush()
    tell_followers(
        node, session, campaign, title, text[:500], key=f"update:{update.id}", actor_id=actor_id
    )
    record(node, session, "told", campaign.id, actor_id, update=update.id)
    return update
