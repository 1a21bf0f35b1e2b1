"""Sheets as pages: titles, facts, paragraphs and tables, one under another, page after page."""

from __future__ import annotations

from ..tables import Reading
from .listing import draw_listing
from .pen import ACCENT, BRAND, INK, SOFT, STRONG, Pen
from .place import SIDE, Place
from .values import Facts, Heading, Listing, Paper, Paragraph, Sheet

_LOOKS = {"plain": (10.0, False, INK), "strong": (10.0, True, INK), "note": (8.5, False, SOFT)}
_TERMS = 34.0  # millimetres


def written_paper(paper: Paper, reading: Reading) -> bytes:
    """Return the paper as PDF: the same bytes for the same content and moment."""
    pen = Pen(paper.name, reading.tongue.language, reading.at, landscape=paper.landscape)
    for sheet in paper.sheets or (Sheet(paper.name, ()),):
        running = " · ".join(filter(None, (sheet.over, sheet.title, sheet.aside)))
        place = Place(pen, running)
        _head(place, sheet)
        for block in sheet.blocks:
            _draw(place, block, reading)
    _feet(pen, paper.footer)
    return pen.finished()


def _head(place: Place, sheet: Sheet) -> None:
    pen, bold = place.pen, place.pen.face(True)
    if sheet.over:
        over = bold.fitted(sheet.over, 9, place.room * 0.6)
        pen.text(SIDE, place.y + 3, over, size=9, bold=True, colour=ACCENT)
    if sheet.aside:
        aside = pen.face().fitted(sheet.aside, 10, place.room * 0.38)
        pen.text(pen.width - SIDE, place.y + 3, aside, colour=SOFT, right=True)
    if sheet.over or sheet.aside:
        place.y += 5
    lines = bold.lines(sheet.title, 20, place.room)
    place.y = pen.paragraph(SIDE, place.y + 7.5, lines, step=9, size=20, bold=True, colour=BRAND)
    place.y -= 5.2
    pen.rule(SIDE, place.y, place.room, colour=BRAND, weight=0.5)
    place.y += 6


def _draw(place: Place, block: object, reading: Reading) -> None:
    match block:
        case Facts(pairs):
            _facts(place, pairs)
        case Heading(text):
            _heading(place, text)
        case Paragraph(text, kind):
            _paragraph(place, text, kind)
        case Listing():
            draw_listing(place, block, reading)


def _facts(place: Place, pairs: tuple[tuple[str, str], ...]) -> None:
    pen, step = place.pen, 5.0
    for term, value in pairs:
        if not value:
            continue
        terms = pen.face().lines(term, 9, _TERMS - 3)
        values = pen.face().lines(value, 10, place.room - _TERMS)
        place.need(step * min(12, max(len(terms), len(values))))
        for number in range(max(len(terms), len(values))):
            place.need(step)
            base = place.y + 3.6
            if number < len(terms):
                pen.text(SIDE, base, terms[number], size=9, colour=SOFT)
            if number < len(values):
                pen.text(SIDE + _TERMS, base, values[number])
            place.y += step
        place.y += 1
    place.y += 4


def _heading(place: Place, text: str) -> None:
    lines = place.pen.face(True).lines(text, 13, place.room)
    place.need(6.2 * len(lines) + 24)  # room for something beneath it
    place.y = place.pen.paragraph(
        SIDE, place.y + 6, lines, step=6.2, size=13, bold=True, colour=BRAND
    )
    place.y -= 3.4


def _paragraph(place: Place, text: str, kind: str) -> None:
    size, bold, colour = _LOOKS[kind]
    step = size * 0.53
    for line in place.pen.face(bold).lines(text, size, place.room):
        place.need(step)
        place.pen.text(SIDE, place.y + step * 0.75, line, size=size, bold=bold, colour=colour)
        place.y += step
    place.y += 3.5


def _feet(pen: Pen, footer: str) -> None:
    """Write the footer and "2 / 5" when it is known how many pages there are."""
    base, room = pen.height - 11, pen.width - 2 * SIDE
    words = pen.face().fitted(footer, 8, room - 24)
    for page in range(1, pen.pages + 1):
        pen.turn_to(page)
        pen.rule(SIDE, base - 5, room)
        pen.text(SIDE, base, words, size=8, colour=SOFT)
        number = f"{page} / {pen.pages}"
        pen.text(pen.width - SIDE, base, number, size=8, colour=STRONG, right=True)
