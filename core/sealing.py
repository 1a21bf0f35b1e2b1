"""Sealing: a private key is kept encrypted with a key that is made of the node's secret."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class Unopened(Exception):
    """What was sealed cannot be opened: with another secret, under another name, or damaged."""


def seal(secret: str, purpose: str, name: str, private: bytes) -> str:
    """Return ``private`` encrypted (AES-256-GCM), as text; only under ``name`` can it be opened.

    ``purpose`` parts the keys of those who seal: what one of them sealed no other can open.
    """
    nonce = os.urandom(_NONCE)
    sealed = _cipher(secret, purpose).encrypt(nonce, private, name.encode())
    return base64.b64encode(nonce + sealed).decode()


def unseal(secret: str, purpose: str, name: str, sealed: str) -> bytes:
    """Return what was sealed under ``name``; raises ``Unopened``."""
    from cryptography.exceptions import InvalidTag

    try:
        kept = base64.b64decode(sealed, validate=True)
        cipher = _cipher(secret, purpose)
        return bytes(cipher.decrypt(kept[:_NONCE], kept[_NONCE:], name.encode()))
    except (InvalidTag, ValueError) as error:
        raise Unopened(name) from error


def _cipher(secret: str, purpose: str) -> AESGCM:
    # Large, and needed only where there is a key to open.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    # A secret of many random letters needs no slow derivation, only one of its own purpose.
    derived = HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret.encode())
    return AESGCM(derived)
