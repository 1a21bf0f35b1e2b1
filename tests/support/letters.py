"""Letters between nodes: peers that stand in a table, and a way out that a test plays itself."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import select

from wizzle.core.facts import LetterEnded
from wizzle.core.node import Node
from wizzle.core.talk import Letter
from wizzle.federation.delivery.actions.crew import Crew
from wizzle.federation.delivery.actions.writing import send
from wizzle.federation.delivery.models import Sent
from wizzle.federation.delivery.rules.answers import Answer
from wizzle.federation.trust.models import Peer


def befriend(node: Node, *hosts: str, state: str = "joined") -> None:
    """Write down a tie to each of these hosts."""
    with node.db.write() as session:
        for host in hosts:
            session.add(
                Peer(
                    host=host, state=state, name=host, actor=f"https://{host}/actor",
                    made_at=node.clock.now(),
                )
            )  # fmt: skip


def letter(name: str, host: str = "quince.example", lane: str = "order:1", **more: Any) -> Letter:
    """Return a letter whose id ends with ``name``."""
    document = {"id": f"https://pumpkin.example/letters/{name}", "type": "Note", "name": name}
    return Letter(f"https://{host}/actor", document, lane, **more)


def write(node: Node, *letters: Letter) -> None:
    """Write letters, each in a transaction of its own."""
    for each in letters:
        with node.db.write() as session:
            send(node, session, each)


def _taken(_name: str) -> Answer:
    return Answer(202)


class PlayedWay:
    """A way out on which a test says what each host answers; what was carried is kept."""

    def __init__(self) -> None:
        self.carried: list[tuple[str, str]] = []
        self.answers: dict[str, Callable[[str], Answer]] = {}
        self.moved: dict[str, str] = {}
        self.most: dict[str, int] = defaultdict(int)
        self._now: dict[str, int] = defaultdict(int)
        self._lock = threading.Lock()

    def inbox(self, node: Node, actor: str, *, anew: bool = False) -> str:
        return self.moved.get(actor, actor + "/inbox") if anew else actor + "/inbox"

    def post(self, node: Node, inbox: str, body: bytes, sender_id: int | None) -> Answer:
        host, name = inbox.split("/")[2], str(json.loads(body)["name"])
        with self._lock:
            self._now[host] += 1
            self.most[host] = max(self.most[host], self._now[host])
        try:
            answer = self.answers.get(host, _taken)(name)
        finally:
            with self._lock:
                self._now[host] -= 1
                self.carried.append((host, name))
        return answer

    def names(self, host: str = "quince.example") -> list[str]:
        """Return what was carried to a host, in its order."""
        return [name for there, name in self.carried if there == host]


def deliver(node: Node, way: Any) -> int:
    """Deliver what is due now; return how many letters were carried."""
    crew = Crew(node, way)
    try:
        return crew.finish()
    finally:
        crew.close()


def states(node: Node) -> dict[str, str]:
    """Return the state of each letter by its name."""
    with node.db.read() as session:
        rows = session.execute(select(Sent.uri, Sent.state))
        return {uri.rsplit("/", 1)[1]: state for uri, state in rows}


def due(node: Node, name: str) -> datetime | None:
    """Return when a letter is tried next."""
    with node.db.read() as session:
        return session.scalar(select(Sent.due_at).where(Sent.uri.endswith(f"/{name}")))


@contextmanager
def told(node: Node) -> Iterator[list[LetterEnded]]:
    """Hear what is told of letters that ended."""
    heard: list[LetterEnded] = []

    class Listener:
        @staticmethod
        def letter_ended(fact: LetterEnded) -> None:
            heard.append(fact)

    with listening(node, Listener):
        yield heard


@contextmanager
def listening(node: Node, listener: type) -> Iterator[None]:
    """Let a class of plain functions answer hooks of a node, as a plugin does."""
    from wizzle.core.hookspecs import hookimpl

    for name, function in vars(listener).items():
        if not name.startswith("_"):
            hookimpl(getattr(function, "__func__", function))
    node.host._manager.register(listener, name="listener")
    try:
        yield
    finally:
        node.host._manager.unregister(name="listener")
