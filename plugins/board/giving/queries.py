"""What may be read of donations: sums from the ledger, names only of those who show them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from ....core import ledger
from ....core.answers import PersonalData, Series
from ....core.errors import NotFound
from ....core.models import LedgerAccount, LedgerEntry, LedgerPosting, Picture
from ....core.periods import Periods
from ....core.values import Message, Won
from ..campaigns.models import Campaign
from ..campaigns.rules import DRAFT, UNPROVEN_DAYS, digest
from .models import Appeal, Gift, Result, Spending
from .rules import ARRIVED, COUNTED, PROMISED, UNPROVEN, result_due

AnyRow = Row[*tuple[Any, ...]]
SIZE = 50


@dataclass(frozen=True, slots=True)
class Sums:
    """The won of a campaign: what came, what is promised beside it, what was spent (of it on
    collecting), what the ledger holds for it, and how many have given."""

    raised: int
    promised: int
    spent: int
    costs: int
    held: Won
    givers: int


def appeal_of(session: Session, campaign_id: int) -> Appeal | None:
    """Return the legal notice of a campaign, if it is written."""
    return session.get(Appeal, campaign_id)


def sums(session: Session, campaign_id: int, space_id: int) -> Sums:
    """Return the won of a campaign."""

    def total(column: Any, *where: Any) -> Any:
        return select(func.coalesce(func.sum(column), 0)).where(*where).scalar_subquery()

    of_it, spent = Gift.campaign_id == campaign_id, Spending.campaign_id == campaign_id
    givers = select(func.count()).where(of_it, Gift.state == ARRIVED).scalar_subquery()
    row = session.execute(
        select(
            total(Gift.amount, of_it, Gift.state == ARRIVED),
            total(Gift.amount, of_it, Gift.state == PROMISED),
            total(Spending.amount, spent),
            total(Spending.amount, spent, Spending.is_cost),
            givers,
        )
    ).one()
    raised, promised, out, costs, count = (int(each) for each in row)
    return Sums(raised, promised, out, costs, held(session, campaign_id, space_id), count)


def held(session: Session, campaign_id: int, space_id: int) -> Won:
    """Return what the ledger holds for a campaign in its organisation's account."""
    total = session.scalar(
        select(func.coalesce(func.sum(LedgerEntry.amount), 0))
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(
            LedgerPosting.subject == f"campaign:{campaign_id}",
            LedgerAccount.code == ledger.account("organisation", space_id),
        )
    )
    return Won(-int(total or 0))


def unregistered(session: Session, space_id: int | None, since: date) -> int:
    """Return what was given and promised to the organiser's appeals without registration that
    collected on that day or later; nobody else's (None) stand on the board."""
    return int(
        session.scalar(
            select(func.coalesce(func.sum(Gift.amount), 0))
            .join(Campaign, Campaign.id == Gift.campaign_id)
            .join(Appeal, Appeal.campaign_id == Campaign.id)
            .where(
                Campaign.space_id == space_id, Appeal.registration == "",
                Appeal.collect_until >= since, Gift.state.in_(COUNTED),
            )
        )
        or 0
    )  # fmt: skip


def gift(session: Session, campaign_id: int, gift_id: int, *, lock: bool = False) -> Gift:
    """Return a gift of this campaign; NotFound for another's."""
    found = session.get(Gift, gift_id, with_for_update=lock or None, populate_existing=lock)
    if found is None or found.campaign_id != campaign_id:
        raise NotFound("There is no such gift.")
    return found


def gift_by_token(session: Session, token: str, now: datetime) -> Gift:
    """Return the gift that a guest's link leads to; NotFound if it is too old."""
    found = session.scalars(select(Gift).where(Gift.token_hash == digest(token))).one_or_none()
    old = found is not None and found.state == UNPROVEN
    if found is None or (old and now - found.made_at > timedelta(days=UNPROVEN_DAYS)):
        raise NotFound("This link was used already or is too old. Please ask for a new one.")
    return found


