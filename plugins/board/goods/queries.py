"""What may be read of public-interest goods: everything is public once a seller has agreed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from ....core.answers import PassedOn
from ....core.errors import NotFound
from ....core.models import Space
from ....core.values import Message, Won
from ..campaigns.models import Campaign
from ..campaigns.rules import DRAFT
from .models import Given, Tie
from .rules import AGREED, PROPOSED

AnyRow = Row[*tuple[Any, ...]]
_GIVEN = select(func.coalesce(func.sum(Given.won), 0)).where(Given.tie_id == Tie.id)
_UNITS = select(func.coalesce(func.sum(Given.units), 0)).where(Given.tie_id == Tie.id)
_TIES: Select[Any] = (
    select(
        *Tie.__table__.c,
        Space.name.label("seller_name"),
        Space.slug.label("seller_slug"),
        Campaign.title.label("campaign_title"),
        Campaign.space_id,
        _GIVEN.scalar_subquery().label("given"),
        _UNITS.scalar_subquery().label("units"),
    )
    .join(Campaign, Campaign.id == Tie.campaign_id)
    .join(Space, Space.id == Tie.seller_id)
    .order_by(Tie.id)
)
_PUBLIC = (Campaign.state != DRAFT, Campaign.hidden_at.is_(None))


def ties_of(session: Session, campaign_id: int) -> Sequence[AnyRow]:
    """Return the ties of a campaign with what each has brought: ``given`` won, ``units`` sold."""
    return session.execute(_TIES.where(Tie.campaign_id == campaign_id)).all()


def tie_page(session: Session, tie_id: int) -> AnyRow:
    """Return one tie; NotFound if there is none."""
    found: AnyRow | None = session.execute(_TIES.where(Tie.id == tie_id)).one_or_none()
    if found is None:
        raise NotFound("There is no such agreement.")
    return found


def of_product(session: Session, product_id: int, today: date) -> Sequence[AnyRow]:
    """Return the agreed ties that hold for a product today, for everyone."""
    return session.execute(
        _TIES.where(Tie.product_id == product_id, *_holding(today), *_PUBLIC)
    ).all()


def of_seller(session: Session, seller_id: int, today: date, *, own: bool) -> Sequence[AnyRow]:
    """Return the agreed ties of a seller that hold today; with ``own`` also what it is asked for
    and what comes later."""
    query = _TIES.where(Tie.seller_id == seller_id).limit(50)
    if own:
        return session.execute(
            query.where(Tie.state.in_((PROPOSED, AGREED)), Tie.until_on >= today)
        ).all()
    return session.execute(query.where(*_holding(today), *_PUBLIC)).all()


def _holding(today: date) -> tuple[Any, ...]:
    # What a campaign that has ended would be given goes nowhere any more.
    return (
        Tie.state == AGREED, Tie.from_on <= today, Tie.until_on >= today,
        Campaign.closed_at.is_(None),
    )  # fmt: skip


def holding(session: Session, seller_ids: Collection[int], today: date) -> Sequence[Tie]:
    """Return the ties of these sellers that count for what is settled today, the oldest first."""
    return session.scalars(
        select(Tie)
        .join(Campaign, Campaign.id == Tie.campaign_id)
        .where(
            Tie.seller_id.in_(seller_ids), *_holding(today), Campaign.opened_at.is_not(None),
        )
        .order_by(Tie.id)
    ).all()  # fmt: skip


_PASSED = Message("Given to the campaign “%(title)s”", {}).text


def passed_on(session: Session, occasion: str, seller_id: int) -> Sequence[PassedOn]:
    """Return what a seller has given on of an occasion, as it stands."""
    rows = session.execute(
        select(Campaign.id, Campaign.title, func.sum(Given.won).label("won"))
        .join(Tie, Tie.campaign_id == Campaign.id)
        .join(Given, Given.tie_id == Tie.id)
        .where(Given.occasion == occasion, Tie.seller_id == seller_id, Given.won > 0)
        .group_by(Campaign.id, Campaign.title)
        .order_by(Campaign.id)
    )
    return [PassedOn(Message(_PASSED, {"title": row.title}), Won(int(row.won))) for row in rows]
