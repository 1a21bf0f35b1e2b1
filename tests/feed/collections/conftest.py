"""Collections as the tests make them: by actions, as the pages do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from support.cast import Cast

from wizzle.core.models import Person, Space
from wizzle.core.node import Node
from wizzle.plugins.feed.collections import actions
from wizzle.plugins.feed.collections.actions import Chosen, Words
from wizzle.plugins.feed.collections.models import Collection, Item


@dataclass
class Shelf:
    """What people do with collections on a node."""

    node: Node
    cast: Cast

    def do(self, step: Callable[..., Any], who: str, *given: Any, **named: Any) -> Any:
        """Do an action as somebody, in a transaction of its own."""
        viewer = self.cast.viewer(who)
        with self.node.db.write() as session:
            return step(self.node, session, viewer, *given, **named)

    def made(self, who: str = "alice", title: str = "자주 가는 곳", key: str = "k1") -> int:
        return int(
            self.do(actions.make, who, Words(title, "천천히 걷다가 들르는 곳이에요."), key=key).id
        )

    def space(self, name: str = "shop") -> str:
        return f"space:{self.cast.space(name).id}"

    def add(self, collection_id: int, subject: str | None, who: str = "alice", **more: Any) -> int:
        reason = more.pop("reason", "주인 아주머니가 친절해요")
        return int(self.do(actions.add, who, collection_id, Chosen(reason, subject, **more)).id)

    def public(self, who: str = "alice") -> int:
        """A public collection of somebody with frank's shop in it."""
        number = self.made(who)
        self.add(number, self.space(), who)
        self.do(actions.publish, who, number)
        return number

    def items(self, collection_id: int) -> list[Item]:
        with self.node.db.read() as session:
            rows = select(Item).where(Item.collection_id == collection_id)
            found = list(session.scalars(rows.order_by(Item.place, Item.id)))
            session.expunge_all()
            return found

    def one(self, collection_id: int) -> Collection | None:
        with self.node.db.read() as session:
            found = session.get(Collection, collection_id)
            session.expunge_all()
            return found

    def settle(self, who: str) -> None:
        """Let somebody have been here for a while."""
        with self.node.db.write() as session:
            person = session.get_one(Person, self.cast.person(who).id)
            person.created_at -= timedelta(days=30)

    def close(self, name: str) -> None:
        with self.node.db.write() as session:
            session.get_one(Space, self.cast.space(name).id).closed_at = self.node.clock.now()


@contextmanager
def heard(node: Node) -> Any:
    """Hear what is told of things that are made public, or withdrawn."""
    from wizzle.core.hookspecs import hookimpl

    class Listener:
        def __init__(self) -> None:
            self.told: list[Any] = []

        @hookimpl
        def thing_published(self, fact: Any) -> None:
            self.told.append(fact)

        @hookimpl
        def thing_withdrawn(self, fact: Any) -> None:
            self.told.append(fact)

    listener = Listener()
    node.host._manager.register(listener)
    try:
        yield listener.told
    finally:
        node.host._manager.unregister(listener)


@pytest.fixture
def told(node: Node) -> Any:
    """What the node has told of public things."""
    with heard(node) as facts:
        yield facts


@pytest.fixture
def shelf(node: Node, cast: Cast) -> Shelf:
    return Shelf(node, cast)
