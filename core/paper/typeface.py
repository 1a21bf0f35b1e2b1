"""The typeface of papers: which signs it has, how wide they are, and where a line breaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import accumulate, takewhile
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
REGULAR = FOLDER / "Pretendard-Regular.ttf"
BOLD = FOLDER / "Pretendard-Bold.ttf"

PLACEHOLDER = "□"
"""Stands for a sign that the typeface lacks: Hanja, emoji, other scripts."""

_POINT = 25.4 / 72  # millimetres
# Joiners, selectors of variants and marks of direction are seen only by what they do to others.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")


class Typeface:
    """One weight, by its tables of glyphs and of widths in thousandths of the size."""

    def __init__(self, glyphs: Mapping[int, object], widths: Mapping[int, float]) -> None:
        self._glyphs = glyphs
        self._widths = widths

    def printable(self, text: str) -> str:
        """Return a text composed, in which each sign that cannot be printed is a placeholder."""
        text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
        if all(ord(sign) in self._glyphs for sign in text):
            return text
        found = ""
        for sign in text:
            found += sign if ord(sign) in self._glyphs else _instead(sign, found[-1:])
        return found

    def width(self, text: str, size: float) -> float:
        """Return how wide a printable text is at a size in points, in millimetres."""
        widths = self._widths
        return sum(widths[ord(sign)] for sign in text) * size * _POINT / 1000

    def lines(self, text: str, size: float, room: float) -> list[str]:
        """Break a text into printable lines: between words, and inside one that is too long."""
        found: list[str] = []
        for paragraph in text.replace("\r\n", "\n").split("\n"):
            printable = self.printable(paragraph).strip()
            if self.width(printable, size) <= room:
                found.append(printable)
            else:
                found.extend(self._broken(printable, size, room))
        return found

    def _broken(self, text: str, size: float, room: float) -> Iterator[str]:
        line = ""
        for word in text.split():
            wider = f"{line} {word}" if line else word
            if self.width(wider, size) <= room:
                line = wider
                continue
            if line:
                yield line
            *full, line = self._cut(word, size, room)
            yield from full
        yield line

    def _cut(self, word: str, size: float, room: float) -> Iterator[str]:
        piece = ""
        for sign in word:
            if piece and self.width(piece + sign, size) > room:
                yield piece
                piece = ""
            piece += sign
        yield piece

    def fitted(self, text: str, size: float, room: float) -> str:
        """Return a text as one line, ended by "…" where it would be wider than the room."""
        line = self.printable(" ".join(text.split()))
        if self.width(line, size) <= room:
            return line
        room -= self.width("…", size)
        ends = accumulate(self.width(sign, size) for sign in line)
        return line[: sum(1 for _ in takewhile(room.__ge__, ends))].rstrip() + "…"


def _instead(sign: str, before: str) -> str:
    kind = unicodedata.category(sign)
    if kind in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    # A mark or a tone of skin belongs to the sign before it, which may have its placeholder.
    belongs = kind in ("Mn", "Me", "Sk", "Cf") and before == PLACEHOLDER
    return "" if belongs else PLACEHOLDER
