"""The text of node.toml: read into tables, with the line on which each key stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .mistakes import Wrong

_HEADER = re.compile(r"^\s*\[+([^\[\]]+)\]+\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w.\"'-]+)\s*=")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Document:
    """The tables of a node.toml and, by dotted key, the line on which each is written."""

    tables: dict[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def line(self, key: str) -> int | None:
        """Return the line of ``key``, or of the table in which it is missing."""
        name = key.partition("[")[0]
        while name and name not in self.lines:
            name = name.rpartition(".")[0]
        return self.lines.get(name)


def read(text: str) -> Document:
    """Return the document that ``text`` holds; raise ``Wrong`` with line and column if none.

    Numbers with decimals are kept as ``Decimal``, so that 7.1 per cent is 7.1 and nothing near it.
    """
    try:
        tables = tomllib.loads(text.removeprefix("\N{BOM}"), parse_float=Decimal)
    except ValueError as error:  # also for a whole number of thousands of digits
        raise _syntax(str(error), text) from None
    return Document(tables, _lines(text))


def _syntax(message: str, text: str) -> Wrong:
    place = _PLACE.search(message)
    rows = text.splitlines() or [""]
    line, column = len(rows), len(rows[-1]) + 1
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    twice = message.startswith(("Cannot overwrite", "Cannot declare"))
    code = "syntax_twice" if twice else "syntax"
    return Wrong(code, line=line, column=column, detail=_PLACE.sub("", message))


def _lines(text: str) -> dict[str, int]:
    """Find keys by their looks: tomllib does not say where it found them.

    A line within a text of several lines may look like a key; then a message names a wrong line,
    and no more than that.
    """
    found: dict[str, int] = {}
    table = ""
    for number, row in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(row):
            table = _plain(header[1])
            found.setdefault(table, number)
        elif key := _KEY.match(row):
            found.setdefault(".".join(filter(None, (table, _plain(key[1])))), number)
    return found


def _plain(dotted: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in dotted.split("."))
