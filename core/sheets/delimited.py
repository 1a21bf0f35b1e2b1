"""CSV and TSV, in the encodings and with the separators that Korean Excel writes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from itertools import islice

from ..errors import Refused
from .cells import Sheet

_DELIMITERS = (",", "\t", ";")
_SAMPLE = 20

_ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_delimited(content: bytes, filename: str, *, score: Callable[[list[str]], int]) -> Sheet:
    """Return the rows of a text; the separator is the one under which a row looks most a header."""
    text = _decoded(content)
    if re.match(r"\s*<(!doctype|html|\?xml|table|head|meta)", text, re.IGNORECASE):
        raise Refused(
            "This is a web page with the name of a table."
            " Open it in a spreadsheet program and save it as XLSX or CSV."
        )
    ordered = sorted(_DELIMITERS, key=lambda sign: (sign == "\t") != filename.endswith(".tsv"))
    delimiter = max(ordered, key=lambda sign: _likeness(text, sign, score))
    sheet = Sheet(runs_over=True)
    for line, cells in _records(text, delimiter):
        sheet.add(line, cells)
    return sheet


def _decoded(content: bytes) -> str:
    encodings = [name for mark, name in _ENCODINGS if content.startswith(mark)]
    for encoding in encodings or ("utf-8-sig", "cp949"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NOT_TEXT.search(text):
            return text
    raise Refused("This file is not a table that we can read. Save it as XLSX, ODS or CSV (UTF-8).")


def _likeness(text: str, delimiter: str, score: Callable[[list[str]], int]) -> int:
    try:
        return max(
            (score(cells) for _, cells in islice(_records(text, delimiter), _SAMPLE)), default=0
        )
    except Refused:
        return -1


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line on which it starts: a quoted cell may run over several."""
    # newline="" leaves the breaks to the csv reader, which counts them as lines of the file.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise Refused(
            "Line %(line)s cannot be read: a quotation mark is missing or one too many.", line=line
        ) from error
