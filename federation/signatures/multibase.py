"""Base 58 as Bitcoin has it, in the one multibase form that Multikey and proofs use (``z…``)."""

from __future__ import annotations

from typing import Final

_ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES: Final = {letter: value for value, letter in enumerate(_ALPHABET)}
_MOST: Final = 128
"""Letters; 64 bytes of a signature make 88. The work grows with the square."""


def written(data: bytes) -> str:
    """Return the bytes as ``z`` and base 58."""
    number, letters = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        letters = _ALPHABET[rest] + letters
    return "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + letters


def read(text: str) -> bytes | None:
    """Return the bytes of a text that ``written`` could have made, else ``None``."""
    digits = text[1:]
    if not text.startswith("z") or len(text) > _MOST or any(each not in _VALUES for each in digits):
        return None
    number = 0
    for letter in digits:
        number = number * 58 + _VALUES[letter]
    zeros = len(digits) - len(digits.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
