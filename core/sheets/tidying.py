"""What is left of a text once nothing invisible stands in it."""

from __future__ import annotations

import unicodedata


def tidy(text: str) -> str:
    """Return the text composed (NFC), without invisible signs, each run of spaces one space."""
    shown = (
        " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFC", text)
        if sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf"}
    )
    return " ".join("".join(shown).split())
