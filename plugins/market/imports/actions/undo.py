"""Taking an import back: what it made goes, what it changed is as before, unless moved since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import Refused
from .....core.models import Space
from .....core.search import changed
from .....core.values import Message
from ...catalog.actions import Hand, PriceIsSellers
from ...catalog.models import Product
from ...catalog.queries import AnyRow
from ..models import Import
from ..queries import import_named, rows_to_undo
from .columns import as_kept, as_told
from .producers import mark_place

Model = type[Product] | type[Space]


@dataclass(frozen=True, slots=True)
class UndoneRow:
    """How one row was taken back: removed, restored, taken_off (the list) or kept."""

    line: int
    name: str
    outcome: str
    reason: Message | None = None


@dataclass(slots=True)
class Undone:
    """An import that was taken back, row by row in the order of its file."""

    id: int
    rows: list[UndoneRow] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The rows of each outcome."""
        kinds = ("removed", "restored", "taken_off", "kept")
        return {kind: sum(row.outcome == kind for row in self.rows) for kind in kinds}


def undo_import(session: Session, import_id: int, *, hand: Hand) -> Undone:
    """Take an import back; Refused if that was done before."""
    done = import_named(session, import_id)
    marked = session.execute(
        update(Import)
        .where(Import.id == import_id, Import.undone_at.is_(None))
        .values(undone_at=hand.at, undone_by=hand.person_id)
        .execution_options(synchronize_session=False)
    )
    if marked.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("Import %(number)s was undone before.", number=import_id)
    undoing = _Undoing(session, Product if done.kind == "products" else Space, hand)
    undone = Undone(import_id, undoing.all(rows_to_undo(session, import_id)))
    audit.record(
        session,
        "market.import.undone",
        at=hand.at,
        person_id=hand.person_id,
        subject=("import", import_id),
        **undone.counts,
    )
    return undone


class _Undoing:
    """Takes the rows of one import back; ``model`` is what its rows made."""

    def __init__(self, session: Session, model: Model, hand: Hand) -> None:
        self._session = session
        self._model = model
        self._hand = hand
        self._present: dict[int, dict[str, Any]] = {}

    def all(self, rows: Sequence[AnyRow]) -> list[UndoneRow]:
        """Restore first, the last line first, and then remove what is as the import left it."""
        self._read({row.subject_id for row in rows})
        kind = "product" if self._model is Product else "space"
        changed(self._session, kind, *self._present)
        restored = [self._restore(row) for row in rows if row.outcome == "changed"]
        made = [row for row in rows if row.outcome == "made"]
        untouched = [row.subject_id for row in made if not self._moved(row)]
        removed = self._remove(untouched)
        done = restored + [self._ended(row, row.subject_id in removed) for row in made]
        return sorted(done, key=lambda row: row.line)

    def _read(self, ids: set[int]) -> None:
        table = self._model.__table__
        listed = sorted(ids)
        for start in range(0, len(listed), 500):
            some = listed[start : start + 500]
            found = self._session.execute(
                select(table).where(table.c.id.in_(some)).order_by(table.c.id).with_for_update()
            )
            self._present |= {row["id"]: dict(row) for row in found.mappings()}

    def _moved(self, row: AnyRow) -> list[str]:
        """Return the columns that no longer hold what the row wrote."""
        present = self._present.get(row.subject_id, {})
        after: Mapping[str, Any] = row.after or {}
        if self._model is Product and row.outcome == "made":
            after = {**after, "picture_id": None, "listed": True}
        return [name for name, value in after.items() if as_told(present.get(name)) != value]

    def _restore(self, row: AnyRow) -> UndoneRow:
        moved = self._moved(row)
        before = {name: value for name, value in row.before.items() if name not in moved}
        sellers = not self._hand.sets_price and before.pop("price", None) is not None
        if before and row.subject_id in self._present:
            self._write(row.subject_id, before)
        if sellers:
            outcome = "restored" if before else "kept"
            return UndoneRow(row.line, row.name, outcome, PriceIsSellers().message)
        if not moved:
            return UndoneRow(row.line, row.name, "restored")
        left = {"columns": ", ".join(moved)}
        reason = Message("Changed since, and left as it is: %(columns)s.", left)
        return UndoneRow(row.line, row.name, "restored" if before else "kept", reason)

    def _write(self, subject_id: int, values: dict[str, Any]) -> None:
        self._present[subject_id] |= as_kept(values)
        if self._model is Product:
            seen = {"version": Product.version + 1, "updated_at": self._hand.at}
            self._note(subject_id, values)
        else:
            seen = {}
        self._session.execute(
            update(self._model)
            .where(self._model.id == subject_id)
            .values(**as_kept(values), **seen)
            .execution_options(synchronize_session=False)
        )
        if self._model is Space:
            mark_place(self._session, subject_id)

    def _note(self, product_id: int, values: Mapping[str, Any]) -> None:
        audit.record(
            self._session,
            "market.product.restored",
            at=self._hand.at,
            person_id=self._hand.person_id,
            subject=("product", product_id),
            **values,
        )

    def _remove(self, ids: list[int]) -> set[int]:
        """Delete what nothing else rests on; where a row is in use, its half is tried in halves."""
        if not ids:
            return set()
        try:
            with self._session.begin_nested():
                self._session.execute(
                    delete(self._model)
                    .where(self._model.id.in_(ids))
                    .execution_options(synchronize_session=False)
                )
            return set(ids)
        except IntegrityError:
            middle = len(ids) // 2
            halves = (ids[:middle], ids[middle:]) if middle else ()
            return set().union(*map(self._remove, halves))

    def _ended(self, row: AnyRow, removed: bool) -> UndoneRow:
        if removed or row.subject_id not in self._present:
            return UndoneRow(row.line, row.name, "removed")
        if self._model is Space:
            kept = Message("Has people or goods, or was changed since: it stays.", {})
            return UndoneRow(row.line, row.name, "kept", kept)
        self._write(row.subject_id, {"listed": False})
        off = Message("Was ordered, offered or changed since: it is off the list, not removed.", {})
        return UndoneRow(row.line, row.name, "taken_off", off)
