"""Sealing: this node's private keys are kept encrypted, for the federation's purpose alone."""

from __future__ import annotations

from ....core import sealing
from ....core.sealing import Unopened

__all__ = ["Unopened", "seal", "unseal"]

_PURPOSE = "wizzle federation keys 1"


def seal(secret: str, name: str, private: bytes) -> str:
    """Return ``private`` encrypted, as text; only under ``name`` can it be opened."""
    return sealing.seal(secret, _PURPOSE, name, private)


def unseal(secret: str, name: str, sealed: str) -> bytes:
    """Return what was sealed under ``name``; raises ``Unopened``."""
    return sealing.unseal(secret, _PURPOSE, name, sealed)
