"""Giving account: what the money was used for, with evidence, and the result at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import ledger, notices, pictures
from .....core.errors import Invalid, NotFound, Refused
from .....core.models import Grant
from .....core.node import Node
from .....core.notices import Notice
from .....core.values import Message
from ...campaigns import actions as campaigns
from ...campaigns.models import Campaign
from ...campaigns.rules import CLOSED
from ...kinds import GIFT, ORGANISER
from ..models import Appeal, Result, Spending
from ..queries import held, people_who_gave, sums
from ..rules import BANK, check_cost

REMIND_JOB = "board.result_due"
_RESULT = Message("What your donation did: %(title)s", {}).text
_DUE = Message("Soon the account is due: %(title)s", {}).text
_DUE_TEXT = Message(
    "Please say on the page of the campaign what came and what it was used for. Until then"
    " everyone sees that it is missing.",
    {},
).text


@dataclass(frozen=True, slots=True)
class Use:
    """Money that goes out: when, how much, what for, and what proves it."""

    spent_on: date
    amount: int
    purpose: str
    evidence: str
    is_cost: bool = False


def spend(
    node: Node, session: Session, campaign_id: int, use: Use, *, key: str, actor_id: int,
    picture: pictures.Prepared | None = None,
) -> Spending:  # fmt: skip
    """Note that money of a campaign went out, once for each ``key``; never more than there is."""
    campaign = _with_appeal(session, campaign_id)
    made = session.scalars(
        select(Spending).where(Spending.campaign_id == campaign_id, Spending.key == key)
    ).one_or_none()
    if made is not None:
        return made
    if use.spent_on > campaigns.today(node):
        raise Invalid({"spent_on": [Message("Please enter it once it is paid.", {})]})
    ledger.hold(session)
    stands = sums(session, campaign_id, campaign.space_id)
    if use.amount > stands.held:
        raise Refused("There is only so much left: %(left)s won", left=f"{stands.held:,}")
    if use.is_cost:
        check_cost(stands.raised, stands.costs, use.amount)
    made = _add(node, session, campaign, use, key, picture, actor_id)
    _post(node, session, campaign, made, actor_id)
    return made


def left(session: Session, campaign_id: int) -> int:
    """Return what a campaign can still spend."""
    space_id = session.get_one(Campaign, campaign_id).space_id
    return held(session, campaign_id, space_id)


def _with_appeal(session: Session, campaign_id: int) -> Campaign:
    campaign = campaigns.locked(session, campaign_id)
    if session.get(Appeal, campaign_id) is None:
        raise NotFound("There is no such campaign here.")
    return campaign


def _add(
    node: Node, session: Session, campaign: Campaign, use: Use, key: str,
    picture: pictures.Prepared | None, actor_id: int,
) -> Spending:  # fmt: skip
    now, kept = node.clock.now(), None
    if picture is not None:
        kept = pictures.keep(
            session, node, picture, caption=use.evidence, owner_id=actor_id, at=now
        ).id
    made = Spending(
        campaign_id=campaign.id, spent_on=use.spent_on, amount=use.amount, purpose=use.purpose,
        evidence=use.evidence, is_cost=use.is_cost, picture_id=kept, key=key, at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _post(node: Node, session: Session, campaign: Campaign, made: Spending, actor_id: int) -> None:
    account = ledger.account("organisation", campaign.space_id)
    draft = ledger.Draft(
        key=f"spending:{made.id}",
        subject=campaigns.subject_of(campaign.id),
        memo=f"{campaign.title} · {made.purpose}"[:300],
        entries=((account, made.amount), (BANK, -made.amount)),
        actor_id=actor_id,
    )
    ledger.post(session, [draft], made.at)
    campaigns.record(
        node, session, "spent", campaign.id, actor_id, spending=made.id, amount=made.amount
    )


def publish_result(
    node: Node, session: Session, campaign_id: int, text: str, *, actor_id: int
) -> Result:
    """Give account of a campaign that has ended; it stays, and whoever gave is told, once."""
    campaign = _with_appeal(session, campaign_id)
    if campaign.state != CLOSED:
        raise Refused("The account is given once the campaign has ended.")
    made = session.get(Result, campaign_id)
    if made is not None:
        raise Refused("The account stands already. What is new is told as news.")
    stands = sums(session, campaign_id, campaign.space_id)
    made = Result(
        campaign_id=campaign_id, text=text, raised=stands.raised, spent=stands.spent,
        published_at=node.clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    title = Message(_RESULT, {"title": campaign.title})
    notice = Notice(
        kind=GIFT.name, title=title, text=text[:500], url=campaigns.path_of(campaign_id),
        subject=campaigns.subject_of(campaign_id), heading=campaign.title,
        key=f"board:result:{campaign_id}",
    )  # fmt: skip
    notices.tell(node, session, people_who_gave(session, campaign_id), notice)
    campaigns.tell_followers(
        node, session, campaign, title, text[:500], key=f"result:{campaign_id}", actor_id=actor_id
    )
    campaigns.record(node, session, "accounted", campaign_id, actor_id)
    return made


def remind(node: Node, payload: Mapping[str, Any]) -> None:
    """Remind those who run a campaign of its account, a week before it is due."""
    with node.db.write() as session:
        campaign = session.get(Campaign, int(payload["campaign_id"]))
        if campaign is None or session.get(Result, campaign.id) is not None:
            return
        people = session.scalars(
            select(Grant.person_id).where(
                Grant.space_id == campaign.space_id, Grant.role.in_(("owner", "activist"))
            )
        )
        notice = Notice(
            kind=ORGANISER.name, title=Message(_DUE, {"title": campaign.title}),
            text=Message(_DUE_TEXT, {}), url=f"{campaigns.path_of(campaign.id)}/desk",
            subject=campaigns.subject_of(campaign.id), heading=campaign.title,
            key=f"board:due:{campaign.id}",
        )  # fmt: skip
        notices.tell(node, session, sorted(set(people)), notice)
