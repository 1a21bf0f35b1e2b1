"""Nodes with federation that are really served and reach each other by HTTP on this machine.

Their letters are carried by hand, to a door of the tests, so that a test says what arrives when;
or by the node itself to an inbox, as in earnest.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import waitress
from flask import Blueprint, Flask, request
from sqlalchemy.orm import Session

from wizzle.core.addresses import node_actor
from wizzle.core.facts import PeerChanged
from wizzle.core.hookspecs import hookimpl
from wizzle.core.node import Node
from wizzle.core.outgoing import Answer
from wizzle.core.ports import outgoing as guarded
from wizzle.core.talk import Letter, Received
from wizzle.core.testing import FixedClock, make_node
from wizzle.core.web import create_app, machine
from wizzle.federation import trust
from wizzle.federation.trust.models import Peer
from wizzle.federation.trust.queries import peers

DOOR = "/door-of-the-tests"


class Door:
    """A door that only who is joined gets through; a plugin in all but a file."""

    def __init__(self, node: Node) -> None:
        self._node = node

    @hookimpl
    def blueprints(self) -> Sequence[Blueprint]:
        return [_door(self._node)]


class Post(Door):
    """Takes the node's letters, and remembers what was told of ties."""

    def __init__(self, node: Node) -> None:
        super().__init__(node)
        self.letters: list[Letter] = []
        self.facts: list[PeerChanged] = []

    @hookimpl
    def send_document(self, letter: Letter) -> bool:
        self.letters.append(letter)
        return True

    @hookimpl
    def peer_changed(self, fact: PeerChanged) -> None:
        self.facts.append(fact)


@dataclass
class Linked:
    """A served node, its letters, and what was found at its door."""

    node: Node
    app: Flask
    post: Post

    @property
    def address(self) -> str:
        return self.node.settings.node.address

    @property
    def host(self) -> str:
        return self.address.removeprefix("http://")

    @property
    def actor(self) -> str:
        return node_actor(self.address)

    def state(self, other: Linked) -> str | None:
        """Return how this node stands to another one."""
        with self.node.db.read() as session:
            return peers.state_of(session, other.host)

    def peer(self, other: Linked) -> Peer:
        """Return what this node knows of another one."""
        with self.node.db.read() as session:
            found = peers.by_host(session, other.host)
            session.expunge_all()
        assert found is not None
        return found

    def carry(self, other: Linked) -> list[Answer]:
        """Carry all letters that wait to the door of another node."""
        letters, self.post.letters = self.post.letters, []
        return [self.send(other, letter.document) for letter in letters]

    def send(self, other: Linked, document: Mapping[str, Any], **more: Any) -> Answer:
        """Post one document, signed, to the door of another node."""
        body = json.dumps(document).encode()
        return trust.outgoing.post(self.node, other.address + DOOR, body, **more)


def _door(node: Node) -> Blueprint:
    """The inbox of the tests: what delivery does, in short and at once."""
    door = Blueprint("door", __name__)

    @door.post(DOOR)
    @machine("federation.read")
    def take() -> Any:
        trust.gate.hold_back(node, request.remote_addr)
        guest = trust.gate.verify(node, trust.gate.incoming(request, request.get_data()))
        assert isinstance(guest, trust.Guest)
        with node.db.write() as session:
            assert trust.store.remember(node, session, guest.verdict.fingerprint)
            _handle(node, session, guest)
        return "", 202

    @door.get(f"{DOOR}/<path:name>")
    @machine("federation.read")
    def read(name: str) -> Any:
        guest = trust.gate.require_peer(node, request)
        return trust.document({"id": name, "read_by": guest.host})

    return door


def _handle(node: Node, session: Session, guest: trust.Guest) -> None:
    activity = guest.verdict.activity
    assert activity is not None
    received = Received(
        id=activity.id,
        kind=activity.type,
        object_kind="",
        actor=guest.actor,
        host=guest.host,
        space_id=None,
        document=activity.document,
        sealed=False,
        received_at=node.clock.now(),
    )
    node.hooks.receive_document(node=node, session=session, received=received)


def _answer(site: Any) -> None:
    with suppress(OSError):  # its sockets are closed while it waits for something on them
        site.run()


@contextmanager
def linked(home: Path, **choices: Any) -> Iterator[Linked]:
    """Serve a node with federation at an address of its own on this machine."""
    home.mkdir(parents=True, exist_ok=True)
    plugins: Sequence[str] = choices.pop("plugins", ("federation",))
    by_hand = choices.pop("by_hand", True)
    with socket.create_server(("127.0.0.1", 0)) as opened:
        address = f"http://127.0.0.1:{opened.getsockname()[1]}"
        node = make_node(
            home,
            plugins=plugins,
            address=address,
            development=True,
            http=guarded(loopback=True),
            clock=choices.pop("clock", None) or FixedClock(),
            **choices,
        )
        post = Post(node)
        node.host._manager.register(post if by_hand else Door(node))
        made = Linked(node, create_app(node), post)
        site = waitress.create_server(made.app, sockets=[opened], threads=4)
        answering = threading.Thread(target=_answer, args=(site,), name="site", daemon=True)
        answering.start()
        try:
            yield made
        finally:
            for channel in list(site.active_channels.values()):
                channel.will_close = True  # clients keep theirs open, and the server waits for them
            site.pull_trigger()
            site.close()
            site.task_dispatcher.shutdown()
            answering.join(timeout=5)
            node.close()
