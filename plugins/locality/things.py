"""What of this plugin can be reported and hidden: by stewards, or with the space that it is of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ...core import follows, outbox, search, webhooks
from ...core.answers import NoticeKind, Thing
from ...core.facts import ThingHidden, ThingPublished, ThingWithdrawn
from ...core.models import Grant, Space
from ...core.node import Node
from ...core.notices import Notice
from ...core.values import Message

NODE = "node:0"
"""Who publishes what the node itself has to tell: no space runs it. Members follow it by this."""

TOWN = "node"
"""In whose name other nodes are told of that."""

AT_ONCE = 200


def author_of(space_id: int | None) -> str:
    """Return who publishes what is of a space, or of the node."""
    return NODE if space_id is None else f"space:{space_id}"


def voice_of(space_id: int | None) -> str:
    """Return in whose name other nodes are told, if in another one than the author's."""
    return TOWN if space_id is None else ""


def town(node: Node, subject: str) -> Thing | None:
    """Return the neighbourhood itself as something that can be followed."""
    if subject != NODE:
        return None
    return Thing(subject, Message("Neighbourhood", {}), node.settings.node.name, "/news",
                 can_follow=True)  # fmt: skip


@dataclass(frozen=True)
class Things:
    """Rows of one table that everyone can see while they are public.

    ``table`` has id, space_id, title, state, hidden_at, published_at and told: that others were
    told of it. ``fact_of`` says what they are told, None if there is nothing of it to be told;
    ``followed`` is the kind of notice for those who follow the space.
    """

    kind: str
    word: Message
    table: Any
    fact_of: Callable[[Node, Session, Any], ThingPublished | None]
    followed: NoticeKind

    @property
    def job(self) -> str:
        return f"locality.{self.kind}_of_space"

    def path_of(self, row: Any) -> str:
        """Return the path of its page."""
        return f"/news/{row.id}" if self.kind == "news" else f"/{self.kind}s/{row.id}"

    def is_seen(self, session: Session, row: Any) -> bool:
        """Say whether everyone can see it: public, not hidden, and its space is open."""
        if row.state != "public" or row.hidden_at is not None:
            return False
        return row.space_id is None or session.get_one(Space, row.space_id).closed_at is None

    def tell_public(self, node: Node, session: Session, row: Any) -> None:
        """Tell that it is public or what it says has changed, or else that it is gone."""
        session.flush()
        fact = self.fact_of(node, session, row) if self.is_seen(session, row) else None
        if fact is None:
            self.tell_gone(node, session, row)
            return
        row.told = True
        node.hooks.thing_published(node=node, session=session, fact=fact)

    def tell_gone(self, node: Node, session: Session, row: Any) -> None:
        """Tell that it is public no more, if anybody was told that it is."""
        if not row.told:
            return
        row.told = False
        subject, author = f"{self.kind}:{row.id}", author_of(row.space_id)
        fact = ThingWithdrawn(subject, author, node.clock.now())
        node.hooks.thing_withdrawn(node=node, session=session, fact=fact)

    def tell_new(
        self, node: Node, session: Session, row: Any, text: str, *, actor_id: int,
        until: datetime | None = None, **data: Any,
    ) -> None:  # fmt: skip
        """Tell followers and webhooks of what is public for the first time; ``data`` is what
        webhooks are told besides id, title and space."""
        told = {self.kind: row.id, "title": row.title, "space_id": row.space_id, **data}
        kind, now = f"{self.kind}.published", node.clock.now()
        webhooks.tell(session, kind, row.space_id or 0, told, at=now)
        name, author = self._name(node, session, row), author_of(row.space_id)
        notice = Notice(
            kind=self.followed.name,
            title=Message("%(name)s: %(title)s", {"name": name, "title": row.title}),
            text=text,
            url=self.path_of(row),
            subject=author,
            heading=name,
            key=f"{self.kind}:{row.id}",
            until=until,
        )
        follows.tell(node, session, author, notice, but=actor_id)

    def _name(self, node: Node, session: Session, row: Any) -> str:
        """Return what those who tell it are called."""
        own = row.space_id is None
        return node.settings.node.name if own else session.get_one(Space, row.space_id).name

    def thing(self, session: Session, subject: str) -> Thing | None:
        """Return what a subject names, with who runs the page of its space."""
        row = self._row(session, subject)
        if row is None or row.state != "public":
            return None
        people = session.scalars(select(Grant.person_id).where(Grant.space_id == row.space_id))
        return Thing(subject, self.word, row.title, self.path_of(row), frozenset(people))

    def listen(self, node: Node, session: Session, fact: ThingHidden) -> None:
        """Hide a thing, or show it again; whoever was told of it is told so."""
        row = self._row(session, fact.subject, hold=True)
        if row is None or fact.hidden is (row.hidden_at is not None):
            return
        row.hidden_at = node.clock.now() if fact.hidden else None
        session.flush()
        search.changed(session, self.kind, row.id)
        self.tell_public(node, session, row)

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
                self.tell_public(node, session, row)
            if len(ids) == AT_ONCE:
                self._ask(node, session, space_id, after=ids[-1])
