"""Hubs: where they are, when they are open, and who hosts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.members import find_space
from .....core.models import Grant, Person, Space
from .....core.statements import Statement
from ..models import Hub
from ..rules import ACTIVIST
from .rows import AnyRow


@dataclass(frozen=True, slots=True)
class HubPage:
    """A hub with its space; ``weekday`` is None as long as nobody has said its hours."""

    id: int
    slug: str
    name: str
    province: str
    county: str
    address: str
    phone: str
    intro: str
    weekday: int | None
    collect_from: time | None
    collect_until: time | None
    how_to_come: str


_HUB = Statement(
    select(
        Space.id, Space.slug, Space.name, Space.province, Space.county, Space.address, Space.phone,
        Space.intro, Hub.weekday, Hub.collect_from, Hub.collect_until,
        func.coalesce(Hub.how_to_come, "").label("how_to_come"),
    )
    .outerjoin(Hub, Hub.space_id == Space.id)
    .where(Space.id == bindparam("hub_id"), Space.kind == "hub")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody who hosts a hub."""

    id: int
    name: str
    email: str


def hub_page(session: Session, slug: str) -> HubPage:
    """Return the hub of this address; NotFound if there is none."""
    space = find_space(session, slug)
    if space is None or space.kind != "hub" or space.closed_at is not None:
        raise NotFound("There is no such hub.")
    return _page(space, session.get(Hub, space.id))


def hub_by_id(session: Session, hub_id: int) -> HubPage:
    """Return a hub; NotFound if there is none."""
    row = _HUB.one_or_none(session, {"hub_id": hub_id})
    if row is None:
        raise NotFound("There is no such hub.")
    return HubPage(*row)


def _page(space: Space, hub: Hub | None) -> HubPage:
    return HubPage(
        id=space.id,
        slug=space.slug,
        name=space.name,
        province=space.province,
        county=space.county,
        address=space.address,
        phone=space.phone,
        intro=space.intro,
        weekday=hub.weekday if hub else None,
        collect_from=hub.collect_from if hub else None,
        collect_until=hub.collect_until if hub else None,
        how_to_come=hub.how_to_come if hub else "",
    )


def hubs(session: Session, *, ids: Sequence[int] | None = None) -> Sequence[AnyRow]:
    """Return id, slug, name and address of the hubs, by name; all of them or those with ``ids``."""
    query = select(Space.id, Space.slug, Space.name, Space.address).where(
        Space.kind == "hub", Space.closed_at.is_(None)
    )
    if ids is not None:
        query = query.where(Space.id.in_(ids))
    return session.execute(query.order_by(Space.name, Space.id)).all()


def hosts_of(session: Session, hub_id: int) -> list[Host]:
    """Return the activists who host a hub, by name."""
    rows = session.execute(
        select(Person.id, Person.name, Person.email)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.space_id == hub_id, Grant.role == ACTIVIST)
        .order_by(Person.name, Person.id)
    )
    return [Host(row.id, row.name, row.email) for row in rows]
