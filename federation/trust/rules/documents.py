"""The documents by which others know this node and its spaces; plain values in, JSON out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ....core.addresses import node_actor, space_actor, subject_actor
from .handles import NODE, TOWN
from .kinds import RSA
from .terms import CONTEXT, IMPLEMENTS, OURS

Document = dict[str, Any]
_TERMS = {"manuallyApprovesFollowers": "as:manuallyApprovesFollowers"}

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
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Someone:
    """A person as others may know them, who has agreed to it, or a collection; ``page`` and
    ``picture`` are whole addresses, ``words`` is plain text."""

    subject: str
    handle: str
    name: str
    words: str
    page: str
    picture: str = ""
    by_hand: bool = False


def space_document(base: str, org: Org, keys: Sequence[PublicHalf]) -> Document:
    """Return the actor that is a space of this node.

    It belongs to the node named by ``attributedTo``, which lists it in turn in the collection
    that its own document names under ``streams``.
    """
    actor, node = space_actor(base, org.id), node_actor(base)
    told: Document = {
        "@context": [*CONTEXT, {"wizzle": OURS, **_TERMS}],
        "id": actor,
        "type": "Group" if org.kind in GROUPS else "Organization",
        "preferredUsername": org.handle,
        "name": org.name,
        "summary": org.summary,
        "url": org.page,
        "attributedTo": node,
        "generator": _generator(base),
        **_doors(base, actor, by_hand=org.by_hand),
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


def _generator(base: str) -> Document:
    return {"type": "Application", "id": node_actor(base), "implements": list(IMPLEMENTS)}


def _doors(base: str, actor: str, *, by_hand: bool) -> Document:
    """Return where an actor is written to and read, and how one comes to follow it."""
    return {
        "inbox": f"{actor}/inbox",
        "outbox": f"{actor}/outbox",
        "followers": f"{actor}/followers",
        "endpoints": {"sharedInbox": f"{base}/inbox"},
        "manuallyApprovesFollowers": by_hand,
    }


def type_of(subject: str) -> str:
    """Return the type of an actor: what is no person tells what people here have chosen."""
    return "Person" if subject.startswith("person:") else "Service"


def profile_document(base: str, who: Someone, keys: Sequence[PublicHalf]) -> Document:
    """Return the actor that is a person or a collection; what is written there is no HTML."""
    actor = subject_actor(base, who.subject)
    told: Document = {
        "@context": [*CONTEXT, _TERMS],
        "id": actor,
        "type": type_of(who.subject),
        "preferredUsername": who.handle,
        "name": who.name,
        "summary": "".join(f"<p>{escape(line)}</p>" for line in who.words.splitlines() if line),
        "url": who.page,
        "attributedTo": node_actor(base),
        "generator": _generator(base),
        **_doors(base, actor, by_hand=who.by_hand),
        **_keys(actor, keys),
    }
    if who.picture:
        told["icon"] = {"type": "Image", "mediaType": "image/webp", "url": who.picture}
    return told


def town_document(who: Identity, keys: Sequence[PublicHalf], *, by_hand: bool) -> Document:
    """Return the actor that is the neighbourhood: what its node itself makes public."""
    actor = subject_actor(who.base, "node")
    return {
        "@context": [*CONTEXT, _TERMS],
        "id": actor,
        "type": "Group",
        "preferredUsername": TOWN,
        "name": who.name,
        "summary": who.summary,
        "url": f"{who.base}/",
        "attributedTo": node_actor(who.base),
        "generator": _generator(who.base),
        "location": {"type": "Place", "name": who.region},
        **_doors(who.base, actor, by_hand=by_hand),
        **_keys(actor, keys),
    }


def tombstone(base: str, space_id: int, kind: str, closed: str) -> Document:
    """Return what stands in the place of a space that was closed."""
    former = "Group" if kind in GROUPS else "Organization"
    return grave(space_actor(base, space_id), former, closed)


def grave(address: str, former: str, deleted: str) -> Document:
    """Return what stands for ever at the address of something that is gone."""
    return {
        "@context": CONTEXT[0],
        "id": address,
        "type": "Tombstone",
        "formerType": former,
        "deleted": deleted,
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
