"""Tables on paper: columns as wide as they need, headings on every page, totals under a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..tables import Column, Reading
from ..tables.cells import shown
from .pen import INK, SOFT, STRONG, SUNKEN
from .place import SIDE, Place
from .typeface import Typeface
from .values import MOST_ROWS, Listing

_SIZE, _HEAD_SIZE = 9.5, 8.5
_STEP, _PAD, _GUTTER = 4.7, 1.5, 2.0
_MOST_LINES = 30
"""A cell with more lines goes on in the next row, so that a row is never higher than a page."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns stand: their left edges and widths in millimetres."""

    columns: tuple[Column, ...]
    edges: tuple[float, ...]
    widths: tuple[float, ...]


def draw_listing(place: Place, listing: Listing, reading: Reading) -> None:
    """Draw a table from the place on, over as many pages as it takes."""
    table = listing.table
    table = replace(table, most=min(table.most, MOST_ROWS))
    rows, more = table.taken()
    kinds = [column.kind for column in table.columns]
    texts = [[shown(v, kind, reading) for v, kind in zip(row, kinds, strict=True)] for row in rows]
    totals = [
        value if isinstance(value, str) else shown(value, kind, reading)
        for value, kind in zip(listing.totals, kinds, strict=bool(listing.totals))
    ]
    columns = _laid(place, table.columns, [*texts, totals] if totals else texts)
    _heading(place, columns)
    for row in texts:
        _row(place, columns, row)
        place.pen.rule(SIDE, place.y, place.room)
    if more:
        _notice(place, reading.cut(table.most))
    if totals:
        place.pen.rule(SIDE, place.y, place.room, colour=STRONG, weight=0.4)
        _row(place, columns, totals, bold=True)
    place.y += 5


def _laid(place: Place, columns: tuple[Column, ...], texts: list[list[str]]) -> _Columns:
    """Give numbers and short texts what they need; long texts share what is left."""
    face, bold = place.pen.face(), place.pen.face(True)
    wanted = [
        max(bold.width(bold.printable(column.title), _HEAD_SIZE),
            *(_widest(face, bold, row[number]) for row in texts), 6.0) + 2 * _GUTTER
        for number, column in enumerate(columns)
    ]  # fmt: skip
    widths = _shared(wanted, place.room)
    edges, x = [], SIDE
    for width in widths:
        edges.append(x)
        x += width
    return _Columns(columns, tuple(edges), tuple(widths))


def _widest(face: Typeface, bold: Typeface, text: str) -> float:
    lines = text[:400].split("\n")  # longer ones are broken in any case
    return max(bold.width(bold.printable(line), _SIZE) for line in lines)


def _shared(wanted: Sequence[float], room: float) -> list[float]:
    """Return widths that fill the room: those below an even share are met, the others bounded."""
    met = [False] * len(wanted)
    left, count = room, len(wanted)
    while count and any(
        not done and width <= left / count for done, width in zip(met, wanted, strict=True)
    ):
        for number, width in enumerate(wanted):
            if not met[number] and width <= left / count:
                met[number], left, count = True, left - width, count - 1
                break
    if count:
        return [w if done else left / count for done, w in zip(met, wanted, strict=True)]
    return [width + left * width / sum(wanted) for width in wanted]


def _heading(place: Place, columns: _Columns) -> None:
    bold = place.pen.face(True)
    cells = [
        bold.lines(column.title, _HEAD_SIZE, width - 2 * _GUTTER)
        for column, width in zip(columns.columns, columns.widths, strict=True)
    ]
    height = max(map(len, cells)) * _STEP + 2 * _PAD
    place.need(height + 12)  # never a heading alone at the foot of a page
    place.pen.box(SIDE, place.y, place.room, height, SUNKEN)
    _cells(place, columns, cells, bold=True, head=True)
    place.y += height
    place.pen.rule(SIDE, place.y, place.room, colour=STRONG, weight=0.25)


def _row(place: Place, columns: _Columns, row: list[str], *, bold: bool = False) -> None:
    face = place.pen.face(bold)
    cells = [
        face.lines(text, _SIZE, width - 2 * _GUTTER)
        for text, width in zip(row, columns.widths, strict=True)
    ]
    most = max(map(len, cells))
    for begin in range(0, most, _MOST_LINES):
        part = [lines[begin : begin + _MOST_LINES] for lines in cells]
        height = max(map(len, part)) * _STEP + 2 * _PAD
        if place.need(height):
            _heading(place, columns)
        _cells(place, columns, part, bold=bold)
        place.y += height


def _cells(
    place: Place, columns: _Columns, cells: list[list[str]], *, bold: bool = False,
    head: bool = False,
) -> None:  # fmt: skip
    """Write the cells of one row; numbers stand at the right edge of their column."""
    size, colour = (_HEAD_SIZE, SOFT) if head else (_SIZE, INK)
    for column, edge, width, lines in zip(
        columns.columns, columns.edges, columns.widths, cells, strict=True
    ):
        right = column.is_number
        x = edge + width - _GUTTER if right else edge + _GUTTER
        for number, line in enumerate(lines):
            base = place.y + _PAD + (number + 0.74) * _STEP
            place.pen.text(x, base, line, size=size, bold=bold, colour=colour, right=right)


def _notice(place: Place, text: str) -> None:
    place.need(8)
    line = place.pen.face(True).fitted(text, _SIZE, place.room - 2 * _GUTTER)
    place.pen.text(SIDE + _GUTTER, place.y + 5, line, size=_SIZE, bold=True)
    place.y += 8
