"""Looking into a zipped document before anything in it is unpacked."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from xml.sax import ContentHandler, SAXException
from xml.sax.xmlreader import AttributesImpl

from defusedxml import sax

from ..errors import Refused
from .cells import MAX_COLUMNS, too_many_columns, uncomputed

MAX_UNPACKED = 50 * 2**20
_MAX_PARTS = 2_000
_MAX_ELEMENTS = 2_000_000
_MAX_ROW_ELEMENTS = 200_000
_MAX_TREE = 200_000
"""Elements of a part that is no sheet and no list of texts: such a part is read as one tree."""

_MAX_LINE = 1_048_576
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    KeyError,
    NotImplementedError,
    ValueError,  # also what defusedxml raises for entities and document types
)
"""What zipfile and the parsers under it raise for parts that are damaged or ill meant."""


def unreadable(error: Exception | None = None) -> Refused:
    """Return the refusal of a damaged, encrypted or foreign file."""
    refusal = Refused(
        "This file cannot be read as a spreadsheet."
        " If it has a password, remove it; else save it anew as XLSX, ODS or CSV."
    )
    refusal.__cause__ = error
    return refusal


def _too_large() -> Refused:
    return Refused("Unpacked, this file is too large. Please divide it into several.")


def open_archive(content: bytes) -> zipfile.ZipFile:
    """Open a zip whose parts, unpacked, stay within bounds.

    The sizes that it declares can be trusted for this: zipfile unpacks no more than they say.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except DAMAGED as error:
        raise unreadable(error) from error
    parts = archive.infolist()
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _too_large()
    if any(part.flag_bits & 1 for part in parts):
        raise unreadable()
    return archive


def inspect_workbook(archive: zipfile.ZipFile) -> None:
    """Read every part of an XLSX as a stream, before openpyxl builds anything from it.

    openpyxl follows any row number and any column, and takes a formula that was never computed
    for an empty cell; all of that is refused here.
    """
    for part in archive.infolist():
        inspector = _Inspector()
        try:
            with archive.open(part) as source:
                sax.parse(source, inspector, forbid_dtd=True)
        except SAXException:
            continue  # a picture, or a part that openpyxl will not get past either
        except DAMAGED as error:
            raise unreadable(error) from error


class _Inspector(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self._elements = self._rows = 0
        self._most = _MAX_TREE
        self._line = self._column = 0
        self._in_row = self._formula = self._text = False
        self._value: bool | None = None

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        local = name.rpartition(":")[2]
        self._elements += 1
        if self._elements == 1 and local in {"worksheet", "sst"}:
            self._most = _MAX_ELEMENTS
        if self._elements > self._most:
            raise _too_large()
        if local == "sheetData":
            self._line = 0
        elif local == "row":
            self._row(attrs)
        elif self._in_row:
            self._inside(local, attrs)

    def _inside(self, local: str, attrs: AttributesImpl) -> None:
        if local == "c":
            self._cell(attrs)
        elif local == "f":
            self._formula = True
        elif local in {"v", "is"}:
            self._value = False
            if self._column > MAX_COLUMNS:
                raise too_many_columns()

    def characters(self, content: str) -> None:
        if self._value is False:
            self._value = True

    def endElement(self, name: str) -> None:  # noqa: N802
        local = name.rpartition(":")[2]
        if local == "row":
            self._in_row = False
        if local != "c" or not self._in_row:
            return
        # Only a formula whose result is a text may have an empty one.
        if self._formula and not (self._value or (self._text and self._value is not None)):
            raise uncomputed(self._column, self._line)
        self._formula, self._value = False, None

    def _row(self, attrs: AttributesImpl) -> None:
        written = attrs.get("r", "")
        line = int(written) if re.fullmatch("[0-9]{1,7}", written) else 0
        line = line if written else self._line + 1
        if not self._line < line <= _MAX_LINE:
            raise unreadable()
        self._rows += 1
        if self._rows > _MAX_ROW_ELEMENTS:
            raise _too_large()
        self._line, self._column, self._in_row = line, 0, True

    def _cell(self, attrs: AttributesImpl) -> None:
        self._text = attrs.get("t") == "str"
        self._column += 1
        if place := attrs.get("r", ""):
            found = _PLACE.fullmatch(place)
            if found is None or int(found[2]) != self._line:
                raise unreadable()
            self._column = _number(found[1])


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
