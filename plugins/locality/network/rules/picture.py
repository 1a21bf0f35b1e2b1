"""The picture of money that goes round: bands from those who paid to those who got it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 360
_LEFT, _BAR, _RIGHT = 6.0, 14.0, 132.0
_TALL, _LEAST, _ROW, _TOP = 190.0, 3.0, 46.0, 8.0


@dataclass(frozen=True, slots=True)
class Band:
    """One receiver: the ``path`` of its band, and where its bar and its words stand."""

    name: str
    amount: int
    kind: str
    path: str
    bar_x: float
    bar_y: float
    bar_height: float
    words_x: float
    words_y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture in units of its own: ``height`` grows with the number of receivers."""

    bands: tuple[Band, ...]
    source_x: float
    source_y: float
    source_width: float
    source_height: float
    height: float


def drawn(receivers: Sequence[tuple[str, int, str]]) -> Picture:
    """Return the picture of these receivers: name, won and kind (a word for its colour).

    A band is as thick as its share, and each receiver has room for two lines of words, whatever
    its share is.
    """
    total = sum(max(0, amount) for _, amount, _ in receivers) or 1
    thick = [max(_LEAST, _TALL * max(0, amount) / total) for _, amount, _ in receivers]
    rows = [max(_ROW, each + 8) for each in thick]
    height = sum(rows) + 2 * _TOP
    source_height = sum(thick)
    source = down = (height - source_height) / 2
    top, bands = _TOP, []
    for (name, amount, kind), band, row in zip(receivers, thick, rows, strict=True):
        end = top + (row - band) / 2
        bands.append(
            Band(
                name,
                amount,
                kind,
                _band(down, end, band),
                _RIGHT,
                round(end, 1),
                round(band, 1),
                _RIGHT + _BAR + 8,
                round(top + row / 2, 1),
            )
        )
        down, top = down + band, top + row
    return Picture(
        tuple(bands), _LEFT, round(source, 1), _BAR, round(source_height, 1), round(height, 1)
    )


def _band(begin: float, end: float, thick: float) -> str:
    left, right = _LEFT + _BAR, _RIGHT
    middle = (left + right) / 2
    return (
        f"M{left:.1f} {begin:.1f}C{middle:.1f} {begin:.1f} {middle:.1f} {end:.1f} "
        f"{right:.1f} {end:.1f}v{thick:.1f}C{middle:.1f} {end + thick:.1f} {middle:.1f} "
        f"{begin + thick:.1f} {left:.1f} {begin + thick:.1f}z"
    )
