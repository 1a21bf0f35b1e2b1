"""What is remembered between messages: keys, tries to fetch them, and messages that were seen.

A node keeps these in tables; the two forgetful ones here live in memory, for commands and tests.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from .limits import FETCHES_PER_SITE, REPLAY, RETRY

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """A peer's key as it was fetched; times in Unix seconds.

    ``owner`` is the actor whose document lists it, ``actor_type`` that document's type, ``text``
    what ``keys.public_key`` reads, ``expires`` the end its owner gave it.
    """

    key_id: str
    owner: str
    actor_type: str
    text: str
    fetched_at: float
    expires: float | None = None


@dataclass(frozen=True, slots=True)
class Try:
    """The last try to fetch a document; ``reason`` and ``detail`` of the refusal if it failed.

    ``again`` tells that its actor was known already.
    """

    at: float
    reason: str = ""
    detail: str = ""
    again: bool = False


class KeyStore(Protocol):
    """Keys of peers and the tries to fetch them; a store may forget what is old at any time."""

    def find(self, key_id: str) -> Known | None: ...

    def knows(self, actor: str) -> bool:
        """Tell whether any key of this actor is kept."""

    def keep(self, owner: str, keys: Sequence[Known]) -> None:
        """Keep these keys of an owner and forget all its others."""

    def last_try(self, document: str) -> Try | None: ...

    def note_try(self, document: str, tried: Try) -> None: ...

    def spend(self, site: str, now: float) -> bool:
        """Take one fetch off what this registrable domain has left, ``False`` if it has none."""


class Seen(Protocol):
    """Messages that took effect; what is asked here is written with the effect, by the caller."""

    def body_of(self, inbox: str, activity_id: str) -> str | None:
        """Return the SHA-256 (hex) of the body that came into this inbox under this id."""

    def replayed(self, fingerprint: str, now: float) -> bool:
        """Tell whether this signature was taken within the last ``REPLAY`` seconds."""


class _Bounded(OrderedDict[str, T], Generic[T]):
    """A dictionary that lets its oldest entry go when it is full."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: str, value: T) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        if len(self) > self._most:
            self.popitem(last=False)


class Forgetful:
    """Both memories of one process, bounded: the oldest is forgotten first."""

    def __init__(self, most: int = 10_000) -> None:
        self._keys: _Bounded[Known] = _Bounded(most)
        self._tries: _Bounded[Try] = _Bounded(most)
        self._spent: _Bounded[tuple[float, int]] = _Bounded(most)
        self._bodies: _Bounded[str] = _Bounded(most)
        self._signatures: _Bounded[float] = _Bounded(most)

    def find(self, key_id: str) -> Known | None:
        return self._keys.get(key_id)

    def knows(self, actor: str) -> bool:
        return any(each.owner == actor for each in self._keys.values())

    def of(self, owner: str) -> list[Known]:
        """Return all keys that are kept of this owner."""
        return [each for each in self._keys.values() if each.owner == owner]

    def keep(self, owner: str, keys: Sequence[Known]) -> None:
        for old in [key_id for key_id, each in self._keys.items() if each.owner == owner]:
            del self._keys[old]
        for each in keys:
            self._keys[each.key_id] = each

    def last_try(self, document: str) -> Try | None:
        return self._tries.get(document)

    def note_try(self, document: str, tried: Try) -> None:
        self._tries[document] = tried

    def spend(self, site: str, now: float) -> bool:
        since, count = self._spent.get(site, (now, 0))
        if now - since >= RETRY:
            since, count = now, 0
        self._spent[site] = (since, count + 1)
        return count < FETCHES_PER_SITE

    def body_of(self, inbox: str, activity_id: str) -> str | None:
        return self._bodies.get(f"{inbox} {activity_id}")

    def replayed(self, fingerprint: str, now: float) -> bool:
        taken = self._signatures.get(fingerprint)
        return taken is not None and now - taken < REPLAY

    def remember_body(self, inbox: str, activity_id: str, sha256: str) -> None:
        self._bodies[f"{inbox} {activity_id}"] = sha256

    def remember_signature(self, fingerprint: str, now: float) -> None:
        self._signatures[fingerprint] = now
