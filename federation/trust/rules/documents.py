"""The documents by which others know this node and its spaces; plain values in, JSON out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ....core.addresses import node_actor, space_actor
from .handles import NODE
from .kinds import RSA
from .terms import CONTEXT, IMPLEMENTS, OURS

Document = dict[str, Any]

GROUPS = ("hub", "circle")
"""Kinds of spaces that are people who meet; all others are organisations."""


@dataclass(frozen=True, slots=True)
class PublicHalf:
    """A key as others read it: its name ("rsa-1"), its kind, and its text in that kind's form."""

    name: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a node says it is; ``base`` is its address."""

    base: str
    name: str
    region: str
    summary: str


def key_id(actor: str, name: str) -> str:
    """Return the address of a key under an actor."""
    return f"{actor}#{name}"


def node_document(who: Identity, keys: Sequence[PublicHalf]) -> Document:
    """Return the actor that is the node."""
    actor = node_actor(who.base)
    return {
        "@context": list(CONTEXT),
        "id": actor,
        "type": "Application",
        "preferredUsername": NODE,
        "name": who.name,
        "summary": who.summary,
        "url": f"{who.base}/federation/policy",
        "location": {"type": "Place", "name": who.region},
        "inbox": f"{who.base}/inbox",
        "outbox": f"{who.base}/outbox",
        "streams": [f"{who.base}/orgs"],
        "implements": list(IMPLEMENTS),
        **_keys(actor, keys),
    }


def _keys(actor: str, keys: Sequence[PublicHalf]) -> Document:
    """Return the RSA keys as every peer reads them, and the Ed25519 ones as FEP-521a has them.

    All actors of a node have the same keys, each under an id of its own: so a key's owner is
    always the actor that sends, as every peer wants it.
    """
    rsa = [
        {"id": key_id(actor, key.name), "owner": actor, "publicKeyPem": key.text}
        for key in keys
        if key.kind == RSA
    ]
    multikeys = [
        {
            "id": key_id(actor, key.name),
            "type": "Multikey",
            "controller": actor,
            "publicKeyMultibase": key.text,
        }
        for key in keys
        if key.kind != RSA
    ]
    # Many readers take one key only, as an object: more than one stand there only in a rotation.
    return {"publicKey": rsa[0] if len(rsa) == 1 else rsa, "assertionMethod": multikeys}


@dataclass(frozen=True, slots=True)
class Org:
    """A space as others may know it; ``publications`` are the names of what it publishes."""

    id: int
    kind: str
    handle: str
    name: str
    summary: str
    region: str
    page: str
    picture: str = ""
    publications: Mapping[str, str] | None = None


def space_document(base: str, org: Org, keys: Sequence[PublicHalf]) -> Document:
    """Return the actor that is a space of this node.

    It belongs to the node named by ``attributedTo``, which lists it in turn in the collection
    that its own document names under ``streams``.
    """
    actor, node = space_actor(base, org.id), node_actor(base)
    told: Document = {
        "@context": [*CONTEXT, {"wizzle": OURS}],
        "id": actor,
        "type": "Group" if org.kind in GROUPS else "Organization",
        "preferredUsername": org.handle,
        "name": org.name,
        "summary": org.summary,
        "url": org.page,
        "attributedTo": node,
        "generator": {"type": "Application", "id": node, "implements": list(IMPLEMENTS)},
        "inbox": f"{actor}/inbox",
        "outbox": f"{actor}/outbox",
        "wizzle:kind": org.kind,
        "streams": [
            {"type": "OrderedCollection", "id": f"{actor}/{name}", "name": title}
            for name, title in (org.publications or {}).items()
        ],
    }
    told |= _keys(actor, keys)
    if org.region:
        told["location"] = {"type": "Place", "name": org.region}
    if org.picture:
        told["icon"] = {"type": "Image", "url": org.picture}
    return told


def tombstone(base: str, space_id: int, kind: str, closed: str) -> Document:
    """Return what stands in the place of a space that was closed."""
    return {
        "@context": CONTEXT[0],
        "id": space_actor(base, space_id),
        "type": "Tombstone",
        "formerType": "Group" if kind in GROUPS else "Organization",
        "deleted": closed,
    }


def collection(id_: str, items: Sequence[str]) -> Document:
    """Return a small collection whole."""
    return {
        "@context": CONTEXT[0],
        "id": id_,
        "type": "OrderedCollection",
        "totalItems": len(items),
        "orderedItems": list(items),
    }
