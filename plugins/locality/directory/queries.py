"""What may be read of the directory: spaces for everyone, residents for members alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from ....core.answers import PersonalData
from ....core.errors import NotFound, Refused
from ....core.models import Person, Picture, Space
from ....core.node import Node
from ..neighbours.models import Neighbour, Quarter
from .models import Area, Listing, Need
from .rules.boundary import MOST_BYTES, Shape, kept, read
from .rules.drawing import Position
from .rules.needs import KINDS, PERSON, street_of

AnyRow = Row[*tuple[Any, ...]]
SIZE = 24
FILE = "area.geojson"
"""The name of a boundary that lies in the node's folder."""

log = structlog.get_logger("wizzle.locality")
MOST_PINS = 500
MOST_ADDRESSES = 3_000
Place = tuple[str, int, int]
"""Name, 1 for people and 0 for spaces, id: where a list by name goes on."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the directory is asked for; empty is everything. ``members``: residents too."""

    kind: str = ""
    need: str = ""
    way: str = ""
    street: str = ""
    layer: str = ""
    quarter: int | None = None
    members: bool = False

    @property
    def narrows(self) -> bool:
        return bool(self.need or self.street or self.layer or self.quarter)


def entries(
    session: Session, wanted: Wanted, now: datetime, *, after: Place | None = None,
    limit: int = SIZE + 1,
) -> Sequence[AnyRow]:  # fmt: skip
    """Return entries by name: kind, id, name, slug, street, words, layer, listing_id, digest,
    quarter, confirmed, is_person."""
    parts = []
    if wanted.kind != PERSON and wanted.quarter is None:
        parts.append(_spaces(wanted))
    if wanted.members and wanted.kind in ("", PERSON):
        parts.append(_people(wanted, now))
    if not parts:
        return []
    every = (union_all(*parts) if len(parts) > 1 else parts[0]).subquery()
    query = select(every)
    if after is not None:
        name, is_person, number = after
        later = or_(
            every.c.is_person > is_person,
            and_(every.c.is_person == is_person, every.c.id > number),
        )
        query = query.where(or_(every.c.name > name, and_(every.c.name == name, later)))
    order = (every.c.name, every.c.is_person, every.c.id)
    return session.execute(query.order_by(*order).limit(limit)).all()


def _spaces(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Space.kind, Space.id, Space.name, Space.slug, Space.address.label("street"),
            func.coalesce(Listing.words, "").label("words"),
            func.coalesce(Listing.layer, "").label("layer"), Listing.id.label("listing_id"),
            Picture.digest.label("digest"), literal("").label("quarter"),
            literal(0).label("confirmed"), literal(0).label("is_person"),
        )
        .outerjoin(Listing, Listing.space_id == Space.id)
        .outerjoin(Picture, Picture.id == Space.picture_id)
        .where(*_open_spaces(wanted))
    )  # fmt: skip


def _open_spaces(wanted: Wanted) -> list[ColumnElement[bool]]:
    kinds = (wanted.kind,) if wanted.kind else KINDS
    found: list[ColumnElement[bool]] = [Space.kind.in_(kinds), Space.closed_at.is_(None)]
    if wanted.street:
        found.append((Space.address + " ").contains(f"{wanted.street} ", autoescape=True))
    return found + _said(wanted)


