"""Campaigns as things that can be reported, followed, and kept from being seen."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import search
from .....core.answers import Thing
from .....core.facts import ThingHidden
from .....core.models import Grant, Space
from .....core.node import Node
from .....core.values import Message
from ..models import Campaign
from ..rules import DRAFT, OPEN
from .telling import path_of, subject_of, tell_public, tell_withdrawn

_MOST = 100
"""So many campaigns of one page are told of anew when the page changes."""


def _number(subject: str) -> int | None:
    kind, _, number = subject.partition(":")
    return int(number) if kind == "campaign" and number.isdecimal() and len(number) < 10 else None


def thing(session: Session, subject: str) -> Thing | None:
    """Return the campaign that a subject names, with who runs its organisation's page."""
    number = _number(subject)
    campaign = None if number is None else session.get(Campaign, number)
    if campaign is None or campaign.state == DRAFT:
        return None
    people = session.scalars(select(Grant.person_id).where(Grant.space_id == campaign.space_id))
    return Thing(
        subject_of(campaign.id), Message("Campaign", {}), campaign.title, path_of(campaign.id),
        frozenset(people), can_follow=campaign.hidden_at is None,
    )  # fmt: skip


def listen(node: Node, session: Session, fact: ThingHidden) -> None:
    """Keep a campaign from being seen and taken part in, or show it again."""
    number = _number(fact.subject)
    campaign = None if number is None else session.get(Campaign, number, with_for_update=True)
    if campaign is None or fact.hidden is (campaign.hidden_at is not None):
        return
    campaign.hidden_at = node.clock.now() if fact.hidden else None
    session.flush()
    if fact.hidden:
        tell_withdrawn(node, session, campaign)
    else:
        tell_public(node, session, campaign)


def space_changed(node: Node, session: Session, space_id: int) -> None:
    """Let the campaigns of a page that was closed, opened or renamed be read anew: those of a
    closed one are gone for everyone."""
    of_it = Campaign.space_id == space_id
    search.all_changed(session, "campaign", select(Campaign.id).where(of_it))
    closed = session.get_one(Space, space_id).closed_at is not None
    open_ones = select(Campaign).where(of_it, Campaign.state == OPEN).order_by(Campaign.id.desc())
    for campaign in session.scalars(open_ones.limit(_MOST)).all():
        (tell_withdrawn if closed else tell_public)(node, session, campaign)


def subject_urls(subjects: frozenset[str]) -> list[tuple[str, str]]:
    """Return those subjects of postings that are campaigns, with the paths of their pages."""
    found = ((subject, _number(subject)) for subject in subjects)
    return [(subject, path_of(number)) for subject, number in found if number is not None]