def gifts(
    session: Session, campaign_id: int, *, before: int | None = None, limit: int = SIZE + 1
) -> Sequence[AnyRow]:
    """Return the gifts of a campaign for those who keep its books, the newest first; unproven ones
    are nobody's yet."""
    query = (
        select(*Gift.__table__.c)
        .where(Gift.campaign_id == campaign_id, Gift.state != UNPROVEN)
        .order_by(Gift.id.desc())
        .limit(limit)
    )
    return session.execute(query if before is None else query.where(Gift.id < before)).all()


def gifts_of(session: Session, person_id: int, *, limit: int = 20) -> Sequence[AnyRow]:
    """Return a person's own gifts, the newest first, with the campaign's title and account."""
    return session.execute(
        select(*Gift.__table__.c, Campaign.title, Appeal.account)
        .join(Campaign, Campaign.id == Gift.campaign_id)
        .join(Appeal, Appeal.campaign_id == Campaign.id)
        .where(Gift.person_id == person_id)
        .order_by(Gift.id.desc())
        .limit(limit)
    ).all()


def shown_givers(session: Session, campaign_id: int, *, limit: int = 50) -> Sequence[AnyRow]:
    """Return those whose money has come and who show their name: name, amount."""
    return session.execute(
        select(Gift.name, Gift.amount)
        .where(Gift.campaign_id == campaign_id, Gift.state == ARRIVED, Gift.shown, Gift.name != "")
        .order_by(Gift.id.desc())
        .limit(limit)
    ).all()


def spendings(session: Session, campaign_id: int, *, limit: int = 200) -> Sequence[AnyRow]:
    """Return what the money was used for, the newest first, with the picture of the evidence."""
    return session.execute(
        select(*Spending.__table__.c, Picture.digest, Picture.caption)
        .outerjoin(Picture, Picture.id == Spending.picture_id)
        .where(Spending.campaign_id == campaign_id)
        .order_by(Spending.id.desc())
        .limit(limit)
    ).all()


def result_of(session: Session, campaign_id: int) -> Result | None:
    """Return the account of a campaign, if it was given."""
    return session.get(Result, campaign_id)


def late_results(session: Session, campaign_ids: Collection[int], today: date) -> frozenset[int]:
    """Return those of these campaigns whose account is overdue."""
    rows = session.execute(
        select(Campaign.id, Campaign.closed_at, Appeal.collect_until)
        .join(Appeal, Appeal.campaign_id == Campaign.id)
        .outerjoin(Result, Result.campaign_id == Campaign.id)
        .where(Campaign.id.in_(campaign_ids), Campaign.state != DRAFT, Result.campaign_id.is_(None))
    )
    return frozenset(
        row.id
        for row in rows
        if today > result_due(row.collect_until, row.closed_at and row.closed_at.date())
    )


def donated(session: Session, periods: Periods) -> Series:
    """Return what came of donations in each of these periods."""
    number = periods.number(Gift.arrived_at).label("number")
    rows = session.execute(
        select(number, func.sum(Gift.amount))
        .where(periods.within(Gift.arrived_at), Gift.state == ARRIVED)
        .group_by(number)
    )
    title = Message("Donations that came", {})
    return Series("donations", title, periods.filled(rows), kind="won", order=61)


def people_who_gave(session: Session, campaign_id: int) -> list[int]:
    """Return the ids of the members whose money has come."""
    query = select(Gift.person_id).where(
        Gift.campaign_id == campaign_id, Gift.state == ARRIVED, Gift.person_id.is_not(None)
    )
    return [each for each in session.scalars(query.distinct().order_by(Gift.person_id)) if each]


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return what a person gave, for them to take along."""
    query = (
        select(Campaign.title.label("campaign"), Gift.amount, Gift.name, Gift.shown, Gift.code,
               Gift.state, Gift.made_at, Gift.arrived_at, Gift.receipt)
        .join(Campaign, Campaign.id == Gift.campaign_id)
        .where(Gift.person_id == person_id)
        .order_by(Gift.id)
    )  # fmt: skip
    return PersonalData.read(session, {"donations": query})
