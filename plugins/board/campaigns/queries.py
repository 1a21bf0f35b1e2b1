"""What may be read of campaigns; names only of those who chose to show them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select, union_all
from sqlalchemy.orm import Session

from ....core.answers import Joined, PersonalData, Series
from ....core.documents import Document, Feed, FeedEntry, Searchable
from ....core.errors import NotFound
from ....core.models import Person, Picture, Space
from ....core.periods import Periods
from ....core.search import EVERYONE
from ....core.values import Message, Text
from .models import Ask, Campaign, Need, Pledge, Signature, Update
from .rules import DRAFT, OPEN, UNPROVEN_DAYS, digest

AnyRow = Row[*tuple[Any, ...]]
SIZE = 12
_NO_CAMPAIGN = "There is no such campaign here."

_SIGNED = (
    select(func.count())
    .where(Signature.campaign_id == Campaign.id, Signature.counted_at.is_not(None))
    .scalar_subquery()
)
_ROWS: Select[Any] = (
    select(
        *Campaign.__table__.c,
        Space.slug.label("space_slug"),
        Space.name.label("space_name"),
        Space.closed_at.label("space_closed_at"),
        Picture.digest,
        Picture.width,
        Picture.height,
        Picture.caption,
        _SIGNED.label("signed"),
    )
    .join(Space, Space.id == Campaign.space_id)
    .outerjoin(Picture, Picture.id == Campaign.picture_id)
)
_PUBLIC = (Campaign.state != DRAFT, Campaign.hidden_at.is_(None), Space.closed_at.is_(None))


def campaigns(
    session: Session, *, state: str | None = None, kind: str | None = None,
    space_id: int | None = None, drafts: bool = False, before: int | None = None,
    limit: int = SIZE + 1,
) -> Sequence[AnyRow]:  # fmt: skip
    """Return campaigns, the newest first, below the id ``before``; with ``drafts`` also those of
    ``space_id`` that are not public."""
    query = _ROWS.order_by(Campaign.id.desc()).limit(limit)
    query = query if drafts and space_id is not None else query.where(*_PUBLIC)
    for column, wanted in (
        (Campaign.state, state), (Campaign.kind, kind), (Campaign.space_id, space_id),
    ):  # fmt: skip
        query = query if wanted is None else query.where(column == wanted)
    return session.execute(query if before is None else query.where(Campaign.id < before)).all()


def campaign_page(session: Session, campaign_id: int) -> AnyRow:
    """Return one campaign whatever its state; NotFound if there is none."""
    found: AnyRow | None = session.execute(_ROWS.where(Campaign.id == campaign_id)).one_or_none()
    if found is None:
        raise NotFound(_NO_CAMPAIGN)
    return found


def some_campaigns(session: Session, ids: Collection[int]) -> Sequence[AnyRow]:
    """Return these campaigns whatever their state."""
    return session.execute(_ROWS.where(Campaign.id.in_(ids)).order_by(Campaign.id)).all()


def is_public(campaign: AnyRow) -> bool:
    """Say whether everyone may see a campaign."""
    return (
        campaign.state != DRAFT and campaign.hidden_at is None and campaign.space_closed_at is None
    )


def shown_names(session: Session, campaign_id: int, *, limit: int = 30) -> Sequence[AnyRow]:
    """Return the last names that signers chose to show: name, counted_at."""
    return session.execute(
        select(Signature.name, Signature.counted_at)
        .where(
            Signature.campaign_id == campaign_id, Signature.shown, Signature.name != "",
            Signature.counted_at.is_not(None),
        )
        .order_by(Signature.counted_at.desc(), Signature.id.desc())
        .limit(limit)
    ).all()  # fmt: skip


def signature_of(session: Session, campaign_id: int, person_id: int) -> Signature | None:
    """Return a member's own signature."""
    return session.scalars(
        select(Signature).where(
            Signature.campaign_id == campaign_id, Signature.person_id == person_id
        )
    ).one_or_none()


