"""The table: of each figure the rounds' median, least and most, and what others used meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass
class Figure:
    """One measured quantity over the rounds; ``target`` in words, empty if there is none.

    ``others``: the share of the machine that foreign processes used in each round.
    """

    name: str
    unit: str
    target: str = ""
    values: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "unit": self.unit,
            "target": self.target,
            "median": median(self.values),
            "min": min(self.values),
            "max": max(self.values),
            "values": self.values,
            "others": median(self.others) if self.others else None,
        }


class Wrong(Exception):
    """A count that must be exact is not: something was oversold, or a sum differs."""


@dataclass
class Report:
    """What a run found; ``wrong`` holds a sentence for every count that must hold and did not."""

    figures: dict[str, Figure] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def note(
        self, name: str, value: float, unit: str, target: str = "", *, others: float | None = None
    ) -> None:
        """Add one round's value of a figure."""
        figure = self.figures.setdefault(name, Figure(name, unit, target))
        figure.values.append(value)
        if others is not None:
            figure.others.append(others)

    def expect(self, what: str, found: int, wanted: int) -> None:
        """Add a count that must be exact."""
        self.note(what, found, "", f"= {wanted:,}")
        if found != wanted:
            self.wrong.append(f"{what}: {found:,} where {wanted:,} was wanted")

    def as_json(self) -> dict[str, Any]:
        return {
            "figures": [each.as_json() for each in self.figures.values()],
            "notes": self.notes,
            "wrong": self.wrong,
        }

    def lines(self) -> list[str]:
        """Return the table as plain text."""
        rows = [_HEAD, *(_row(each) for each in self.figures.values())]
        widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD))]
        return [*(_aligned(row, widths) for row in rows), *self.notes, *self.wrong]


_HEAD = ("", "median", "min", "max", "", "target", "others")


def _row(figure: Figure) -> tuple[str, ...]:
    numbers = (median(figure.values), min(figure.values), max(figure.values))
    others = f"{100 * median(figure.others):.0f} %" if figure.others else ""
    return (figure.name, *map(_number, numbers), figure.unit, figure.target, others)


def _number(value: float) -> str:
    if value == int(value) and abs(value) >= 10:
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    cells = [
        text.rjust(width) if place in (1, 2, 3, 6) else text.ljust(width)
        for place, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
