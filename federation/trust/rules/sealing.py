"""Sealing: a private key is kept encrypted with a key that is made of the node's secret."""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"wizzle federation keys 1"
_NONCE = 12


class Unopened(Exception):
    """What was sealed cannot be opened: with another secret, under another name, or damaged."""


def seal(secret: str, name: str, private: bytes) -> str:
    """Return ``private`` encrypted (AES-256-GCM), as text; only under ``name`` can it be opened."""
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(_key(secret)).encrypt(nonce, private, name.encode())
    return base64.b64encode(nonce + sealed).decode()


def unseal(secret: str, name: str, sealed: str) -> bytes:
    """Return what was sealed under ``name``; raises ``Unopened``."""
    try:
        kept = base64.b64decode(sealed, validate=True)
        return AESGCM(_key(secret)).decrypt(kept[:_NONCE], kept[_NONCE:], name.encode())
    except (InvalidTag, ValueError) as error:
        raise Unopened(name) from error


def _key(secret: str) -> bytes:
    # A secret of many random letters needs no slow derivation, only one of its own purpose.
    return HKDF(SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
