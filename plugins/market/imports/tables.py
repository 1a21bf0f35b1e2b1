"""Reading the tables of producers and goods: their headers are the names that imports know."""

from __future__ import annotations

from pathlib import Path

from ....core.sheets import MAX_CELL, MAX_COLUMNS, MAX_FILE, MAX_ROWS, Row, Table
from ....core.sheets import read_table as _read
from .rules.columns import is_header

__all__ = ["MAX_CELL", "MAX_COLUMNS", "MAX_FILE", "MAX_ROWS", "Row", "Table", "read_table"]


def read_table(source: Path | bytes, filename: str = "") -> Table:
    """Read the first visible sheet in which an import knows the names of columns."""
    return _read(source, filename, known=is_header)
