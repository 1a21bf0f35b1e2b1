"""Text as people type it, brought to one form before anything is read from it."""

from __future__ import annotations

from .....core.sheets import tidy

__all__ = ["folded", "plain", "quoted", "tidy", "titled"]

# Full-width signs and digits are ASCII typed with a Korean keyboard. NFKC would do more than
# that: it makes "12" of "1²", so only these are folded.
_FOLDED = {0xFF01 + step: 0x21 + step for step in range(94)} | {0x3000: " ", 0xFFE6: "₩"}


def plain(text: str) -> str:
    """Return ``tidy`` text with full-width signs as ASCII."""
    return tidy(text.translate(_FOLDED))


def folded(text: str) -> str:
    """Return the text as it is compared: without spaces, in lower case."""
    return plain(text).casefold().replace(" ", "")


def quoted(text: str) -> str:
    """Return the text as an error repeats it: tidy and short."""
    shown = tidy(text)
    return shown if len(shown) <= 40 else shown[:39] + "…"


def titled(name: str, variant: str) -> str:
    """Return what a product is called together with its variant: 사과 (대)."""
    return f"{name} ({variant})" if variant else name
