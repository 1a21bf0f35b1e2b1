"""Questions to officials: sent, read, answered or left without an answer; and the hand-over."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Ask, Campaign
from ..rules import ASK, MOST_ASKS, PETITION
from .held import locked, record, today
from .telling import tell_followers

_ANSWERED = Message("%(who)s has answered", {}).text
_HANDED = Message("The signatures were handed to %(receiver)s", {}).text


def ask(
    node: Node, session: Session, campaign_id: int, *, addressee: str, sent_on: date,
    answer_by: date, actor_id: int,
) -> Ask:  # fmt: skip
    """Note a question to an official; the same one sent on the same day is noted once."""
    campaign = _of_kind(session, campaign_id, ASK)
    if sent_on > today(node):
        raise Invalid({"sent_on": [Message("Please enter it once it is sent.", {})]})
    if answer_by < sent_on:
        raise Invalid({"answer_by": [Message("The answer comes after the question.", {})]})
    of_it = Ask.campaign_id == campaign.id
    same = select(Ask).where(of_it, Ask.addressee == addressee, Ask.sent_on == sent_on)
    made = session.scalars(same.limit(1)).one_or_none()
    if made is not None:
        return made
    if (session.scalar(select(func.count()).where(of_it)) or 0) >= MOST_ASKS:
        raise Refused("A campaign asks at most %(most)s people.", most=MOST_ASKS)
    made = Ask(campaign_id=campaign.id, addressee=addressee, sent_on=sent_on, answer_by=answer_by)
    session.add(made)
    session.flush()
    record(node, session, "asked", campaign.id, actor_id, ask=made.id)
    return made


def _of_kind(session: Session, campaign_id: int, kind: str) -> Campaign:
    campaign = locked(session, campaign_id)
    if campaign.kind != kind:
        raise NotFound("There is no such campaign here.")
    return campaign


def _of(session: Session, campaign: Campaign, ask_id: int) -> Ask:
    found = session.get(Ask, ask_id, with_for_update=True)
    if found is None or found.campaign_id != campaign.id:
        raise NotFound("There is no such question.")
    return found


def mark_read(
    node: Node, session: Session, campaign_id: int, ask_id: int, *, actor_id: int
) -> None:
    """Note that the official has read it, today."""
    campaign = _of_kind(session, campaign_id, ASK)
    found = _of(session, campaign, ask_id)
    found.read_on = found.read_on or today(node)
    record(node, session, "read", campaign.id, actor_id, ask=ask_id)


def note_answer(
    node: Node, session: Session, campaign_id: int, ask_id: int, *, answered_on: date,
    stance: str, answer: str, actor_id: int,
) -> None:  # fmt: skip
    """Note what an official answered, word for word; it can be put right, and followers are told
    once."""
    campaign = _of_kind(session, campaign_id, ASK)
    found = _of(session, campaign, ask_id)
    if not found.sent_on <= answered_on <= today(node):
        raise Invalid({"answered_on": [Message("The answer comes after the question.", {})]})
    is_first = found.answered_on is None
    found.answered_on, found.stance, found.answer = answered_on, stance, answer
    found.read_on = found.read_on or answered_on
    session.flush()
    if is_first and campaign.opened_at is not None:
        title = Message(_ANSWERED, {"who": found.addressee})
        tell_followers(
            node, session, campaign, title, answer[:500], key=f"ask:{ask_id}", actor_id=actor_id
        )
    record(node, session, "answered", campaign.id, actor_id, ask=ask_id, stance=stance)


def hand_over(node: Node, session: Session, campaign_id: int, *, actor_id: int) -> None:
    """Note that the signatures were handed to the receiver, once; the petition ends before."""
    campaign = _of_kind(session, campaign_id, PETITION)
    if campaign.closed_at is None:
        raise Refused("Please end the campaign first, so that nobody signs what is on its way.")
    if campaign.handed_over_at is not None:
        return
    campaign.handed_over_at = node.clock.now()
    session.flush()
    title = Message(_HANDED, {"receiver": campaign.receiver})
    tell_followers(
        node, session, campaign, title, campaign.summary, key=f"handed:{campaign.id}",
        actor_id=actor_id,
    )  # fmt: skip
    record(node, session, "handed_over", campaign.id, actor_id)
