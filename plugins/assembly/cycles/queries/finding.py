"""Rounds as they are found: by their name, where they are collected, and who sells in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.documents import Document, Searchable
from .....core.models import Space
from .....core.search import EVERYONE, STEWARDS, of_space
from .....core.values import Text
from ..models import Cycle, Offer
from ..rules import State
from .rounds import cycles_of
from .rows import AnyRow


def _read(session: Session, cycle_ids: Collection[int]) -> Sequence[Document]:
    sellers = _sellers(session, cycle_ids)
    return [_document(row, sellers) for row in cycles_of(session, cycle_ids)]


def _sellers(session: Session, cycle_ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    rows = session.execute(
        select(Offer.cycle_id, Space.name)
        .join(Space, Space.id == Offer.seller_id)
        .where(Offer.cycle_id.in_(cycle_ids))
        .distinct()
        .order_by(Offer.cycle_id, Space.name)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row.cycle_id].append(row.name)
    return found


def _document(row: AnyRow, sellers: Mapping[int, Sequence[str]]) -> Document:
    hidden = row.state == State.DRAFT
    return Document(
        id=row.id,
        title=row.title,
        path=f"/rounds/{row.id}",
        readers=frozenset({of_space(row.hub_id), STEWARDS} if hidden else {EVERYONE}),
        text="\n".join((row.hub_name, row.place, row.address, *sellers.get(row.id, ()))),
        about=(row.hub_name,),
        changed_at=row.created_at,
        more={"round": row},
    )


def _ids(session: Session, after: int, limit: int) -> Sequence[int]:
    query = select(Cycle.id).where(Cycle.id > after).order_by(Cycle.id)
    return list(session.scalars(query.limit(limit)))


ROUNDS = Searchable(
    "round", Text("회차", "Rounds"), _read, _ids, order=15, template="assembly/cycles/hit.html"
)
