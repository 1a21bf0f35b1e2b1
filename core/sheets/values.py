"""A table as it was read from a file, before anybody asks what its cells mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``line`` is where it starts in the file, as the person's own program counts."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the header; every row has a cell, perhaps empty, for every column.

    A column with values and no name is called by its place: ``#3``. ``above`` are the texts over
    the header and ``unread`` the other sheets with something in them: neither holds rows. ``blank``
    are the first and the last line of each stretch between the rows that holds nothing.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    header_line: int
    above: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    blank: tuple[tuple[int, int], ...] = ()
