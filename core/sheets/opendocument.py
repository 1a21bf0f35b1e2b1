"""ODS, read as a stream: a million repeated empty rows cost as much as one."""

from __future__ import annotations

import re
import zipfile
from xml.sax import ContentHandler, SAXException
from xml.sax.xmlreader import AttributesImpl

from defusedxml import sax

from .archive import DAMAGED, unreadable
from .cells import MAX_CELL, MAX_COLUMNS, Sheet, number_text, too_many_columns, uncomputed

_MIME = b"application/vnd.oasis.opendocument.spreadsheet"

# Notes and drawings stand inside cells, old contents and tables of tables beside them.
_SKIPPED = frozenset(
    {
        "office:annotation",
        "draw:frame",
        "draw:custom-shape",
        "draw:g",
        "draw:control",
        "table:shapes",
        "table:tracked-changes",
        "table:dde-links",
    }
)
_SPACES = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
_NUMBERS = frozenset({"float", "currency", "percentage"})


def is_spreadsheet(archive: zipfile.ZipFile) -> bool:
    """Tell whether a zip calls itself an OpenDocument spreadsheet."""
    try:
        with archive.open("mimetype") as source:
            return source.read(len(_MIME)) == _MIME
    except DAMAGED:
        return False


def read_opendocument(archive: zipfile.ZipFile) -> list[Sheet]:
    """Return the sheets of an ODS with the values that a person sees."""
    reader = _Reader()
    try:
        with archive.open("content.xml") as source:
            sax.parse(source, reader, forbid_dtd=True)
    except (SAXException, *DAMAGED) as error:
        raise unreadable(error) from error
    return reader.sheets


class _Reader(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self._hidden: set[str] = set()
        self._style = ""
        self._skipping = 0
        self._in_table = self._in_text = False
        self._line = self._repeated = 0
        self._row = _Row()

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        if self._skipping or name in _SKIPPED or (name == "table:table" and self._in_table):
            self._skipping += 1
        elif name == "style:style":
            self._style = attrs.get("style:name", "")
        elif name == "style:table-properties" and attrs.get("table:display") == "false":
            self._hidden.add(self._style)
        elif name == "table:table":
            hidden = attrs.get("table:style-name") in self._hidden
            self.sheets.append(Sheet(attrs.get("table:name", ""), hidden))
            self._in_table, self._line = True, 0
        elif name == "table:table-row":
            self._repeated = _times(attrs, "table:number-rows-repeated")
            self._row = _Row(self._line + 1)
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._row.begin(attrs, covered=name != "table:table-cell")
        elif name in {"text:p", "text:h"}:
            self._in_text = True
            self._row.paragraphs.append("")
        elif self._in_text and name in _SPACES:
            self._row.write(_SPACES[name] * min(_times(attrs, "text:c"), MAX_CELL + 1))

    def characters(self, content: str) -> None:
        if self._in_text and not self._skipping:
            self._row.write(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        if self._skipping:
            self._skipping -= 1
        elif name in {"text:p", "text:h"}:
            self._in_text = False
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._row.end()
        elif name == "table:table-row" and self._in_table:
            for step in range(self._repeated if self._row.cells else 0):
                self.sheets[-1].add(self._line + 1 + step, self._row.cells)
            self._line += self._repeated
        elif name == "table:table":
            self._in_table = False


class _Row:
    """One row while it is read: ``cells`` end with the last one that holds anything."""

    def __init__(self, line: int = 0) -> None:
        self.cells: list[str] = []
        self.paragraphs: list[str] = []
        self._line = line
        self._column = 0
        self._repeated = 1
        self._value: str | None = None
        self._formula = self._covered = False

    def begin(self, attrs: AttributesImpl, *, covered: bool) -> None:
        self.paragraphs = []
        self._repeated = _times(attrs, "table:number-columns-repeated")
        self._value = _value(attrs)
        self._formula = "table:formula" in attrs and "office:value-type" not in attrs
        self._covered = covered

    def write(self, text: str) -> None:
        # What is too long already is refused by its length; the rest of it need not be kept.
        if self.paragraphs and len(self.paragraphs[-1]) <= MAX_CELL:
            self.paragraphs[-1] += text

    def end(self) -> None:
        shown = "\n".join(self.paragraphs) if self._value is None else self._value
        self.paragraphs = []
        if self._formula and not shown:
            raise uncomputed(self._column + 1, self._line)
        before, self._column = self._column, self._column + self._repeated
        if shown.strip() and not self._covered:
            if self._column > MAX_COLUMNS:
                raise too_many_columns()
            self.cells += [""] * (before - len(self.cells)) + [shown] * self._repeated


def _value(attrs: AttributesImpl) -> str | None:
    """Return the value of a cell that is no text, else None: then its paragraphs are."""
    kind = attrs.get("office:value-type", "")
    if kind in _NUMBERS and "office:value" in attrs:
        return number_text(float(attrs["office:value"]))
    if kind == "date" and "office:date-value" in attrs:
        return re.sub("T00:00:00.*", "", attrs["office:date-value"])
    if kind == "boolean" and "office:boolean-value" in attrs:
        return str(attrs["office:boolean-value"]).upper()
    return None


def _times(attrs: AttributesImpl, name: str) -> int:
    written = attrs.get(name, "1")
    if not re.fullmatch("[0-9]{1,7}", written):
        raise unreadable()
    return int(written)
