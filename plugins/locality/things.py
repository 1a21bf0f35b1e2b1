"""What of this plugin can be reported and hidden: by stewards, or with the space that it is of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ...core import outbox, search
from ...core.answers import Thing
from ...core.facts import ThingHidden
from ...core.models import Grant, Space
from ...core.node import Node
from ...core.values import Message

AT_ONCE = 200
Tell = Callable[[Node, Session, Any], None]


@dataclass(frozen=True)
class Things:
    """Rows of one table that everyone can see while they are public.

    ``table`` has id, space_id, title, state, hidden_at and told: that others were told of it.
    ``tell_public`` and ``tell_gone`` do nothing where others know already what they would tell.
    """

    kind: str
    word: Message
    table: Any
    path_of: Callable[[int], str]
    is_seen: Callable[[Session, Any], bool]
    tell_public: Tell
    tell_gone: Tell

    @property
    def job(self) -> str:
        return f"locality.{self.kind}_of_space"

    def thing(self, session: Session, subject: str) -> Thing | None:
        """Return what a subject names, with who runs the page of its space."""
        row = self._row(session, subject)
        if row is None or row.state != "public":
            return None
        people = session.scalars(select(Grant.person_id).where(Grant.space_id == row.space_id))
        return Thing(subject, self.word, row.title, self.path_of(row.id), frozenset(people))

    def listen(self, node: Node, session: Session, fact: ThingHidden) -> None:
        """Hide a thing, or show it again; whoever was told of it is told so."""
        row = self._row(session, fact.subject, hold=True)
        if row is None or fact.hidden is (row.hidden_at is not None):
            return
        row.hidden_at = node.clock.now() if fact.hidden else None
        session.flush()
        search.changed(session, self.kind, row.id)
        self._tell(node, session, row)

    def _tell(self, node: Node, session: Session, row: Any) -> None:
        tell = self.tell_public if self.is_seen(session, row) else self.tell_gone
        tell(node, session, row)

    def _row(self, session: Session, subject: str, *, hold: bool = False) -> Any:
        kind, _, number = subject.partition(":")
        if kind != self.kind or not number.isdecimal() or len(number) > 9:
            return None
        return session.get(
            self.table, int(number), with_for_update=hold or None, populate_existing=hold
        )

    def space_changed(self, node: Node, session: Session, space_id: int) -> None:
        """Let a job tell others, if a space was closed or opened and what they know is wrong."""
        if session.scalar(self._wrongly_told(session, space_id).limit(1)) is not None:
            self._ask(node, session, space_id, after=0)

    def _ask(self, node: Node, session: Session, space_id: int, *, after: int) -> None:
        now = node.clock.now()
        key = f"{self.job}:{space_id}:{after}:{now.isoformat()}"
        outbox.enqueue(session, self.job, {"space_id": space_id}, key=key, at=now)

    def _wrongly_told(self, session: Session, space_id: int) -> Select[int]:
        table, is_open = self.table, session.get_one(Space, space_id).closed_at is None
        ours = select(table.id).where(
            table.space_id == space_id, table.state == "public", table.hidden_at.is_(None),
            table.told.is_not(is_open),
        )  # fmt: skip
        return ours.order_by(table.id)

    def tell_space(self, node: Node, payload: Mapping[str, Any]) -> None:
        """Tell that what a space has published can be read again, or no more."""
        space_id, table = int(payload["space_id"]), self.table
        with node.db.write() as session:
            ids = session.scalars(self._wrongly_told(session, space_id).limit(AT_ONCE)).all()
            rows = select(table).where(table.id.in_(ids)).order_by(table.id).with_for_update()
            for row in session.scalars(rows).all():
                self._tell(node, session, row)
            if len(ids) == AT_ONCE:
                self._ask(node, session, space_id, after=ids[-1])
