"""Labels: a large code to be found from afar, whose it is, what is in it, and a QR code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..tables import Reading
from .pen import ACCENT, BRAND, SOFT, Pen
from .values import Grid, Label, Labels

_PAD = 4.0
_CODE, _NAME, _TEXT, _NOTE = 20.0, 11.5, 8.5, 7.5  # points
_STEP = 4.0
_SHARE_ROOM = 9.0


@dataclass(frozen=True, slots=True)
class _Part:
    """What fits on one label; ``share`` is "1 / 2" where the contents need more than one."""

    label: Label
    lines: list[str]
    share: str
    beside: bool
    room: float


def written_labels(labels: Labels, reading: Reading) -> bytes:
    """Return the labels as PDF; contents that are too long go on with a second label."""
    pen, grid = Pen(labels.name, reading.tongue.language, reading.at), labels.grid
    parts = [part for label in labels.labels for part in _parts(pen, label, grid)]
    first = labels.used % grid.each
    pen.new_page()
    for number, part in enumerate(parts, first):
        if number % grid.each == 0 and number > first:
            pen.new_page()
        row, column = divmod(number % grid.each, grid.columns)
        x = grid.left + column * (grid.width + grid.gap)
        y = grid.top + row * grid.height
        if labels.cut:
            pen.frame(x, y, grid.width, grid.height)
        _draw(pen, grid, part, x, y)
    return pen.finished()


def _parts(pen: Pen, label: Label, grid: Grid) -> Iterator[_Part]:
    """Yield a label in as many parts as its lines need: nothing to pack may be left out."""
    room = grid.width - 2 * _PAD - (_side(grid) if label.qr else 0)
    beside = _name_fits(pen, label, room)
    height = grid.height - 2 * _PAD - (7.5 if beside else 12.5) - (3 if label.note else 0)
    most = max(1, int(height / _STEP + 0.05))
    pieces = list(_filled([pen.face().lines(line, _TEXT, room) for line in label.lines], most))
    for number, piece in enumerate(pieces, 1):
        share = f"{number} / {len(pieces)}" if len(pieces) > 1 else ""
        yield _Part(label, piece, share, beside, room)


def _filled(items: list[list[str]], most: int) -> Iterator[list[str]]:
    """Fill labels of so many lines; one item is not torn in two unless it is longer than that."""
    lines: list[str] = []
    for item in items:
        if lines and len(lines) + len(item) > most:
            yield lines
            lines = []
        lines = lines + item
        while len(lines) > most:
            yield lines[:most]
            lines = lines[most:]
    yield lines


def _name_fits(pen: Pen, label: Label, room: float) -> bool:
    """Say whether code and name stand on one line."""
    bold = pen.face(True)
    code, name = bold.printable(label.code), bold.printable(label.name)
    return bold.width(code, _CODE) + 3 + bold.width(name, _NAME) + _SHARE_ROOM <= room


def _side(grid: Grid) -> float:
    return min(grid.height - 5, grid.width / 3)


def _draw(pen: Pen, grid: Grid, part: _Part, x: float, y: float) -> None:
    if part.label.qr:
        side = _side(grid)
        top = y + (grid.height - side) / 2
        pen.qr(x + grid.width - side - 1.5, top, side, part.label.qr)
    x, y = x + _PAD, y + _PAD
    base = _head(pen, part, x, y)
    pen.paragraph(x, base, part.lines, step=_STEP, size=_TEXT)
    note = pen.face().fitted(part.label.note, _NOTE, part.room)
    pen.text(x, y + grid.height - 2 * _PAD, note, size=_NOTE, colour=SOFT)


def _head(pen: Pen, part: _Part, x: float, y: float) -> float:
    """Write code and name; return the baseline of the first line of contents."""
    bold = pen.face(True)
    code = bold.fitted(part.label.code, _CODE, part.room - _SHARE_ROOM)
    pen.text(x, y + 5.4, code, size=_CODE, bold=True, colour=BRAND)
    pen.text(x + part.room - 1, y + 5.4, part.share, size=8, bold=True, colour=ACCENT, right=True)
    name = bold.fitted(part.label.name, _NAME, part.room)
    if part.beside:
        pen.text(x + bold.width(code, _CODE) + 3, y + 5.4, name, size=_NAME, bold=True)
        return y + 11.2
    pen.text(x, y + 10.8, name, size=_NAME, bold=True)
    return y + 15.8
