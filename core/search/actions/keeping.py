"""Keeping the index in step: noting what changes, and reading it where it lives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Select, delete, insert, literal, text, update
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Session

from ...documents import Document, Searchable
from ...node import Node
from ...statements import Statement
from .. import queries
from ..models import Found, Waiting, Walk
from ..rules import EDITION, marks, seal

SLICE = 200
"""Things that are read and written in one transaction."""

AGAIN = timedelta(days=1)
"""After so long everything is read once more: whoever forgot to say what changed is found out."""

log = structlog.get_logger("wizzle.search")

_CHANGED = Statement(lambda insert: insert(Waiting.__table__))
_PUT = text("INSERT INTO core_search_words (rowid, words) VALUES (:id, :words)")
_TAKE = text(
    "INSERT INTO core_search_words (core_search_words, rowid, words) VALUES ('delete', :id, :words)"
)


def changed(session: Session, kind: str, *item_ids: int) -> None:
    """Note, in the transaction that changes them, that these things of a kind are to be read
    anew: made, changed, hidden or gone."""
    if item_ids:
        _CHANGED.write(session, *({"kind": kind, "item_id": item_id} for item_id in item_ids))


def all_changed(session: Session, kind: str, item_ids: Select[int]) -> None:
    """Note that all things of a kind are to be read anew whose ids this query returns."""
    column = item_ids.selected_columns[0]
    chosen = item_ids.with_only_columns(literal(kind), column)
    session.execute(insert(Waiting).from_select(["kind", "item_id"], chosen))


def settle(node: Node, sources: Iterable[Searchable]) -> int:
    """Read anew what waits, at most a slice of it; return how many things that were."""
    known = {source.kind: source for source in sources}
    with node.db.look() as session:  # an idle worker must not take the write lock at each look
        if not queries.is_waiting(session):
            return 0
    with node.db.write() as session:
        if not _alone(session):
            return 0
        rows = queries.some_waiting(session, SLICE)
        by_kind: defaultdict[str, set[int]] = defaultdict(set)
        for row in rows:
            by_kind[row.kind].add(row.item_id)
        for kind, item_ids in by_kind.items():
            if kind in known:
                _read(session, known[kind], item_ids)
        session.execute(delete(Waiting).where(Waiting.id.in_([row.id for row in rows])))
    return len(rows)


def walk(node: Node, sources: Iterable[Searchable]) -> int:
    """Read the next slice of the first kind that is not, or not lately, read from its beginning to
    its end; return how many steps that was, 0 if nothing is due."""
    now = node.clock.now()
    for source in sources:
        if not _is_due(node, source):
            continue
        try:
            with node.db.write() as session:
                return 1 + _walk_on(session, source, now) if _alone(session) else 0
        except Exception:  # one plugin that cannot say what it has must not stop the others
            log.exception("not to be read", kind=source.kind)
            with node.db.write() as session:
                session.merge(Walk(kind=source.kind, edition=EDITION, after=0, ended_at=now))
    return 0


def begin_anew(node: Node) -> None:
    """Let all kinds be read from their beginning, and what is no longer known be forgotten."""
    with node.db.write() as session:
        session.execute(update(Walk).values(edition=0, after=0, ended_at=None))


def forget_kinds(node: Node, sources: Iterable[Searchable]) -> None:
    """Let kinds that nobody answers for be read from their beginning when somebody does again:
    what changes meanwhile is not noted."""
    kinds = [source.kind for source in sources]
    with node.db.look() as session:
        stray = set(queries.walks(session)) - set(kinds)
    if stray:
        with node.db.write() as session:
            session.execute(delete(Walk).where(Walk.kind.in_(stray)))


def _alone(session: Session) -> bool:
    """Hold the index until the transaction ends; False if another process does.

    Two who read the same thing might write what the slower one saw before.
    """
    if session.get_bind().dialect.name == "sqlite":
        return True  # its writers are alone as it is
    return bool(session.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": 0x736561}))


def _is_due(node: Node, source: Searchable) -> bool:
    with node.db.look() as session:
        known = queries.walks(session).get(source.kind)
    if known is None or known.edition != EDITION or known.ended_at is None:
        return True
    return node.clock.now() - known.ended_at >= AGAIN


def _walk_on(session: Session, source: Searchable, now: datetime) -> int:
    state = session.get(Walk, source.kind)
    if state is None:
        state = Walk(kind=source.kind, edition=EDITION, after=0, ended_at=None)
        session.add(state)
    if state.ended_at is not None or state.edition != EDITION:
        state.edition, state.after, state.ended_at = EDITION, 0, None
    item_ids = source.ids(session, state.after, SLICE)
    until = item_ids[-1] if item_ids else None
    gone = queries.between(session, source.kind, state.after, until) - set(item_ids)
    _read(session, source, {*item_ids, *gone})
    if until is None:
        state.after, state.ended_at = 0, now
    else:
        state.after = until
    return len(item_ids)


def _read(session: Session, source: Searchable, item_ids: Collection[int]) -> None:
    """Let the index say of these things what their source says of them now."""
    try:
        with session.begin_nested():
            documents = list(source.read(session, item_ids))
            _write(session, source.kind, item_ids, documents)
    except Exception:
        if len(item_ids) > 1:
            for each in sorted(item_ids):
                _read(session, source, [each])
        else:  # one thing that cannot be read must not keep all others waiting
            log.exception("not to be found", kind=source.kind, item_ids=list(item_ids))


def _write(
    session: Session, kind: str, item_ids: Collection[int], documents: Iterable[Document]
) -> None:
    before = queries.known(session, kind, item_ids)
    wanted = {
        each.id: marks(kind, sorted(each.readers), each.title, each.text)
        for each in documents
        if each.readers
    }
    seals = {item_id: seal(marked) for item_id, marked in wanted.items()}
    same = {item_id for item_id, row in before.items() if row.seal == seals.get(item_id)}
    old = [row for item_id, row in before.items() if item_id not in same]
    _take_out(session, old)
    new = {item_id: marked for item_id, marked in wanted.items() if item_id not in same}
    gone = [row.id for row in old if row.item_id not in new]
    if gone:
        session.execute(delete(Found).where(Found.id.in_(gone)))
    for item_id, marked in sorted(new.items()):
        _put(session, kind, item_id, marked, seals[item_id], before.get(item_id))


def _take_out(session: Session, rows: list[Any]) -> None:
    if rows and session.get_bind().dialect.name == "sqlite":
        session.execute(_TAKE, [{"id": row.id, "words": row.marks} for row in rows])


def _put(
    session: Session, kind: str, item_id: int, marked: str, sealed: str, before: Any | None
) -> None:
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    kept: Any = marked if on_sqlite else literal(_as_vector(marked)).cast(TSVECTOR)
    if before is None:
        made = insert(Found).values(kind=kind, item_id=item_id, seal=sealed, marks=kept)
        number = session.execute(made.returning(Found.id)).scalar_one()
    else:
        number = before.id
        session.execute(
            update(Found)
            .where(Found.id == number)
            .values(seal=sealed, marks=kept)
            .execution_options(synchronize_session=False)
        )
    if on_sqlite:
        session.execute(_PUT, {"id": number, "words": marked})


_MOST_PLACES = 200
"""PostgreSQL keeps up to 256 places of a mark."""


def _as_vector(marked: str) -> str:
    """Return marks with their places, as PostgreSQL reads them."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, mark in enumerate(marked.split(" "), start=1):
        if len(places[mark]) < _MOST_PLACES:
            places[mark].append(place)
    return " ".join(f"'{mark}':{','.join(map(str, at))}" for mark, at in places.items())
