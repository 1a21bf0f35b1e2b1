"""The kinds of keys that a node has."""

from __future__ import annotations

RSA, ED25519 = "rsa", "ed25519"
KINDS = (RSA, ED25519)
"""What every peer reads, and what is quick and makes proofs."""
