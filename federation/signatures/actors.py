"""Documents of actors and of keys: whose a key is, claimed by both sides, or it is nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from .addresses import same_origin
from .keys import public_key
from .limits import MOST_KEYS
from .memory import Known
from .refusals import Refusal

ACTOR_TYPES: Final = frozenset({"Application", "Group", "Organization", "Person", "Service"})
_SECRETS: Final = frozenset(
    {"privateKeyPem", "privateKeyMultibase", "privateKeyJwk", "privateKeyBase58",
     "secretKeyMultibase", "secretKeyJwk"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A key as a document lists it; ``text`` is empty where only its id stands."""

    key_id: str
    owner: str
    text: str
    expires: float | None


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor's document, as far as its keys go."""

    id: str
    type: str
    keys: tuple[Listed, ...]


def owner_of_key(document: dict[str, Any], *, found_at: str, key_id: str) -> str | None:
    """Return the owner that a document of a key alone names; ``None`` for an actor's document."""
    if _actor_type(document) is not None:
        return None
    _check_document(document, found_at)
    listed = _listed(document, "")
    if listed is None or listed.key_id != key_id or not listed.text:
        raise Refusal("key_document", "At the key's address is neither an actor nor this key.")
    if not same_origin(listed.owner, key_id):
        raise Refusal("key_owner", "The key's owner is on another origin.")
    return listed.owner


def read_actor(document: dict[str, Any], *, found_at: str) -> Actor:
    """Return the actor whose document was found at this address, after redirects."""
    _check_document(document, found_at)
    kind = _actor_type(document)
    if kind is None:
        raise Refusal("key_document", "The key's owner is not an actor.")
    return Actor(found_at, kind, tuple(_keys(document)))


def known_key(actor: Actor, key_id: str, *, at: float, alone: str = "") -> Known:
    """Return the key of this id as the actor's document claims it.

    ``alone`` is the key's text where it has a document of its own and the actor lists only its id.
    """
    named = {each for each in actor.keys if each.key_id == key_id}
    found = {each for each in named if each.text} or named
    if not found:
        raise Refusal("key_missing", "The actor's document does not list this key.")
    if len(found) > 1:
        raise Refusal("key_document", "The actor's document lists two keys under one id.")
    listed = found.pop()
    if listed.owner != actor.id or not same_origin(key_id, actor.id):
        raise Refusal("key_owner", "The key does not name this actor as its owner.")
    text = listed.text or alone
    if not text:
        raise Refusal("key_missing", "The actor's document holds only the id of this key.")
    public_key(text)  # weighed before it is kept
    return Known(key_id, actor.id, actor.type, text, at, listed.expires)


def usable_keys(actor: Actor, *, at: float) -> Iterator[Known]:
    """Yield the keys of an actor that can be used; what is wrong with the others is not asked.

    Only what is named as a part of this very document: a neighbour on the same host could list the
    id of another's key, and push that key out of memory.
    """
    own = (each.key_id for each in actor.keys if each.key_id.partition("#")[0] == actor.id)
    for key_id in dict.fromkeys(own):
        try:
            yield known_key(actor, key_id, at=at)
        except Refusal:
            continue


def keys_in(document: dict[str, Any], *, found_at: str, at: float) -> tuple[Known, ...]:
    """Return the keys that can be used of a document that was fetched for another reason."""
    try:
        return tuple(usable_keys(read_actor(document, found_at=found_at), at=at))
    except Refusal:
        return ()


def _check_document(document: dict[str, Any], found_at: str) -> None:
    if document.get("id") != found_at:
        raise Refusal("document_id", "The document's id is not the address it was found at.")
    if _holds_secret(document):
        raise Refusal("private_key", "A private key was published: it must be replaced at once.")


def _actor_type(document: dict[str, Any]) -> str | None:
    named = document.get("type")
    kinds = named if isinstance(named, list) else [named]
    return next((each for each in kinds if isinstance(each, str) and each in ACTOR_TYPES), None)


def _keys(document: dict[str, Any]) -> Iterator[Listed]:
    listed: list[Any] = []
    for name in ("publicKey", "assertionMethod", "authentication"):
        value = document.get(name, [])
        listed += value if isinstance(value, list) else [value]
    for each in listed[:MOST_KEYS]:
        found = _listed(each, document["id"])
        if found is not None:
            yield found


def _listed(each: Any, owner: str) -> Listed | None:
    if isinstance(each, str):
        return Listed(each, owner, "", None)
    if not isinstance(each, dict) or not isinstance(each.get("id"), str):
        return None
    named = each.get("owner", each.get("controller"))
    text = each.get("publicKeyPem", each.get("publicKeyMultibase", ""))
    ends = [_moment(each[name]) for name in ("expires", "revoked") if each.get(name) is not None]
    return Listed(
        each["id"],
        named if isinstance(named, str) else "",
        text if isinstance(text, str) else "",
        min(ends, default=None),
    )


def _moment(value: Any) -> float:
    """Return a time of XML Schema as Unix seconds; one that cannot be read has passed."""
    try:
        found = datetime.fromisoformat(value)
        return found.timestamp() if found.tzinfo else 0.0
    except (TypeError, ValueError, OverflowError):
        return 0.0


def _holds_secret(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(_SECRETS & value.keys()) or any(map(_holds_secret, value.values()))
    if isinstance(value, list):
        return any(map(_holds_secret, value))
    return isinstance(value, str) and "PRIVATE KEY-----" in value
