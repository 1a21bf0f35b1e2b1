"""The pen: an A4 document with our type and colours, written to in millimetres from the top."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from fpdf import FPDF
from fpdf.fonts import TTFFont

from ..tables.cells import clean
from .qr import QUIET, runs
from .typeface import BOLD, REGULAR, Typeface

INK, SOFT = (35, 39, 31), (96, 98, 84)
BRAND, ACCENT = (31, 81, 56), (184, 64, 12)
RULE, STRONG, SUNKEN = (228, 218, 197), (138, 130, 109), (250, 246, 235)
Colour = tuple[int, int, int]

_FAMILY = "pretendard"


class Pen:
    """Draws on the current page; texts must be printable, as ``face`` returns them."""

    def __init__(self, title: str, language: str, at: datetime, *, landscape: bool = False) -> None:
        self._pdf = FPDF("landscape" if landscape else "portrait", "mm", "A4")
        self._pdf.set_auto_page_break(False)
        self._pdf.set_creation_date(at)
        self._pdf.set_title(clean(title))
        self._pdf.set_lang(language)
        self._pdf.set_creator("Wizzle")
        self._faces = {bold: self._load(bold) for bold in (False, True)}
        self.width, self.height = self._pdf.w, self._pdf.h

    def _load(self, bold: bool) -> Typeface:
        style = "B" if bold else ""
        self._pdf.add_font(_FAMILY, style, BOLD if bold else REGULAR)
        font = cast(TTFFont, self._pdf.fonts[_FAMILY + style])
        return Typeface(font.cmap, font.cw)

    def face(self, bold: bool = False) -> Typeface:
        return self._faces[bold]

    @property
    def pages(self) -> int:
        return len(self._pdf.pages)

    def new_page(self) -> None:
        self._pdf.add_page()

    def turn_to(self, page: int) -> None:
        """Go on writing on an earlier page, from 1, whose colours and type are forgotten."""
        self._pdf.page = page
        self._pdf.set_font(_FAMILY, "", 1)
        self._pdf.set_fill_color(255, 255, 255)

    def text(
        self, x: float, y: float, text: str, *, size: float = 10, bold: bool = False,
        colour: Colour = INK, right: bool = False,
    ) -> None:  # fmt: skip
        """Write one line; ``x`` is where it begins, or ends if it is set ``right``."""
        if not text:
            return
        if right:
            x -= self.face(bold).width(text, size)
        self._pdf.set_font(_FAMILY, "B" if bold else "", size)
        self._pdf.set_text_color(*colour)
        self._pdf.text(x, y, text)

    def rule(
        self, x: float, y: float, length: float, *, colour: Colour = RULE, weight: float = 0.15
    ) -> None:
        """Draw a level line."""
        self.box(x, y - weight / 2, length, weight, colour)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle."""
        self._pdf.set_fill_color(*colour)
        self._pdf.rect(x, y, width, height, style="F")

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """Draw the fine outline of a rectangle, to cut along."""
        self._pdf.set_draw_color(*RULE)
        self._pdf.set_line_width(0.15)
        self._pdf.rect(x, y, width, height)

    def qr(self, x: float, y: float, side: float, text: str) -> None:
        """Draw a QR code as squares in a white room of this width, its free margin included."""
        size, dark = runs(text)
        module = side / (size + 2 * QUIET)
        self._pdf.set_fill_color(0, 0, 0)
        for column, row, length in dark:
            # A hair taller than a module, so that no light shows between the rows.
            self._pdf.rect(
                x + (QUIET + column) * module, y + (QUIET + row) * module,
                length * module, module * 1.02, style="F",
            )  # fmt: skip

    def paragraph(
        self, x: float, y: float, lines: Iterable[str], *, step: float, size: float = 10,
        bold: bool = False, colour: Colour = INK,
    ) -> float:  # fmt: skip
        """Write lines under one another from the baseline ``y``; return the next baseline."""
        for line in lines:
            self.text(x, y, line, size=size, bold=bold, colour=colour)
            y += step
        return y

    def finished(self) -> bytes:
        """Return the document: only the glyphs that it uses go with it."""
        return bytes(self._pdf.output())
