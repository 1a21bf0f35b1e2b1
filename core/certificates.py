"""The codes under which certificates can be checked by whoever holds one."""

from __future__ import annotations

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and figures that nobody takes for one another."""

CODE_LENGTH = 16
"""Of 32 signs each: 80 bits."""


def code_form(text: str) -> str:
    """Return a code as it is kept, however it was typed: "o" is a nought, "i" and "l" a one.

    Empty for what can be no code.
    """
    plain = text.strip().upper().replace("-", "").replace(" ", "")
    plain = plain.translate(str.maketrans("OIL", "011"))
    is_code = len(plain) == CODE_LENGTH and all(sign in SIGNS for sign in plain)
    return plain if is_code else ""


def shown_code(code: str) -> str:
    """Return a code as people read it.

    >>> shown_code("0123456789ABCDEF")
    '0123-4567-89AB-CDEF'
    """
    return "-".join(code[place : place + 4] for place in range(0, CODE_LENGTH, 4))
