"""What residents asked to have paid out of their credit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Person, Space
from ..models import CreditPayout

AnyRow = Row[*tuple[Any, ...]]
HUB = "hub"


def payouts(
    session: Session,
    *,
    host_ids: Collection[int] | None = None,
    state: str = "asked",
    before: int | None = None,
    limit: int = 50,
) -> Sequence[AnyRow]:
    """Return what was asked for, newest first; ``host_ids``: only in cash at one of these."""
    query = (
        select(
            CreditPayout.id,
            CreditPayout.person_id,
            CreditPayout.amount,
            CreditPayout.way,
            CreditPayout.bank_account,
            CreditPayout.state,
            CreditPayout.asked_at,
            CreditPayout.decided_at,
            CreditPayout.reason,
            Person.name.label("person_name"),
            Space.name.label("host_name"),
        )
        .join(Person, Person.id == CreditPayout.person_id)
        .outerjoin(Space, Space.id == CreditPayout.host_id)
        .where(CreditPayout.state == state)
        .order_by(CreditPayout.id.desc())
        .limit(limit)
    )
    if host_ids is not None:
        query = query.where(CreditPayout.host_id.in_(host_ids))
    if before is not None:
        query = query.where(CreditPayout.id < before)
    return session.execute(query).all()


def payout(session: Session, payout_id: int) -> AnyRow:
    """Return the place of one of them, to ask who may decide on it; NotFound if there is none."""
    found = session.execute(
        select(CreditPayout.id, CreditPayout.person_id, CreditPayout.host_id).where(
            CreditPayout.id == payout_id
        )
    ).one_or_none()
    if found is None:
        raise NotFound("Nobody asked for this.")
    return found


def open_payout(session: Session, person_id: int) -> AnyRow | None:
    """Return what this person has asked for and is not decided upon."""
    return session.execute(
        select(CreditPayout.id, CreditPayout.amount, CreditPayout.way, CreditPayout.asked_at,
               Space.name.label("host_name"))
        .outerjoin(Space, Space.id == CreditPayout.host_id)
        .where(CreditPayout.person_id == person_id, CreditPayout.state == "asked")
        .order_by(CreditPayout.id)
        .limit(1)
    ).one_or_none()  # fmt: skip


def hubs_that_pay(session: Session) -> Sequence[AnyRow]:
    """Return the hubs where credit can be had in cash, by name: id, name."""
    return session.execute(
        select(Space.id, Space.name)
        .where(Space.kind == HUB, Space.closed_at.is_(None))
        .order_by(Space.name, Space.id)
    ).all()


def hub_named(session: Session, space_id: int) -> AnyRow:
    """Return a hub that is not closed; NotFound if this is none."""
    found = session.execute(
        select(Space.id, Space.name).where(
            Space.id == space_id, Space.kind == HUB, Space.closed_at.is_(None)
        )
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such hub.")
    return found
