"""Lots: one fixed order of the projects, drawn from a seed, that decides ties.

The seed is committed to before the vote closes, by publishing its digest, and shown after it: so
nobody can choose it once the ballots are known, and everybody can draw the same lots again.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def lots(ids: Iterable[str], seed: str) -> dict[str, int]:
    """Return the lot of each project: 0 wins against 1. The order of ``ids`` plays no part."""
    drawn = sorted(set(ids), key=lambda each: (sha256(f"{seed}|{each}".encode()).digest(), each))
    return {id_: lot for lot, id_ in enumerate(drawn)}


def commitment(seed: str) -> str:
    """Return what is published before the vote closes: the SHA-256 of the seed, in hexadecimal."""
    return sha256(seed.encode()).hexdigest()