def signature_by_token(session: Session, token: str, now: datetime) -> Signature:
    """Return the signature that a guest's link leads to; NotFound if it is too old."""
    found = session.scalars(
        select(Signature).where(Signature.token_hash == digest(token))
    ).one_or_none()
    too_old = found is not None and (
        found.counted_at is None and now - found.made_at > timedelta(days=UNPROVEN_DAYS)
    )
    if found is None or too_old:
        raise NotFound("This link was used already or is too old. Please ask for a new one.")
    return found


def hand_over_list(session: Session, campaign_id: int) -> Sequence[AnyRow]:
    """Return the names that may be handed to the receiver, in the order in which they signed:
    name, counted_at."""
    return session.execute(
        select(Signature.name, Signature.counted_at)
        .where(
            Signature.campaign_id == campaign_id, Signature.handed_on, Signature.name != "",
            Signature.counted_at.is_not(None),
        )
        .order_by(Signature.counted_at, Signature.id)
    ).all()  # fmt: skip


def asks(session: Session, campaign_id: int) -> Sequence[AnyRow]:
    """Return the questions of a campaign, the first sent first."""
    query = select(*Ask.__table__.c).where(Ask.campaign_id == campaign_id)
    return session.execute(query.order_by(Ask.sent_on, Ask.id)).all()


def needs(session: Session, campaign_id: int, person_id: int | None = None) -> Sequence[AnyRow]:
    """Return what is collected: id, name, wanted, ``pledged``, ``received``, ``mine`` (what the
    person pledged, 0 for none)."""

    def total(*where: Any) -> Any:
        query = select(func.coalesce(func.sum(Pledge.quantity), 0))
        return query.where(Pledge.need_id == Need.id, *where).scalar_subquery()

    return session.execute(
        select(
            *Need.__table__.c,
            total().label("pledged"),
            total(Pledge.received_at.is_not(None)).label("received"),
            total(Pledge.person_id == (person_id or 0)).label("mine"),
        )
        .where(Need.campaign_id == campaign_id)
        .order_by(Need.id)
    ).all()


def pledges(session: Session, campaign_id: int) -> Sequence[AnyRow]:
    """Return who brings what, for those who run the campaign: id, need, quantity, name, phone,
    received_at; at most 500, what is awaited first."""
    return session.execute(
        select(Pledge.id, Need.name.label("need"), Pledge.quantity, Pledge.received_at,
               Pledge.made_at, Person.name, Person.phone)
        .join(Need, Need.id == Pledge.need_id)
        .outerjoin(Person, Person.id == Pledge.person_id)
        .where(Need.campaign_id == campaign_id)
        .order_by(Pledge.received_at.is_not(None), Pledge.id)
        .limit(500)
    ).all()  # fmt: skip


def updates(
    session: Session, campaign_id: int, *, before: int | None = None, limit: int = 11
) -> Sequence[AnyRow]:
    """Return the news of a campaign, the newest first."""
    query = select(*Update.__table__.c).where(Update.campaign_id == campaign_id)
    query = query.order_by(Update.id.desc()).limit(limit)
    return session.execute(query if before is None else query.where(Update.id < before)).all()


def joined(session: Session, person_id: int, *, limit: int = 10) -> Sequence[AnyRow]:
    """Return the campaigns that somebody signed or brings something to, the newest first."""
    signed = select(Signature.campaign_id).where(Signature.person_id == person_id)
    brought = select(Need.campaign_id).join(Pledge, Pledge.need_id == Need.id)
    mine = Campaign.id.in_(signed) | Campaign.id.in_(brought.where(Pledge.person_id == person_id))
    return session.execute(
        _ROWS.where(mine, *_PUBLIC).order_by(Campaign.id.desc()).limit(limit)
    ).all()