def _said(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.layer:
        found.append(Listing.layer == wanted.layer)
    if wanted.need:
        named = [Need.listing_id == Listing.id, Need.need == wanted.need]
        if wanted.way:
            named.append(Need.way == wanted.way)
        found.append(exists().where(*named))
    return found


def _people(wanted: Wanted, now: datetime) -> Select[*tuple[Any, ...]]:
    conditions = [
        Listing.person_id.is_not(None), Listing.hidden_at.is_(None), Person.blocked_at.is_(None),
        *_said(wanted),
    ]  # fmt: skip
    if wanted.street:
        conditions.append(Listing.street == wanted.street)
    if wanted.quarter is not None:
        conditions.append(Neighbour.quarter_id == wanted.quarter)
    holds = func.coalesce(Neighbour.expires_at > now, False)
    return (
        select(
            literal(PERSON).label("kind"), Listing.id, Listing.name, literal("").label("slug"),
            Listing.street, Listing.words, Listing.layer, Listing.id.label("listing_id"),
            literal(None, type_=Picture.digest.type).label("digest"),
            func.coalesce(Quarter.name, "").label("quarter"),
            case((holds, 1), else_=0).label("confirmed"), literal(1).label("is_person"),
        )
        .join(Person, Person.id == Listing.person_id)
        .outerjoin(Neighbour, Neighbour.person_id == Listing.person_id)
        .outerjoin(Quarter, Quarter.id == Neighbour.quarter_id)
        .where(*conditions)
    )  # fmt: skip


def needs_of(
    session: Session, listing_ids: Collection[int]
) -> Mapping[int, Mapping[str, list[str]]]:
    """Return the needs of these listings: by listing, then by way."""
    rows = session.execute(
        select(Need.listing_id, Need.way, Need.need).where(Need.listing_id.in_(listing_ids))
    )
    found: dict[int, dict[str, list[str]]] = {}
    for row in rows:
        found.setdefault(row.listing_id, {}).setdefault(row.way, []).append(row.need)
    return found


def placed(session: Session, wanted: Wanted) -> Sequence[AnyRow]:
    """Return the spaces that have a place on the map, by name: id, kind, name, slug, street,
    lat, lon."""
    if wanted.kind == PERSON or wanted.quarter is not None:
        return []
    return session.execute(
        select(
            Space.id, Space.kind, Space.name, Space.slug, Space.address.label("street"),
            Listing.lat, Listing.lon,
        )
        .join(Listing, Listing.space_id == Space.id)
        .where(Listing.lat.is_not(None), *_open_spaces(wanted))
        .order_by(Space.name, Space.id)
        .limit(MOST_PINS)
    ).all()  # fmt: skip


def streets(session: Session, *, members: bool) -> list[tuple[str, int]]:
    """Return the streets on which somebody is, by name, with how many."""
    query = select(Space.address).where(Space.kind.in_(KINDS), Space.closed_at.is_(None))
    found = Counter(street_of(each) for each in session.scalars(query.limit(MOST_ADDRESSES)))
    if members:
        own = select(Listing.street, func.count()).join(Person, Person.id == Listing.person_id)
        own = own.where(Listing.hidden_at.is_(None), Person.blocked_at.is_(None))
        for street, number in session.execute(own.group_by(Listing.street).limit(MOST_ADDRESSES)):
            found[street] += number
    return sorted((street, number) for street, number in found.items() if street)


def residents_by_quarter(session: Session) -> Mapping[str, tuple[int, int]]:
    """Return for each part of town its id and how many residents of it are listed."""
    rows = session.execute(
        select(Quarter.name, Quarter.id, func.count())
        .join(Neighbour, Neighbour.quarter_id == Quarter.id)
        .join(Listing, Listing.person_id == Neighbour.person_id)
        .join(Person, Person.id == Listing.person_id)
        .where(Listing.hidden_at.is_(None), Person.blocked_at.is_(None))
        .group_by(Quarter.id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def area(session: Session) -> Area | None:
    """Return the boundary that stewards brought, None if there is none."""
    return session.get(Area, 1)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the map lies on: the shapes of the area, and a remark that stands beside it."""

    shapes: tuple[Shape, ...] = ()
    remark: str = ""


def ground(node: Node, session: Session) -> Ground:
    """Return the area: as stewards brought it, or as a file in the node's folder says it."""
    found = area(session)
    if found is not None:
        return Ground(kept(found.shapes), found.remark)
    return _of_file(node)


def _of_file(node: Node) -> Ground:
    file = node.home / FILE
    try:
        return _read_file(file, file.stat().st_mtime_ns)
    except OSError:
        return Ground()


@lru_cache(maxsize=8)
def _read_file(file: Path, _changed: int) -> Ground:
    try:
        with file.open("rb") as opened:
            return Ground(read(opened.read(MOST_BYTES + 1)))
    except Refused as refused:
        log.warning("boundary_unusable", file=str(file), reason=str(refused))
        return Ground()


def space_listing(session: Session, space_id: int) -> Listing | None:
    """Return what a space says in the directory."""
    return session.scalars(select(Listing).where(Listing.space_id == space_id)).one_or_none()


def own_listing(session: Session, person_id: int) -> Listing | None:
    """Return the entry of a person."""
    return session.scalars(select(Listing).where(Listing.person_id == person_id)).one_or_none()


def resident(session: Session, listing_id: int, now: datetime) -> AnyRow:
    """Return the entry of a resident as members see it; NotFound if there is none."""
    wanted = Wanted(kind=PERSON, members=True)
    found = session.execute(
        _people(wanted, now).add_columns(Listing.person_id).where(Listing.id == listing_id)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such entry, or it was taken back.")
    return found


def position(found: Listing | None) -> Position | None:
    """Return where a space stands on the map."""
    if found is None or found.lat is None or found.lon is None:
        return None
    return (found.lat, found.lon)


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return the entry of a person, and what they offer and look for."""
    own = select(Listing.name, Listing.words, Listing.street, Listing.listed_at).where(
        Listing.person_id == person_id
    )
    needs = (
        select(Need.way, Need.need)
        .join(Listing, Listing.id == Need.listing_id)
        .where(Listing.person_id == person_id)
    )
    return PersonalData.read(session, {"directory": own, "directory_needs": needs})
