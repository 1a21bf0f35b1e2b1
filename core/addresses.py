"""Addresses by which other nodes know this node and what is on it: never reused, never renamed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SPACE = re.compile(r"/orgs/([1-9][0-9]{0,17})")


def node_actor(base: str) -> str:
    """Return the address of the actor that is the node itself; ``base`` is its public address."""
    return f"{base}/actor"


def space_actor(base: str, space_id: int) -> str:
    """Return the address of the actor that is a space of this node."""
    return f"{base}/orgs/{space_id}"


def actor_of(base: str, space_id: int | None) -> str:
    """Return the address of a space's actor, or the node's own for None."""
    return node_actor(base) if space_id is None else space_actor(base, space_id)


def space_of(base: str, actor: str) -> int | None:
    """Return the id of the space of this node that an address names, None if it names none."""
    if not actor.startswith(f"{base}/"):
        return None
    found = _SPACE.fullmatch(actor[len(base) :])
    return int(found.group(1)) if found else None


def host_of(address: str) -> str:
    """Return the host of an address as nodes name each other: with its port where it names one.

    >>> host_of("https://wanju.example/orgs/4")
    'wanju.example'
    """
    return urlsplit(address).netloc.rpartition("@")[2].lower()
