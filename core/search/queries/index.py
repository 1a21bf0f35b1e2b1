"""What the index says: which things of a kind hold what is looked for, the best first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    Select,
    String,
    bindparam,
    cast,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from ...statements import Statement
from ..models import Found, Waiting, Walk
from ..rules import Asked, Either, Every, Phrase, Wanted, scope

NEWEST = 2**31 - 1

POOL = 1_000
"""So many of the things that hold a word are put into an order where PostgreSQL looks for them."""

AnyRow = Row[*tuple[Any, ...]]

_FOUND = Found.__table__.c
_WORDS = table("core_search_words", column("rowid"))
"""SQLite's own index of the marks."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: the tier, and the number in the index of the last one shown."""

    tier: int
    number: int

    def __str__(self) -> str:
        return f"{self.tier}-{self.number}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, and its place in the list."""

    item_id: int
    place: Place


def hits(
    session: Session,
    asked: Asked,
    kind: str,
    readers: Collection[str],
    *,
    limit: int,
    after: Place | None = None,
) -> list[Hit]:
    """Return things of a kind that any of these readers may see and that hold all words.

    Titles with the words as they are come first, then titles that hold them, then all others;
    in each tier those that came last. A tier is only asked for if those before it are too few.
    """
    found: list[Hit] = []
    tiers = asked.tiers()
    within = scope(kind, readers)
    for tier, wanted in enumerate(tiers):
        if after is not None and tier < after.tier:
            continue
        below = after.number if after is not None and tier == after.tier else NEWEST
        only = Every((within, wanted), but=tiers[tier - 1] if tier else None)
        rows = look_up(session, only, below, limit - len(found))
        found += [Hit(row.item_id, Place(tier, row.id)) for row in rows]
        if len(found) >= limit:
            break
    return found


def finds(session: Session, asked: Asked, kinds: Collection[str], readers: Collection[str]) -> bool:
    """Say whether there is anything of these kinds that holds all words."""
    if not asked or not kinds:
        return False
    within = Either(tuple(scope(kind, readers) for kind in sorted(kinds)))
    wanted = Every((within, asked.tiers()[-1]))
    return bool(look_up(session, wanted, NEWEST, 1))


def look_up(session: Session, wanted: Wanted, below: int, limit: int) -> list[AnyRow]:
    """Return numbers in the index below ``below``, the highest first, with what they stand for.

    On PostgreSQL to be asked for in a transaction (``node.db.read()``).
    """
    values = {"below": below, "most": limit}
    if session.get_bind().dialect.name == "sqlite":
        return _IN_FTS5.all(session, {**values, "wanted": in_fts5(wanted)})
    _by_index_alone(session)
    return _IN_TSVECTOR.all(session, {**values, "wanted": in_tsquery(wanted)})


def by_fts5() -> Select[*tuple[Any, ...]]:
    """Return the statement for SQLite: asked for by its own number, the virtual table hands things
    out in their order, and stops."""
    number = _WORDS.c.rowid
    holds = literal_column("core_search_words").op("MATCH")(bindparam("wanted", type_=String))
    return (
        select(_FOUND.id, _FOUND.item_id)
        .select_from(_WORDS.join(Found.__table__, _FOUND.id == number))
        .where(holds, number < bindparam("below", type_=Integer))
        .order_by(number.desc())
        .limit(bindparam("most", type_=Integer))
    )


def by_tsvector() -> Select[*tuple[Any, ...]]:
    """Return the statement for PostgreSQL."""
    holds = _FOUND.marks.bool_op("@@")(cast(bindparam("wanted", type_=String), TSQUERY))
    pool = select(_FOUND.id, _FOUND.item_id).where(holds).limit(POOL).subquery()
    return (
        select(pool.c.id, pool.c.item_id)
        .where(pool.c.id < bindparam("below", type_=Integer))
        .order_by(pool.c.id.desc())
        .limit(bindparam("most", type_=Integer))
    )


_IN_FTS5 = Statement(by_fts5())
_IN_TSVECTOR = Statement(by_tsvector())


def _by_index_alone(session: Session) -> None:
    """Let PostgreSQL look into the index of marks and nowhere else.

    It knows little of how often marks stand together: guessing that a word is frequent, it reads
    the table row by row for one that is in none.
    """
    if not session.info.get("by_index"):
        session.execute(text("SET LOCAL enable_seqscan = off"))
        session.info["by_index"] = True


def in_fts5(wanted: Wanted) -> str:
    """Return what is wanted in the language of SQLite's FTS5."""
    if isinstance(wanted, Phrase):
        return f'"{" ".join(wanted.marks)}"' + (" *" if wanted.begins else "")
    if isinstance(wanted, Either):
        return " OR ".join(f"({in_fts5(part)})" for part in wanted.parts)
    whole = " AND ".join(f"({in_fts5(part)})" for part in wanted.parts)
    return f"({whole}) NOT ({in_fts5(wanted.but)})" if wanted.but else whole


def in_tsquery(wanted: Wanted) -> str:
    """Return what is wanted in the language of PostgreSQL's tsquery."""
    if isinstance(wanted, Phrase):
        return " <-> ".join(f"'{mark}'" for mark in wanted.marks) + (":*" if wanted.begins else "")
    if isinstance(wanted, Either):
        return " | ".join(f"({in_tsquery(part)})" for part in wanted.parts)
    whole = " & ".join(f"({in_tsquery(part)})" for part in wanted.parts)
    return f"({whole}) & !({in_tsquery(wanted.but)})" if wanted.but else whole


def known(session: Session, kind: str, item_ids: Collection[int]) -> dict[int, AnyRow]:
    """Return what the index holds of these things of a kind, by their ids."""
    rows = session.execute(
        select(_FOUND.id, _FOUND.item_id, _FOUND.seal, _FOUND.marks).where(
            _FOUND.kind == kind, _FOUND.item_id.in_(item_ids)
        )
    )
    return {row.item_id: row for row in rows}


def between(session: Session, kind: str, after: int, until: int | None) -> set[int]:
    """Return the ids of the things of a kind in the index above ``after`` and up to ``until``."""
    query = select(_FOUND.item_id).where(_FOUND.kind == kind, _FOUND.item_id > after)
    if until is not None:
        query = query.where(_FOUND.item_id <= until)
    return set(session.scalars(query))


def last_id(session: Session, kind: str) -> int:
    """Return the highest id of a thing of a kind in the index, 0 if there is none."""
    return session.scalar(select(func.max(_FOUND.item_id)).where(_FOUND.kind == kind)) or 0


def some_waiting(session: Session, limit: int) -> Sequence[AnyRow]:
    """Return what waits to be read anew, the first first."""
    query = select(Waiting.id, Waiting.kind, Waiting.item_id)
    return session.execute(query.order_by(Waiting.id).limit(limit)).all()


def is_waiting(session: Session) -> bool:
    """Say whether anything waits to be read anew."""
    return bool(session.scalar(select(exists().select_from(Waiting))))


def walks(session: Session) -> dict[str, Walk]:
    """Return how far each kind has been read."""
    return {walk.kind: walk for walk in session.scalars(select(Walk))}
