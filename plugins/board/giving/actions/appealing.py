"""The legal notice of an appeal, without which it cannot open, and which then stands."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import outbox
from .....core.donations import Notice, check_room, counts_from
from .....core.errors import NotFound, Refused
from .....core.models import Space
from .....core.node import Node
from ...campaigns import actions as campaigns
from ...campaigns.models import Campaign
from ...campaigns.rules import DONATION, end_of
from ..models import Appeal
from ..rules import REMIND_DAYS, RESULT_DAYS
from .accounting import REMIND_JOB

_FREE = ("contact", "representative", "results", "account", "office", "registration")
"""What may be put right once people give: the others are what they gave for."""


def write_notice(
    node: Node, session: Session, campaign_id: int, notice: Notice, *, actor_id: int
) -> None:
    """Write the legal notice of a campaign; once it is open only who answers for it may change."""
    campaign = _campaign(session, campaign_id)
    notice.check()
    names = [field.name for field in fields(notice) if field.name != "reward"]
    said = {name: getattr(notice, name) for name in names}
    appeal = session.get(Appeal, campaign_id)
    if appeal is None:
        appeal = Appeal(campaign_id=campaign_id)
        session.add(appeal)
    elif campaign.opened_at is not None:
        _refuse_moved(appeal, said)
    for name, value in said.items():
        setattr(appeal, name, value)
    session.flush()
    campaigns.record(node, session, "notice", campaign_id, actor_id, registered=bool(
        notice.registration
    ))  # fmt: skip


def _campaign(session: Session, campaign_id: int) -> Campaign:
    campaign = campaigns.locked(session, campaign_id)
    if campaign.kind != DONATION:
        raise NotFound("There is no such campaign here.")
    return campaign


def _refuse_moved(appeal: Appeal, said: dict[str, object]) -> None:
    if any(getattr(appeal, name) != value for name, value in said.items() if name not in _FREE):
        raise Refused("People give for what the notice says, so purpose, sums and days stay.")
    if appeal.registration and not said["registration"]:
        raise Refused("The number of the registration stays.")


def open_appeal(node: Node, session: Session, campaign_id: int, *, actor_id: int) -> None:
    """Open a donation campaign: its notice is whole, and its goal is allowed."""
    campaign = _campaign(session, campaign_id)
    appeal = session.get(Appeal, campaign_id)
    if appeal is None:
        raise Refused("Please write the notice that the law asks for first.")
    said = {field.name: getattr(appeal, field.name) for field in fields(Notice)
            if field.name != "reward"}  # fmt: skip
    Notice(**said).check()
    if not appeal.registration:
        check_organiser(node, session, campaign.space_id, 1)
    campaign.ends_on = appeal.collect_until
    session.flush()
    campaigns.open_campaign(node, session, campaign_id, actor_id=actor_id, kinds=(DONATION,))
    due = end_of(appeal.collect_until, ZoneInfo(node.settings.node.time_zone))
    at = due + timedelta(days=RESULT_DAYS - REMIND_DAYS)
    key = f"{REMIND_JOB}:{campaign_id}"
    outbox.enqueue(session, REMIND_JOB, {"campaign_id": campaign_id}, key=key, at=at)


def check_organiser(node: Node, session: Session, space_id: int, amount: int) -> None:
    """Refuse what would bring an organiser to the amount that needs a registration, wherever on
    this node it asks; here meet two who give to different appeals of it at once."""
    query = select(Space.id).where(Space.id == space_id).with_for_update(key_share=True)
    session.execute(query).one()
    since = counts_from(campaigns.today(node))
    asked = {"node": node, "session": session, "space_id": space_id, "since": since}
    check_room(sum(node.hooks.solicited(**asked)), amount)
