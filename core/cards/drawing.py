"""Drawing a card: the name, a line under it, whose page it is, and a picture beside."""

from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from ..paper.typeface import BOLD, REGULAR

if TYPE_CHECKING:
    from . import Card

_PAPER, _GREEN, _INK, _SOFT = "#fbf7ec", "#1f5138", "#23271f", "#585a4c"
_FRUIT, _ON_GREEN = "#e2632a", "#fffdf7"
_EDGE, _BAND = 72, 104
_TITLE, _LINE, _NAME = 76, 38, 40
_MOST_LINES = 3
_LONGEST = 200
Font = ImageFont.FreeTypeFont


def drawn_card(card: Card, width: int, height: int) -> bytes:
    """Return a card of this size in pixels as PNG."""
    whole = Image.new("RGB", (width, height), _PAPER)
    pen = ImageDraw.Draw(whole)
    room = width - 2 * _EDGE
    side = height - _BAND
    picture = _picture(card.picture, side)
    if picture is not None:
        whole.paste(picture, (width - side, 0))
        room -= side
    _words(pen, card, room, side)
    pen.rectangle((0, side, width, height), fill=_GREEN)
    _mark(pen, _EDGE, side + _BAND // 2)
    name = ImageFont.truetype(BOLD, _NAME)
    fitted = _fitted(card.node, name, width - 2 * _EDGE - 90)
    pen.text((_EDGE + 72, side + _BAND // 2), fitted, font=name, fill=_ON_GREEN, anchor="lm")
    written = io.BytesIO()
    whole.save(written, "PNG", optimize=True)
    return written.getvalue()


def _words(pen: ImageDraw.ImageDraw, card: Card, room: int, height: int) -> None:
    title, line = ImageFont.truetype(BOLD, _TITLE), ImageFont.truetype(REGULAR, _LINE)
    rows = _broken(_tidy(card.title), title, room)
    below = _fitted(card.line, line, room)
    step = round(_TITLE * 1.28)
    tall = step * len(rows) + (round(_LINE * 1.8) if below else 0)
    top = max(_EDGE // 2, (height - tall) // 2)
    for number, row in enumerate(rows):
        pen.text((_EDGE, top + number * step), row, font=title, fill=_INK)
    if below:
        pen.text((_EDGE, top + len(rows) * step + 14), below, font=line, fill=_SOFT)


def _broken(text: str, font: Font, room: int) -> list[str]:
    """Break a text between its words, and inside of one that is too long for a line."""
    rows: list[str] = []
    row = ""
    for word in text.split(" "):
        wider = f"{row} {word}" if row else word
        if font.getlength(wider) <= room:
            row = wider
            continue
        if row:
            rows.append(row)
        while font.getlength(word) > room:
            cut = len(word) - 1
            while cut > 1 and font.getlength(word[:cut]) > room:
                cut -= 1
            rows.append(word[:cut])
            word = word[cut:]
        row = word
    rows.append(row)
    if len(rows) > _MOST_LINES:
        rows[_MOST_LINES - 1] = _fitted(" ".join(rows[_MOST_LINES - 1 :]), font, room)
    return rows[:_MOST_LINES]


def _fitted(text: str, font: Font, room: int) -> str:
    text = _tidy(text)
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(text + "…") > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _tidy(text: str) -> str:
    """Return a text composed, on one line, without signs that are not seen."""
    composed = unicodedata.normalize("NFC", text)[:_LONGEST]
    seen = "".join(" " if each.isspace() else each for each in composed if _is_seen(each))
    return " ".join(seen.split())


def _is_seen(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign)[0] not in "C"


def _picture(file: str, side: int) -> Image.Image | None:
    if not file:
        return None
    try:
        with Image.open(file, formats=("WEBP",)) as opened:
            return ImageOps.fit(opened.convert("RGB"), (side, side), Image.Resampling.LANCZOS)
    except (OSError, UnidentifiedImageError):
        return None  # a card without a picture is one too


def _mark(pen: ImageDraw.ImageDraw, left: int, middle: int) -> None:
    """Draw the persimmon of the mark, plain."""
    pen.ellipse((left, middle - 22, left + 50, middle + 26), fill=_FRUIT)
    pen.polygon(
        [(left + 8, middle - 14), (left + 25, middle - 4), (left + 42, middle - 14),
         (left + 33, middle - 26), (left + 25, middle - 20), (left + 17, middle - 26)],
        fill=_ON_GREEN,
    )  # fmt: skip
