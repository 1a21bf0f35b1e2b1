"""What a page of a catalogue does to what is held of it: gathered first, then written at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import Table, bindparam, delete, insert, update
from sqlalchemy.orm import Session

from .....core.statements import Statement
from .....core.talk import PublishedItem
from .....core.values import item_mark
from ...goods.rules import LONGEST_ADDRESS, MOST_VERSION, Good, Unusable, from_proposal
from ..models import Copy, RefusedItem, Source
from ..rules import MANY, MOST_ITEMS, NOT_OURS, kept_columns

_copy: Table = Copy.__table__  # type: ignore[assignment]
_refusal: Table = RefusedItem.__table__  # type: ignore[assignment]

_TOLD = (
    "version", "name", "description", "unit_code", "unit_label", "price", "tax_class", "origin",
    "storage", "sold_by", "expected_g", "available", "minimum", "step", "details", "updated",
    "fetched_at", "gone_at", "generation",
)  # fmt: skip


def _new(table: Table, name: str) -> Any:
    return bindparam(f"new_{name}", type_=table.c[name].type)


def _of(table: Table, *names: str) -> Statement:
    changed = update(table).where(table.c.id == bindparam("of_id"))
    return Statement(changed.values({name: _new(table, name) for name in names}))


_ADD = Statement(insert(_copy))
_CHANGE = _of(_copy, *_TOLD)
_END = _of(_copy, "version", "gone_at", "generation")
_REFUSE = Statement(insert(_refusal))
_REFUSE_AGAIN = _of(_refusal, "version", "reason", "generation")
_SEE_REFUSED = _of(_refusal, "generation")
_FORGET = Statement(delete(_refusal).where(_refusal.c.id == bindparam("of_id")))


class Known(NamedTuple):
    """What is held under an address: a copy, or the refusal of a thing, or both.

    ``stands``: it counts among what the other node publishes.
    """

    source_id: int
    version: int
    stands: bool
    copy_id: int | None = None
    product_id: int | None = None
    refusal_id: int | None = None


@dataclass
class Batch:
    """Takes the things of a page; afterwards ``changed`` and ``withdrawn`` name products.

    ``anew``: what is said counts, whatever versions are held.
    """

    source: Source
    now: datetime
    known: dict[str, Known]
    anew: bool = False
    refused: dict[str, str] = field(default_factory=dict)
    changed: list[tuple[int, Good]] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        parts = urlsplit(self.source.actor)
        self._place = f"{parts.scheme}://{parts.netloc}/"
        self._digest = int.from_bytes(self.source.digest, "big")
        self._count = self.source.count
        self._seen: list[int] = []
        self._writes: dict[Statement, list[dict[str, Any]]] = {}

    def take(self, items: Iterable[PublishedItem]) -> None:
        """Take in each thing."""
        for item in items:
            uri, known = item.uri, self.known.get(item.uri)
            if (
                not uri.startswith(self._place)
                or len(uri) > LONGEST_ADDRESS
                or not 1 <= item.version <= MOST_VERSION
                or (known is not None and known.source_id != self.source.id)
            ):
                self.refused[uri[:LONGEST_ADDRESS]] = NOT_OURS.text
            elif known is not None and item.version < known.version and not self.anew:
                self._see(known)
            elif item.gone:
                self._end(item, known)
            elif known is not None and self._is_same(item, known):
                self._see(known)
            elif known is None and self._count >= MOST_ITEMS:
                self.refused[uri] = MANY.text
            else:
                self._read(item, known)

    def _is_same(self, item: PublishedItem, known: Known) -> bool:
        """Say whether a thing is held just so. One that was refused is looked at again: this
        software may have learned to read it."""
        good = known.stands and known.refusal_id is None
        return item.version == known.version and good and not self.anew

    def _read(self, item: PublishedItem, known: Known | None) -> None:
        try:
            good = from_proposal(
                item.document, uri=item.uri, seller=self.source.actor, version=item.version
            )
        except Unusable as error:
            self._refuse(item, known, str(error))
        else:
            self._keep(good, known)
        stood = known.version if known is not None and known.stands else None
        self.turn(item.uri, stood, item.version)

    def _keep(self, good: Good, known: Known | None) -> None:
        columns = kept_columns(good)
        columns["version"], columns["generation"] = good.version, self.source.generation
        columns["fetched_at"], columns["gone_at"] = self.now, None
        if known is None or known.copy_id is None:
            columns["source_id"], columns["uri"] = self.source.id, good.uri
            columns["product_id"], columns["picture_from"] = None, ""
            self._note(_ADD, columns)
        else:
            self._change(_CHANGE, known.copy_id, columns)
        if known is not None and known.refusal_id is not None:
            self._note(_FORGET, {"of_id": known.refusal_id})
        if known is not None and known.product_id is not None:
            self.changed.append((known.product_id, good))

    def _refuse(self, item: PublishedItem, known: Known | None, reason: str) -> None:
        self.refused[item.uri] = reason
        told = {
            "version": item.version, "reason": reason[:300], "generation": self.source.generation,
        }  # fmt: skip
        if known is not None and known.refusal_id is not None:
            self._change(_REFUSE_AGAIN, known.refusal_id, told)
            return
        self._note(_REFUSE, {**told, "source_id": self.source.id, "uri": item.uri})
        if known is not None:
            self._end_copy(item, known)

    def _end(self, item: PublishedItem, known: Known | None) -> None:
        if known is None:
            return
        if known.refusal_id is not None:
            self._note(_FORGET, {"of_id": known.refusal_id})
        self._end_copy(item, known)
        if known.stands:
            self.turn(item.uri, known.version, None)

    def _end_copy(self, item: PublishedItem, known: Known) -> None:
        if known.copy_id is None:
            return
        ended = {
            "version": item.version, "gone_at": self.now, "generation": self.source.generation,
        }  # fmt: skip
        self._change(_END, known.copy_id, ended)
        if known.product_id is not None:
            self.withdrawn.append(known.product_id)

    def _see(self, known: Known) -> None:
        """Note in a full reading that a thing still stands."""
        if not self.source.reading:
            return
        if known.refusal_id is not None:
            self._change(_SEE_REFUSED, known.refusal_id, {"generation": self.source.generation})
        elif known.copy_id is not None:
            self._seen.append(known.copy_id)

    def turn(self, uri: str, before: int | None, after: int | None) -> None:
        """Let the digest and the count go from one version of a thing to another; None: none."""
        if before is not None:
            self._digest ^= int.from_bytes(item_mark(uri, before), "big")
            self._count -= 1
        if after is not None:
            self._digest ^= int.from_bytes(item_mark(uri, after), "big")
            self._count += 1

    def settle(self) -> None:
        """Let the source say what is held of it now."""
        self.source.digest = self._digest.to_bytes(32, "big")
        self.source.count = self._count

    def write(self, session: Session) -> None:
        """Write all that was gathered."""
        self.settle()
        session.flush()
        for statement, rows in self._writes.items():
            statement.write(session, *rows)
        if self._seen:
            session.execute(
                update(Copy)
                .where(Copy.id.in_(self._seen))
                .values(generation=self.source.generation)
                .execution_options(synchronize_session=False)
            )

    def _change(self, statement: Statement, id_: int, values: dict[str, Any]) -> None:
        named = {f"new_{name}": value for name, value in values.items()}
        self._note(statement, {"of_id": id_, **named})

    def _note(self, statement: Statement, values: dict[str, Any]) -> None:
        self._writes.setdefault(statement, []).append(values)
