"""Public life on nodes of tests: farms and people, what they make public, and who follows them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from wizzle.core.facts import ThingPublished, ThingWithdrawn
from wizzle.core.models import Person, Space
from wizzle.core.node import Node
from wizzle.core.outgoing import Answer
from wizzle.core.testing import FixedClock
from wizzle.core.work import work_once
from wizzle.federation.public.models import Listener, Thing
from wizzle.federation.trust.actions import outgoing
from wizzle.plugins.feed.circles import actions as circles
from wizzle.plugins.feed.wire import actions as wire
from wizzle.plugins.feed.wire.models import Copy, Neighbour

PLUGINS = ("feed", "federation")


def settle(*nodes: Node, times: int = 8) -> None:
    """Let all that is due be done on these nodes, and what comes of it."""
    for _ in range(times):
        if sum(work_once(node) for node in nodes) == 0:
            return


def farm_of(node: Node, slug: str = "farm", name: str = "완주 농부") -> int:
    """Return the id of a new space."""
    with node.db.write() as session:
        space = Space(kind="producer", slug=slug, name=name, created_at=node.clock.now())
        session.add(space)
        session.flush()
        return space.id


def person_of(node: Node, name: str = "민지") -> int:
    """Return the id of a new member."""
    with node.db.write() as session:
        count = len(session.scalars(select(Person.id)).all())
        person = Person(
            name=name, email=f"p{count}@pumpkin.example", password_hash="", language="ko",
            created_at=node.clock.now(),
        )  # fmt: skip
        session.add(person)
        session.flush()
        return person.id


def known(node: Node, person_id: int, handle: str = "minji") -> None:
    """Let somebody agree to be known elsewhere."""
    with node.db.write() as session:
        circles.open_page(
            node, session, person_id, handle=handle, name="민지", words="감자를 심어요."
        )
        wire.show(node, session, person_id)


def news(node: Node, author: str, number: int = 1, **more: Any) -> ThingPublished:
    """Return what is told of news."""
    fact = ThingPublished(
        subject=f"news:{number}", kind="news", author=author, title="감자를 캐요",
        text="토요일에 오세요.", path=f"/news/{number}", at=node.clock.now(),
    )  # fmt: skip
    return replace(fact, **more)


def publish(node: Node, fact: ThingPublished) -> None:
    """Tell in a transaction that something was made public."""
    with node.db.write() as session:
        node.hooks.thing_published(node=node, session=session, fact=fact)


def withdraw(node: Node, fact: ThingPublished) -> None:
    """Tell in a transaction that it is public no more."""
    gone = ThingWithdrawn(subject=fact.subject, author=fact.author, at=node.clock.now())
    with node.db.write() as session:
        node.hooks.thing_withdrawn(node=node, session=session, fact=gone)


def follow(node: Node, person_id: int, name: str) -> int:
    """Let somebody follow an actor of another node by its whole name; return its id here."""
    found = wire.find(node, person_id, name)
    with node.db.write() as session:
        return wire.follow(node, session, person_id, found).id


def later(clock: FixedClock) -> None:
    """Let so much time pass that a change is told."""
    clock.advance(seconds=timedelta(seconds=61).seconds)


def copies(node: Node) -> list[Copy]:
    """Return what is held here of others."""
    return _all(node, Copy)


def listeners(node: Node) -> list[Listener]:
    """Return who follows authors of this node."""
    return _all(node, Listener)


def things(node: Node) -> list[Thing]:
    """Return what is known of public things of this node."""
    return _all(node, Thing)


def neighbours(node: Node) -> list[Neighbour]:
    """Return whom this node follows elsewhere."""
    return _all(node, Neighbour)


def _all(node: Node, table: Any) -> list[Any]:
    with node.db.read() as session:
        found = list(session.scalars(select(table).order_by(table.id)))
        session.expunge_all()
    return found


def post(node: Node, inbox: str, document: dict[str, Any], actor: str) -> Answer:
    """Bring a document of one's own making to an inbox, signed by an actor of this node."""
    document = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{actor}/made/{node.random.token(8)}",
        "actor": actor,
        **document,
    }
    return outgoing.post(node, inbox, json.dumps(document).encode(), actor=actor)


def note(base: str, author: str, name: str = "1", **more: Any) -> dict[str, Any]:
    """Return a public note as other software writes it."""
    return {
        "id": f"{base}/notes/{name}", "type": "Note", "attributedTo": author,
        "to": ["https://www.w3.org/ns/activitystreams#Public"], "content": "<p>감자</p>", **more,
    }  # fmt: skip
