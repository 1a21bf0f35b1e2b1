"""Looking at another node before anything is agreed with it: who it says it is, and its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ....core.addresses import host_of
from ....core.errors import NotFound, Refused, Unreachable
from ....core.node import Node
from ....core.values import Message
from ..rules import finding
from ..rules.discovery import acct
from ..rules.hosts import base_of
from ..rules.remote import NODES, Remote, fingerprint, read_remote
from ..rules.terms import JRD
from . import outgoing


@dataclass(frozen=True, slots=True)
class Face:
    """What another node says of itself, as a steward is shown it before they agree."""

    host: str
    actor: Remote
    name: str
    region: str
    software: str
    fingerprint: str


def look(node: Node, host: str) -> Face:
    """Ask a node who it is: its actor by WebFinger, and NodeInfo. No transaction may be open.

    Raises ``Unreachable``, or ``Refused`` if what it says contradicts itself.
    """
    if host == host_of(node.settings.node.address):
        raise Refused("This is this node itself.")
    base = base_of(host, development=node.settings.server.development)
    actor = _actor(node, base, host)
    info = _nodeinfo(node, base)
    return Face(
        host=host,
        actor=actor,
        name=actor.name or host,
        region=finding.region(info) or actor.region,
        software=finding.software(info),
        fingerprint=fingerprint(actor.keys),
    )


def _actor(node: Node, base: str, host: str) -> Remote:
    address = _address(node, base, host)
    if address is None:
        raise Refused("%(host)s names no actor of its own: no node is there.", host=host)
    found = read_remote(address, outgoing.fetch(node, address))
    if isinstance(found, Message):
        raise Refused(found.text)
    if found.kind not in NODES:
        raise Refused("The actor of %(host)s is not that of a node.", host=host)
    # The name must lead back to the same actor, or anybody could be called so (CVE-2023-42451).
    handle = f"acct:{found.handle}@{host}"
    if acct(handle, host) != found.handle or (
        finding.actor_link(_finger(node, base, handle), base) != address
    ):
        raise Refused("The name of the actor of %(host)s leads to somebody else.", host=host)
    return found


def _address(node: Node, base: str, host: str) -> str | None:
    """Return the actor of a node by its bare address (FEP-d556), or by the name others use."""
    try:
        named = _finger(node, base, f"{base}/")
    except NotFound:
        named = _finger(node, base, f"acct:{host}@{host}")
    return finding.actor_link(named, base)


def _finger(node: Node, base: str, resource: str) -> Mapping[str, Any]:
    url = f"{base}/.well-known/webfinger?resource={quote(resource, safe='')}"
    return outgoing.read(outgoing.get(node, url, accept=JRD), url)


def _nodeinfo(node: Node, base: str) -> Mapping[str, Any]:
    """Return NodeInfo, nothing if there is none: what runs there is only told, never needed."""
    try:
        url = f"{base}/.well-known/nodeinfo"
        link = finding.nodeinfo_link(
            outgoing.read(outgoing.get(node, url, accept="application/json"), url), base
        )
        if link is None:
            return {}
        return outgoing.read(outgoing.get(node, link, accept="application/json"), link)
    except (Refused, Unreachable):
        return {}
