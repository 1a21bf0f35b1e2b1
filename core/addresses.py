"""Addresses by which other nodes know this node and what is on it: never reused, never renamed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SPACE = re.compile(r"/orgs/([1-9][0-9]{0,17})")
_KINDS = {"space": "orgs", "person": "people", "collection": "picks", "weekly": "weeklies"}
"""By which word the address of each kind of actor begins."""

_ACTOR = re.compile(rf"/({'|'.join(_KINDS.values())})/([1-9][0-9]{{0,17}})")
_OF_WORD = {word: kind for kind, word in _KINDS.items()}


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


def subject_actor(base: str, subject: str) -> str:
    """Return the address of the actor that a subject ("space:7", "person:5", "collection:3",
    "node") is.

    "node" is the neighbourhood, whose news others follow; the actor that speaks for the node with
    other nodes is ``node_actor``.

    >>> subject_actor("https://wanju.example", "person:5")
    'https://wanju.example/people/5'
    """
    kind, _, number = subject.partition(":")
    return f"{base}/{_KINDS[kind]}/{number}" if number else f"{base}/town"


def subject_of(base: str, actor: str) -> str | None:
    """Return the subject whose actor on this node an address is, None if it is nobody's.

    >>> subject_of("https://wanju.example", "https://wanju.example/orgs/7")
    'space:7'
    """
    if actor == f"{base}/town":
        return "node"
    found = _ACTOR.fullmatch(actor[len(base) :]) if actor.startswith(f"{base}/") else None
    if found is None:
        return None
    return f"{_OF_WORD[found[1]]}:{found[2]}"


def host_of(address: str) -> str:
    """Return the host of an address as nodes name each other: with its port where it names one.

    >>> host_of("https://wanju.example/orgs/4")
    'wanju.example'
    """
    return urlsplit(address).netloc.rpartition("@")[2].lower()
