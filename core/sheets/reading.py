"""Reading the tables that people keep: CSV, TSV, XLSX and ODS, told apart by what they hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..errors import Refused
from .archive import open_archive, unreadable
from .cells import MAX_FILE, Sheet
from .delimited import read_delimited
from .opendocument import is_spreadsheet, read_opendocument
from .tidying import tidy
from .values import Row, Table
from .workbook import read_workbook

_HEADER_WITHIN = 20
"""A header stands within so many rows from the top; above it there may be titles and dates."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


Known = Callable[[str], bool]
"""Tells whether a cell is the name of a column that somebody wants."""


def read_table(source: Path | bytes, filename: str = "", *, known: Known) -> Table:
    """Read the first visible sheet that has a header; refuse what is no table or beyond bounds.

    A header is the row with the most names that are ``known``. Lines are counted as the person's
    own program counts them, from 1, hidden and empty rows too.
    """
    content = source if isinstance(source, bytes) else _content(source)
    if len(content) > MAX_FILE:
        raise _too_large()
    sheets = [sheet for sheet in _sheets(content, filename.lower(), known) if sheet.rows]
    if not sheets:
        raise Refused("This file is empty.")
    for sheet in sorted(sheets, key=lambda sheet: sheet.hidden):
        if (header := _header(sheet, known)) is not None:
            return _table(sheet, header, tuple(one.name for one in sheets if one is not sheet))
    raise Refused(
        "No header was found. The first row should name the columns, such as: name, price, unit."
    )


def _content(path: Path) -> bytes:
    if path.stat().st_size > MAX_FILE:
        raise _too_large()
    return path.read_bytes()


def _too_large() -> Refused:
    return Refused("A table may have %(most)s megabytes at most.", most=MAX_FILE // 2**20)


def _sheets(content: bytes, filename: str, known: Known) -> list[Sheet]:
    if content.startswith(_OLE):
        raise Refused(
            "This is an old .xls file, or one with a password."
            " Save it as XLSX, ODS or CSV without a password."
        )
    if not content.startswith(b"PK\x03\x04"):
        return [read_delimited(content, filename, score=lambda cells: sum(map(known, cells)))]
    with open_archive(content) as archive:
        names = archive.namelist()
        if is_spreadsheet(archive):
            return read_opendocument(archive)
        if "[Content_Types].xml" in names:
            return read_workbook(archive, content)
    raise unreadable()


def _header(sheet: Sheet, known: Known) -> int | None:
    """Return the index of the row with the most names of columns, None if none has any."""
    scores = [sum(map(known, cells)) for _, cells in sheet.rows[:_HEADER_WITHIN]]
    return scores.index(max(scores)) if any(scores) else None


def _table(sheet: Sheet, header: int, unread: tuple[str, ...]) -> Table:
    line, names = sheet.rows[header]
    below = sheet.rows[header + 1 :]
    if not below:
        raise Refused("There are no rows below the header.")
    columns = _columns(names, [cells for _, cells in below])
    rows = tuple(
        Row(at, {name: cells[place] if place < len(cells) else "" for place, name in columns})
        for at, cells in below
    )
    above = tuple(" ".join(filter(None, map(tidy, cells))) for _, cells in sheet.rows[:header])
    blank = tuple(each for each in sheet.blank if line < each[0] < rows[-1].line)
    return Table(tuple(name for _, name in columns), rows, line, above, unread, blank)


def _columns(names: list[str], rows: list[list[str]]) -> list[tuple[int, str]]:
    """Return the place and the name of each column that has a name or a value."""
    filled = {place for cells in rows for place, cell in enumerate(cells) if cell}
    width = max(len(names), max(filled, default=-1) + 1)
    columns: dict[str, int] = {}
    for place in range(width):
        name = tidy(names[place]) if place < len(names) else ""
        if not name and place not in filled:
            continue
        name = name or f"#{place + 1}"
        if name in columns:
            raise Refused("Two columns are called %(name)s. Please rename one.", name=name)
        columns[name] = place
    return [(place, name) for name, place in columns.items()]
