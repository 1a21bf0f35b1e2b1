"""A front page: one A4 sheet and never more, in the largest type in which all of it has room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..tables import Reading
from .pen import ACCENT, BRAND, INK, SOFT, STRONG, SUNKEN, Pen
from .typeface import Typeface
from .values import Column, Front, Piece

_SIDE, _TOP, _BOTTOM, _GAP = 15.0, 14.0, 12.0, 8.0
_SIZES = (17.0, 16.0, 15.0, 14.0, 13.0)
"""Of the text, in points: the largest in which everything has room, never smaller than the last."""
_TEXT_LINES = (4, 3, 2, 1, 0)
"""How many lines the text of a piece may have; each column as many as leave room for its pieces."""
_QR = 30.0
_STEP = 0.36 * 1.38
"""Millimetres from one line to the next for each point of the type."""


@dataclass(frozen=True, slots=True)
class _Set:
    """A piece broken into lines for one size."""

    over: str
    title: list[str]
    text: list[str]
    height: float


@dataclass(frozen=True, slots=True)
class _Fit:
    """How the columns are set: the size, the pieces that have room, and how many have not."""

    size: float
    columns: list[list[_Set]]
    left_out: list[int]


def written_front(front: Front, reading: Reading) -> bytes:
    """Return the page as PDF: one page, the same bytes for the same content and moment."""
    pen = Pen(front.name, reading.tongue.language, reading.at)
    pen.new_page()
    top = _greeting(pen, front, _masthead(pen, front))
    bottom = _foot(pen, front)
    fit = fitted(pen, front.columns, bottom - top)
    _columns(pen, front, fit, top)
    return pen.finished()


def _room(pen: Pen) -> float:
    return pen.width - 2 * _SIDE


def _masthead(pen: Pen, front: Front) -> float:
    bold, room = pen.face(True), _room(pen)
    size = next(
        (each for each in (34, 30, 26, 22) if bold.width(bold.printable(front.name), each) <= room),
        20,
    )
    over = pen.face().fitted(front.over, 11, room)
    pen.text(_SIDE, _TOP + 4, over, size=11, colour=ACCENT)
    base = _TOP + 4 + size * 0.36 + 2
    pen.text(_SIDE, base, bold.fitted(front.name, size, room), size=size, bold=True, colour=BRAND)
    pen.rule(_SIDE, base + 4, room, colour=BRAND, weight=0.9)
    return base + 9


def _greeting(pen: Pen, front: Front, top: float) -> float:
    if not front.greeting.strip():
        return top
    face, room, size = pen.face(), _room(pen) - 10, 12.5
    lines = _cut(face, " ".join(front.greeting.split()), size, room, 6)
    step = size * _STEP
    height = len(lines) * step + 7 + (step if front.signed else 0)
    pen.box(_SIDE, top, _room(pen), height, SUNKEN)
    base = pen.paragraph(_SIDE + 5, top + 3 + step * 0.8, lines, step=step, size=size)
    if front.signed:
        signed = face.fitted(front.signed, 11, room)
        pen.text(pen.width - _SIDE - 5, base, signed, size=11, colour=SOFT, right=True)
    return top + height + 6


def _foot(pen: Pen, front: Front) -> float:
    """Draw figures, address and QR code at the foot; return where the columns end."""
    top = pen.height - _BOTTOM - _QR
    room = _room(pen) - (_QR + 4 if front.address else 0)
    pen.rule(_SIDE, top - 3, _room(pen), colour=STRONG, weight=0.3)
    if front.address:
        pen.qr(pen.width - _SIDE - _QR, top, _QR, front.address)
    bold, face = pen.face(True), pen.face()
    figures = front.figures[:3]
    width = room / max(1, len(figures))
    for place, (words, number) in enumerate(figures):
        x = _SIDE + place * width
        pen.text(x, top + 7, bold.fitted(number, 17, width - 3), size=17, bold=True, colour=BRAND)
        lines = _cut(face, words, 9.5, width - 4, 2)
        pen.paragraph(x, top + 12.5, lines, step=4.3, size=9.5, colour=SOFT)
    words = bold.fitted(front.address_words, 11, room)
    pen.text(_SIDE, top + _QR - 7, words, size=11, bold=True)
    shown = front.address.partition("://")[2] or front.address
    pen.text(_SIDE, top + _QR - 2, face.fitted(shown, 10, room), size=10, colour=SOFT)
    return top - 6


def _cut(face: Typeface, text: str, size: float, room: float, most: int) -> list[str]:
    """Break a text into at most so many lines, the last ended by "…" if there is more."""
    lines = face.lines(text, size, room) if text.strip() else []
    if len(lines) <= most:
        return lines
    if most == 0:
        return []
    return [*lines[: most - 1], face.fitted(" ".join(lines[most - 1 :]), size, room)]


def fitted(pen: Pen, columns: Sequence[Column], height: float) -> _Fit:
    """Return the columns in the largest type in which all has room; else without what has none."""
    fit = None
    for size in _SIZES:
        fit = _tried(pen, columns, size, height, least=2 if size > _SIZES[-1] else 0)
        if not any(fit.left_out):
            return fit
    assert fit is not None  # noqa: S101 there is at least one size
    return fit


def _width(pen: Pen) -> float:
    """There are always two columns: a single one goes on in the second."""
    return (_room(pen) - _GAP) / 2


def _tried(pen: Pen, columns: Sequence[Column], size: float, height: float, *, least: int) -> _Fit:
    """Set each column with as much text as leaves room for all its pieces, if that can be."""
    room = height - _heading_height(size)
    placed, left_out = list[list[_Set]](), list[int]()
    for column in columns:
        for lines in _TEXT_LINES:
            sets = [_set(pen, piece, size, lines, _width(pen)) for piece in column.pieces]
            if len(columns) == 1:
                first, rest = _filled(sets, room, size, more=False)
                second, left = _filled(rest, room, size)
                found, missing = [first, second], [0, len(left)]
            else:
                first, left = _filled(sets, room, size)
                found, missing = [first], [len(left)]
            if not any(missing) or lines <= least:
                break
        placed += found
        left_out += missing
    return _Fit(size, placed, left_out)


def _heading_height(size: float) -> float:
    return (size + 3) * _STEP + 3


def _filled(
    sets: list[_Set], room: float, size: float, *, more: bool = True
) -> tuple[list[_Set], list[_Set]]:
    """Return the pieces that have room and the others; ``more``: these are spoken of in a line."""
    for number, each in enumerate(sets):
        is_last = number == len(sets) - 1
        if each.height > room - (size * _STEP * 1.2 if more and not is_last else 0):
            return sets[:number], sets[number:]
        room -= each.height
    return sets, []


def _set(pen: Pen, piece: Piece, size: float, lines: int, width: float) -> _Set:
    face, bold, step = pen.face(), pen.face(True), size * _STEP
    title = _cut(bold, piece.title, size, width, 2)
    text = _cut(face, " ".join(piece.text.split()), size - 1.5, width, lines)
    over = face.fitted(piece.over, size - 2.5, width)
    height = (0.85 * step if over else 0) + step * len(title) + step * 0.93 * len(text)
    return _Set(over, title, text, height + step * 0.55)


def _columns(pen: Pen, front: Front, fit: _Fit, top: float) -> None:
    width, size = _width(pen), fit.size
    for number, placed in enumerate(fit.columns):
        x = _SIDE + number * (width + _GAP)
        base = top + (size + 3) * _STEP * 0.75
        name = front.columns[number].heading if number < len(front.columns) else ""
        heading = pen.face(True).fitted(name, size + 3, width)
        pen.text(x, base, heading, size=size + 3, bold=True, colour=BRAND)
        y = top + _heading_height(size)
        for each in placed:
            y = _piece(pen, each, x, y, size)
        if fit.left_out[number]:
            more = front.more.replace("%d", str(fit.left_out[number]))
            words = pen.face(True).fitted(more, size - 1, width)
            pen.text(x, y + size * _STEP * 0.8, words, size=size - 1, bold=True, colour=ACCENT)


def _piece(pen: Pen, each: _Set, x: float, y: float, size: float) -> float:
    step = size * _STEP
    end = y + each.height
    if each.over:
        pen.text(x, y + step * 0.66, each.over, size=size - 2.5, colour=ACCENT)
        y += 0.85 * step
    y = pen.paragraph(x, y + step * 0.75, each.title, step=step, size=size, bold=True, colour=INK)
    pen.paragraph(x, y, each.text, step=step * 0.93, size=size - 1.5, colour=SOFT)
    return end
