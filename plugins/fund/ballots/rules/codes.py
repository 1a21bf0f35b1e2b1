"""Codes on paper with which one votes once, without an account.

Fifteen letters of 24 are 68 bits: a thousand guesses a second at a thousand codes would take
millions of years. The node keeps only what its secret makes of them.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

ALPHABET = "34679ACDEFHJKLMNPRTUVWXY"
"""Letters and figures that are not taken for one another, read out or written down."""
LETTERS = 15
MOST_AT_ONCE = 2_000


def read_code(typed: str) -> str:
    """Return a code as it was made: small letters, blanks and dashes do not matter."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def shown_code(code: str) -> str:
    """Return a code in groups of five, as it is read out."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))


def digest(secret: str, code: str) -> str:
    """Return what is kept of a code; without the node's secret nobody can try codes at it."""
    key = hashlib.sha256(f"fund ballots codes\n{secret}".encode()).digest()
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()
