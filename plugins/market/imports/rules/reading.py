"""Reading one row: every field that can be read, and a reason for each that cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from .....core.errors import Refused
from .....core.sheets import Row
from .....core.tables.delimited import harmless
from .....core.values import Message
from ...catalog.rules import tidy
from .columns import Columns
from .places import read_province, read_region, stem

T = TypeVar("T")

_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)


class RowReader:
    """One row and the reasons for which it has to be refused, if there are any."""

    def __init__(self, row: Row, columns: Columns) -> None:
        self._row = row
        self._columns = columns
        self.reasons: list[Message] = []

    def refuse(self, text: str, **values: object) -> None:
        self.reasons.append(Message(text, values))

    def text(self, field: str, longest: int, *, lines: bool = False) -> str:
        """Return the cell of a field, empty if there is none; ``lines`` keeps line breaks."""
        column = self._columns.of_field.get(field)
        written = _unguarded(self._row.cells.get(column, "") if column else "")
        shown = "\n".join(map(tidy, written.split("\n"))).strip() if lines else tidy(written)
        if shown.upper() in _ERRORS:
            self.refuse("%(column)s holds the error of a formula.", column=column)
        elif len(shown) > longest:
            self.refuse(
                "%(column)s is longer than %(most)s characters.", column=column, most=longest
            )
        else:
            return shown
        return ""

    def read(self, field: str, parse: Callable[[str], T], longest: int = 254) -> T | None:
        """Return a parsed field, None if its cell is empty or the reason why it is refused."""
        written = self.text(field, longest)
        try:
            return parse(written) if written else None
        except Refused as error:
            self.reasons.append(error.message)
            return None

    def tried(self, check: Callable[[], None]) -> None:
        """Keep the reason for which a check refuses."""
        try:
            check()
        except Refused as error:
            self.reasons.append(error.message)

    def name(self, longest: int) -> str:
        """Return the name; a row without one is refused."""
        before = len(self.reasons)
        name = self.text("name", longest)
        if len(self.reasons) == before and not any(map(str.isalnum, name)):
            self.refuse("The name is missing.")
        return name

    def place(self) -> tuple[str, str]:
        """Return province and county, from their own columns or from one for both."""
        province = self.read("province", read_province) or ""
        county = self.text("county", 40)
        region = self.read("region", read_region)
        if region is None:
            return province, county
        counties = {stem(name) for name in (county, region[1]) if name}
        if province not in {"", region[0]} or len(counties) > 1:
            self.refuse("The columns for the place do not say the same.")
        return province or region[0], county or region[1]


def _unguarded(cell: str) -> str:
    """Return a text without the apostrophe that a download puts before what would run as a formula,
    so that what was saved from here is read as it was."""
    return cell[1:] if cell[:1] == "'" and harmless(cell[1:]) == cell else cell
