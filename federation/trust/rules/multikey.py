"""Multikey: how an Ed25519 public key is written in a document (FEP-521a, Multiformats)."""

from __future__ import annotations

_LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519 = b"\xed\x01"


def multibase(raw: bytes) -> str:
    """Return 32 bytes of a public Ed25519 key as base58btc with its two prefixes ("z6Mk…")."""
    marked = _ED25519 + raw
    number, text = int.from_bytes(marked, "big"), ""
    while number:
        number, place = divmod(number, len(_LETTERS))
        text = _LETTERS[place] + text
    return f"z{text}"
