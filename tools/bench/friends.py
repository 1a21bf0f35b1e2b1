"""A node with many others tied to it: peers with keys, letters that wait, posts that are signed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from wizzle import node_config
from wizzle.core.migration import migrate
from wizzle.core.node import Node
from wizzle.core.opening import open_node
from wizzle.federation import trust
from wizzle.federation.delivery.models import Sent
from wizzle.federation.signatures import Keypair, Outgoing, sign
from wizzle.federation.trust.models import Actor, Peer
from wizzle.federation.trust.rules.making import new_private

from .node import Place, fill

_TABLE = """
[plugin.federation]
most_requests = 10000
most_letters = 10000000
"""


@dataclass(frozen=True)
class Friend:
    """Another node, of which nothing stands but its key."""

    host: str
    keypair: Keypair

    @property
    def actor(self) -> str:
        return f"https://{self.host}/actor"

    @property
    def raw_key(self) -> str:
        """The public half of its key, 32 bytes in hex."""
        encoding, form = Encoding.Raw, PublicFormat.Raw
        return self.keypair.private.public_key().public_bytes(encoding, form).hex()

    def post(self, url: str, name: str) -> bytes:
        """Return the text of a signed letter to an inbox, as the proxy before it hands it on."""
        body = activity(self.actor, self.host, name)
        asked = Outgoing("POST", url, body)
        headers = dict(sign(asked, self.keypair, form="rfc9421", now=time.time()))
        headers |= {
            "Content-Type": "application/activity+json", "Content-Length": str(len(body)),
            "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.1.2.3",
        }  # fmt: skip
        path = "/" + url.split("/", 3)[3]
        lines = [f"POST {path} HTTP/1.1", *(f"{key}: {value}" for key, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def activity(actor: str, host: str, name: str) -> bytes:
    """Return an activity of 1.6 kB, as an offer of a few lines is."""
    return json.dumps(
        {
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": f"https://{host}/activities/{name}",
            "type": "Create",
            "actor": actor,
            "object": {
                "id": f"https://{host}/things/{name}", "type": "Note", "attributedTo": actor,
                "content": "한 상자 " * 110,
            },
        },
        ensure_ascii=False,
    ).encode()  # fmt: skip


def make(home: Path, url: str | None, *, address: str, proxies: int = 0) -> tuple[Place, Node]:
    """Make a migrated node with the federation; one at an address of this machine may talk to it.

    ``proxies``: how many are believed to stand before it.
    """
    environ = {"WIZZLE_DATABASE__URL": url} if url else {}
    node_config.new_node(home, example="gangbuk", environ=environ)
    file = home / "node.toml"
    text = file.read_text("utf-8")
    if '"federation"' not in text:
        text = text.replace('enabled = ["market"', 'enabled = ["federation", "market"')
    file.write_text(text + _TABLE, "utf-8")
    place = Place(home, url or f"sqlite:///{home}/wizzle.db")
    environ = {**place.environ, **environ_of(address, proxies)}
    node = open_node(node_config.load(home, environ))
    migrate(node.db, node.host, archive=home / "migrations")
    trust.keys.published(node)
    return place, node


def opened(place: Place, environ: Mapping[str, str]) -> Node:
    """Open such a node once more."""
    return open_node(node_config.load(place.home, environ))


def environ_of(address: str, proxies: int = 0) -> dict[str, str]:
    """Return the settings of such a node that a process gets by its environment."""
    return {
        "WIZZLE_NODE__ADDRESS": address,
        "WIZZLE_SERVER__TRUSTED_PROXIES": str(proxies),
        "WIZZLE_SERVER__DEVELOPMENT": "true" if address.startswith("http://127.") else "false",
    }


def befriend(node: Node, hosts: list[str], scheme: str = "https") -> list[Friend]:
    """Tie nodes of these hosts to this one, with keys that are known here."""
    now = node.clock.now()
    found = []
    for host in hosts:
        key_id = f"{scheme}://{host}/actor#key"
        found.append(Friend(host, Keypair(key_id, new_private("ed25519"))))
        key = {
            "key_id": key_id, "owner": f"{scheme}://{host}/actor", "actor_type": "Application",
            "text": found[-1].keypair.public_text(), "fetched_at": now.timestamp(), "expires": None,
        }  # fmt: skip
        with node.db.write() as session:
            session.add(
                Peer(
                    host=host, state="joined", name=host, actor=f"{scheme}://{host}/actor",
                    made_at=now, rfc9421=True, contact_at=now, skew=0,
                )
            )  # fmt: skip
            session.add(
                Actor(
                    id=f"{scheme}://{host}/actor", host=host, kind="Application",
                    inbox=f"{scheme}://{host}/inbox", keys=[key], fetched_at=now, tried_at=now,
                )
            )  # fmt: skip
    return found


def letters(node: Node, hosts: list[str], each: int, mark: str, scheme: str = "http") -> None:
    """Let letters wait for these hosts, each in a lane of its own."""
    fill(node, Sent, _rows(node, hosts, each, mark, scheme))


def _rows(
    node: Node, hosts: list[str], each: int, mark: str, scheme: str
) -> Iterator[dict[str, Any]]:
    now = node.clock.now()
    for number in range(each):
        for host in hosts:
            name = f"{mark}-{host}-{number}"
            yield {
                "uri": f"https://here.example/{name}", "host": host, "lane": f"order:{number}",
                "actor": f"{scheme}://{host}/actor", "kind": "Create", "object_kind": "Note",
                "body": activity("https://here.example/actor", "here.example", name),
                "mark": "", "sealed": False, "due_at": now, "written_at": now,
                "ends_at": now + timedelta(days=3), "state": "waiting", "reason": "", "note": "",
                "answer": "", "tries": 0,
            }  # fmt: skip
