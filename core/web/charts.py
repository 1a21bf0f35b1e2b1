"""The drawing of a chart, in numbers alone: what stands where for whole values by label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

COLUMN, HEIGHT = 10, 100
"""The room of one value and the height of the plot, in units of the drawing's own view box."""

_BAR = 6.4
_LINES = 4
"""The most spaces between the lines of the scale, so that a phone can show their numbers."""

_LABELS = 7
"""The most labels below a plot; of more, every second, third … is shown, and always the last."""

_ROOM = 44
"""How many narrow signs fit below a plot on a phone; those of East Asia take two."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One value: its bar's box, the middle of its end for a line, whether its label is shown."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float
    end_x: float
    end_y: float
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart in a view box of ``width`` by ``HEIGHT``; ``scale`` runs from the top down."""

    width: int
    scale: tuple[int, ...]
    lines: tuple[float, ...]
    zero: float
    marks: tuple[Mark, ...]
    path: str


def plot(points: Sequence[tuple[str, int]]) -> Plot:
    """Return the drawing of values by label, from left to right; they may be below zero."""
    scale = scale_of([value for _, value in points])
    top, span = scale[0], scale[0] - scale[-1]

    def down(value: int) -> float:
        return round(HEIGHT * (top - value) / span, 2)

    last, every = len(points) - 1, _every([label for label, _ in points])
    marks = tuple(
        _mark(
            place,
            label,
            value,
            zero=down(0),
            end=down(value),
            is_labelled=(last - place) % every == 0,
        )
        for place, (label, value) in enumerate(points)
    )
    return Plot(
        width=max(1, len(points)) * COLUMN,
        scale=scale,
        lines=tuple(down(value) for value in scale),
        zero=down(0),
        marks=marks,
        path=" ".join(f"{mark.end_x:g},{mark.end_y:g}" for mark in marks),
    )


def _every(labels: Sequence[str]) -> int:
    """Return how many columns one label stands for, so that all that are shown have room."""
    wide = max((sum(map(_width, label)) for label in labels), default=0)
    shown = max(1, min(_LABELS, _ROOM // (wide + 2)))
    return max(1, -(-len(labels) // shown))


def _width(sign: str) -> int:
    return 2 if east_asian_width(sign) in "WF" else 1


def _mark(
    place: int, label: str, value: int, *, zero: float, end: float, is_labelled: bool
) -> Mark:
    left = place * COLUMN
    return Mark(
        label=label,
        value=value,
        x=round(left + (COLUMN - _BAR) / 2, 2),
        y=min(zero, end),
        width=_BAR,
        height=round(abs(end - zero), 2),
        end_x=left + COLUMN / 2,
        end_y=end,
        is_labelled=is_labelled,
    )


def scale_of(values: Sequence[int]) -> tuple[int, ...]:
    """Return evenly spaced round numbers from the top down that hold all values and zero."""
    most, least = max(0, *values, 0), min(0, *values, 0)
    step = _step(most - least)
    while -(-most // step) + -(least // step) > _LINES:
        step = _step(step * _LINES + 1)
    top, bottom = -(-most // step), least // step
    return tuple(line * step for line in range(max(top, bottom + 1), bottom - 1, -1))


def _step(span: int) -> int:
    """Return the least of 1, 2, 5, 10, 20, 50 … of which ``_LINES`` reach over a span."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * _LINES >= span:
                return step
        size *= 10