def took_part(
    session: Session, person_id: int, since: datetime, until: datetime
) -> Sequence[Joined]:
    """Return the campaigns that a person signed or promised to bring something to between two
    instants, as lines of their own calendar."""
    signed = (
        select(Signature.counted_at.label("at"), Campaign.id, Campaign.title)
        .join(Campaign, Campaign.id == Signature.campaign_id)
        .where(Signature.person_id == person_id, Signature.counted_at.is_not(None))
    )
    brought = (
        select(func.min(Pledge.made_at).label("at"), Campaign.id, Campaign.title)
        .join(Need, Need.campaign_id == Campaign.id)
        .join(Pledge, Pledge.need_id == Need.id)
        .where(Pledge.person_id == person_id)
        .group_by(Campaign.id, Campaign.title)
    )
    found = union_all(signed, brought).subquery()
    rows = session.execute(
        select(found)
        .where(found.c.at >= since, found.c.at < until)
        .order_by(found.c.at, found.c.id)
        .limit(500)
    )
    kind = Message("Campaign", {})
    return [Joined(row.title, kind, row.at, path=f"/campaigns/{row.id}") for row in rows]


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return what a person signed and promised to bring, for them to take along."""
    signed = (
        select(Campaign.title.label("campaign"), Signature.name, Signature.shown,
               Signature.handed_on, Signature.counted_at)
        .join(Campaign, Campaign.id == Signature.campaign_id)
        .where(Signature.person_id == person_id)
        .order_by(Signature.id)
    )  # fmt: skip
    brought = (
        select(Campaign.title.label("campaign"), Need.name.label("thing"), Pledge.quantity,
               Pledge.made_at, Pledge.received_at)
        .join(Need, Need.id == Pledge.need_id)
        .join(Campaign, Campaign.id == Need.campaign_id)
        .where(Pledge.person_id == person_id)
        .order_by(Pledge.id)
    )  # fmt: skip
    return PersonalData.read(session, {"signatures": signed, "pledges": brought})


def signed(session: Session, periods: Periods) -> Series:
    """Return how many signatures counted in each of these periods."""
    number = periods.number(Signature.counted_at).label("number")
    rows = session.execute(
        select(number, func.count()).where(periods.within(Signature.counted_at)).group_by(number)
    )
    title = Message("Signatures under petitions", {})
    return Series("signatures", title, periods.filled(rows), order=60)


def _read(session: Session, ids: Collection[int]) -> Sequence[Document]:
    return [
        Document(
            row.id, row.title, f"/campaigns/{row.id}",
            frozenset({EVERYONE}) if is_public(row) else frozenset(),
            text=f"{row.summary} {row.story} {row.receiver}", about=(row.space_name, row.summary),
            picture=row.digest, changed_at=row.opened_at,
        )
        for row in some_campaigns(session, ids)
    ]  # fmt: skip


def _ids(session: Session, after: int, limit: int) -> Sequence[int]:
    query = select(Campaign.id).where(Campaign.id > after).order_by(Campaign.id).limit(limit)
    return session.scalars(query).all()


FOUND = Searchable("campaign", Text("캠페인", "Campaigns"), _read, _ids, order=45)
_OPENED = Message("New campaign: %(title)s", {}).text


def _news(session: Session, limit: int) -> Sequence[FeedEntry]:
    opened = session.execute(
        _ROWS.where(*_PUBLIC).order_by(Campaign.opened_at.desc(), Campaign.id.desc()).limit(limit)
    )
    told = session.execute(
        select(*Update.__table__.c, Campaign.title.label("campaign"))
        .join(Campaign, Campaign.id == Update.campaign_id)
        .join(Space, Space.id == Campaign.space_id)
        .where(*_PUBLIC)
        .order_by(Update.at.desc(), Update.id.desc())
        .limit(limit)
    )
    found = [
        FeedEntry(f"campaign-{row.id}", Message(_OPENED, {"title": row.title}),
                  f"/campaigns/{row.id}", row.opened_at, row.summary)
        for row in opened
    ]  # fmt: skip
    found += [
        FeedEntry(f"campaign-news-{row.id}", f"{row.campaign}: {row.title}",
                  f"/campaigns/{row.campaign_id}", row.at, row.text)
        for row in told
    ]  # fmt: skip
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:limit]


NEWS = Feed("campaigns", Text("캠페인", "Campaigns"), _news, order=25)


def open_campaigns(session: Session, limit: int) -> Sequence[AnyRow]:
    """Return the campaigns that are open, the newest first."""
    return campaigns(session, state=OPEN, limit=limit)
