"""ODS, written as a stream by OpenDocument 1.3: the tables of LibreOffice and public offices."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape

from .cells import Plain, clean, plain, shown, written
from .packing import entry, part
from .pieces import MANIFEST, MIME, NAMES, settings, styles
from .sheets import sheet_name, widths
from .values import Column, Reading, Row, Table


def as_ods(table: Table, reading: Reading) -> bytes:
    """Return the table as a spreadsheet of one sheet; it holds values and no formula."""
    target = io.BytesIO()
    name = escape(sheet_name(table.name), {'"': "&quot;"})
    with zipfile.ZipFile(target, "w") as archive:
        # First and unpacked, so that a program sees what this is by its first bytes.
        archive.writestr(entry("mimetype", packed=False), MIME)
        archive.writestr(entry("META-INF/manifest.xml"), MANIFEST)
        archive.writestr(entry("settings.xml"), settings(name))
        with part(archive, "content.xml") as content:
            for piece in _content(table, reading, name):
                content.write(piece.encode())
    return target.getvalue()


def _content(table: Table, reading: Reading, name: str) -> Iterator[str]:
    rows, more = table.taken()
    wide = widths(table.columns, rows, reading)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<office:document-content {NAMES} office:version="1.3">'
    yield styles(wide, reading.tongue.language)
    yield f'<office:body><office:spreadsheet><table:table table:name="{name}">'
    yield from (f'<table:table-column table:style-name="co{n}"/>' for n in range(len(wide)))
    titles = (_text(clean(column.title), style="head") for column in table.columns)
    yield f"<table:table-header-rows>{_row(titles)}</table:table-header-rows>"
    yield from (_row(_cells(row, table.columns, reading)) for row in rows)
    if more:
        yield _row([_text(reading.cut(table.most))])
    yield "</table:table></office:spreadsheet></office:body></office:document-content>"


def _row(cells: Iterator[str] | list[str]) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _cells(row: Row, columns: tuple[Column, ...], reading: Reading) -> Iterator[str]:
    for value, column in zip(row, columns, strict=True):
        kept = plain(value, column.kind, reading.zone)
        if kept is None:
            yield "<table:table-cell/>"
        elif isinstance(kept, str):
            yield _text(kept)
        else:
            yield _value(kept, column, shown(value, column.kind, reading))


def _value(kept: Plain, column: Column, words: str) -> str:
    if isinstance(kept, date):
        moment = kept.isoformat() if isinstance(kept, datetime) else written(kept)
        typed = f'office:value-type="date" office:date-value="{moment}"'
    else:
        number = f"{kept:f}" if isinstance(kept, Decimal) else str(kept)
        sort = "percentage" if column.kind == "percent" else "float"
        typed = f'office:value-type="{sort}" office:value="{number}"'
    style = f'table:style-name="{column.kind}"'
    return f"<table:table-cell {style} {typed}><text:p>{escape(words)}</text:p></table:table-cell>"


def _text(text: str, style: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    lines = "".join(f"<text:p>{_spaced(escape(line))}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell{named} office:value-type="string">{lines}</table:table-cell>'


def _spaced(line: str) -> str:
    """Keep tabs and rows of blanks, which XML would take for one."""
    if "\t" not in line and "  " not in line and line.strip(" ") == line:
        return line
    line = line.replace("\t", "<text:tab/>")
    return re.sub("^ +| +$|  +", lambda blank: f'<text:s text:c="{len(blank[0])}"/>', line)
