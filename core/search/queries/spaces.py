"""Spaces as they are found: producers, shops, hubs, organisations and circles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import quote

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ...documents import Document, Searchable
from ...models import Picture, Space
from ...statements import Listed
from ...values import Message, Text
from ..rules import EVERYONE, STEWARDS

_KINDS = {
    "producer": Message("Producer", {}),
    "shop": Message("Shop", {}),
    "hub": Message("Hub", {}),
    "organisation": Message("Organisation", {}),
    "circle": Message("Residents' circle", {}),
}


_FACES = Listed(
    lambda ids: (
        select(
            Space.id, Space.kind, Space.slug, Space.name, Space.province, Space.county,
            Space.address, Space.intro, Space.created_at, Space.closed_at, Picture.digest,
        )
        .outerjoin(Picture, Picture.id == Space.picture_id)
        .where(Space.id.in_(ids), Space.kind != "node")
    )
)  # fmt: skip


def _read(session: Session, space_ids: Collection[int]) -> Sequence[Document]:
    return [_document(row) for row in _FACES.all(session, space_ids)]


def _document(row: Row[*tuple[Any, ...]]) -> Document:
    place = " ".join(filter(None, (row.province, row.county)))
    return Document(
        id=row.id,
        title=row.name,
        path=f"/spaces/{quote(row.slug)}",
        readers=frozenset({STEWARDS if row.closed_at else EVERYONE}),
        text=f"{place} {row.address}\n{row.intro}",
        about=(_KINDS[row.kind], *((place,) if place else ())),
        picture=row.digest,
        changed_at=row.created_at,
        more={"kind": row.kind, "intro": row.intro},
    )


def _ids(session: Session, after: int, limit: int) -> Sequence[int]:
    query = select(Space.id).where(Space.id > after, Space.kind != "node")
    return list(session.scalars(query.order_by(Space.id).limit(limit)))


SPACES = Searchable("space", Text("생산자와 공간", "Producers and places"), _read, _ids, order=20)
