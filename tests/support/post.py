"""A post between nodes in one process: it can lose letters, bring them twice and out of order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from wizzle.core.addresses import host_of, node_actor, space_of
from wizzle.core.errors import NotFound, Refused, Unreachable
from wizzle.core.hookspecs import hookimpl
from wizzle.core.node import Node
from wizzle.core.talk import Letter, Peer, Received
from wizzle.core.web import create_app


@dataclass
class Sent:
    """A letter under way; ``document`` is what its bytes say."""

    sender: str
    host: str
    letter: Letter
    document: dict[str, Any]
    body: bytes


@dataclass
class Post:
    """Knows every node by its host; what was committed lies in ``waiting`` until it is brought."""

    nodes: dict[str, Node] = field(default_factory=dict)
    waiting: list[Sent] = field(default_factory=list)
    every: list[Sent] = field(default_factory=list)
    refused: list[tuple[Sent, Refused]] = field(default_factory=list)
    cut: bool = False
    asking: list[str] = field(default_factory=list)
    sites: dict[str, Any] = field(default_factory=dict)

    def join(self, node: Node) -> None:
        host = host_of(node.settings.node.address)
        self.nodes[host] = node
        node.host._manager.register(Door(self, node, host), name="post")

    def site(self, host: str) -> Any:
        """A program that asks that node, whoever it is said to be by ``asking``."""
        if host not in self.sites:
            self.sites[host] = create_app(self.nodes[host]).test_client()
        return self.sites[host]

    def bring(
        self,
        *,
        choose: Callable[[list[Sent]], Iterable[Sent]] | None = None,
        rounds: int = 50,
    ) -> int:
        """Bring what waits, and what that leads to, until nothing waits; return how many.

        ``choose`` says of each heap which letters arrive, in which order and how often.
        """
        brought = 0
        for _ in range(rounds):
            heap, self.waiting = self.waiting, []
            if not heap:
                return brought
            for sent in list(choose(heap) if choose else heap):
                self.hand(sent)
                brought += 1
        raise AssertionError(f"the nodes never stop writing: {self.waiting[0].document}")

    def hand(self, sent: Sent) -> None:
        """Hand one letter to the node that it is for, as the one that delivers would."""
        node, document = self.nodes[sent.host], json.loads(sent.body)
        about = document.get("object")
        base = node.settings.node.address.rstrip("/")
        received = Received(
            id=document["id"], kind=document["type"],
            object_kind=str(about.get("type", "")) if isinstance(about, dict) else "",
            actor=document["actor"], host=host_of(document["actor"]),
            space_id=space_of(base, sent.letter.to), document=document,
            sealed=sent.letter.sealed, received_at=node.clock.now(),
        )  # fmt: skip
        try:
            with node.db.write() as session:
                taken = node.hooks.receive_document(node=node, session=session, received=received)
                assert taken is not None, f"nobody took {document}"
        except Refused as refused:
            self.refused.append((sent, refused))


@dataclass
class Door:
    """What a node's own federation would answer."""

    post: Post
    node: Node
    host: str

    @hookimpl
    def peers(self) -> list[Peer]:
        return [
            Peer(host, node.settings.node.name, "", node_actor(node.settings.node.address))
            for host, node in self.post.nodes.items()
            if host != self.host
        ]

    @hookimpl
    def send_document(self, session: Session, letter: Letter) -> bool:
        body = json.dumps(dict(letter.document), ensure_ascii=False).encode()
        sent = Sent(self.host, host_of(letter.to), letter, json.loads(body), body)
        event.listen(session, "after_commit", lambda _: self._posted(sent), once=True)
        return True

    def _posted(self, sent: Sent) -> None:
        self.post.every.append(sent)
        self.post.waiting.append(sent)

    @hookimpl
    def fetch_document(self, url: str) -> dict[str, Any]:
        if self.post.cut:
            raise Unreachable("The other node does not answer.")
        host = host_of(url)
        self.post.asking.append(self.host)
        try:
            found = self.post.site(host).get(url)
        finally:
            self.post.asking.pop()
        if found.status_code in {404, 410}:
            raise NotFound("There is nothing.")
        assert found.status_code == 200, found.text
        document: dict[str, Any] = found.get_json(force=True)
        return document

    @hookimpl
    def who_asks(self) -> str | None:
        return self.post.asking[-1] if self.post.asking else None
