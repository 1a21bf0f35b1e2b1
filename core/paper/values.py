"""What papers are made of: sheets with facts, paragraphs and tables; and labels to stick on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from ..tables import Table

MOST_ROWS = 5_000
"""The most rows of one table on paper, some hundred pages."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms and what they are, under one another; pairs without a value are left out."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a sheet; it stays with what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``kind`` is "plain", "strong" or, small and grey, "note"."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Listing:
    """A table on paper; ``totals`` has a cell for each column, None for an empty one.

    A total that is a text stands as it is; any other is of its column's kind.
    """

    table: Table
    totals: tuple[object, ...] = ()


Block: TypeAlias = Facts | Heading | Paragraph | Listing


@dataclass(frozen=True, slots=True)
class Sheet:
    """What begins on a new page: a title with a word over it and one at the side, and blocks."""

    title: str
    blocks: tuple[Block, ...]
    over: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """An A4 document; ``name`` becomes that of the file, ``footer`` stands on every page."""

    name: str
    sheets: tuple[Sheet, ...]
    footer: str = ""
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """One thing to be found again: a large code, whose it is, and what is in it.

    ``qr`` is what its QR code says, an address as a rule; none is drawn without.
    """

    code: str
    name: str
    lines: tuple[str, ...] = ()
    note: str = ""
    qr: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """How labels lie on an A4 sheet, in millimetres; the usual one has 2 x 7."""

    columns: int = 2
    rows: int = 7
    width: float = 99.1
    height: float = 38.1
    left: float = 4.65
    top: float = 15.15
    gap: float = 2.5

    @property
    def each(self) -> int:
        return self.columns * self.rows


@dataclass(frozen=True, slots=True)
class Labels:
    """A document of labels; ``used`` of the first sheet are gone already and are left free.

    ``cut`` draws fine lines to cut along, for paper that is no sheet of stickers.
    """

    name: str
    labels: tuple[Label, ...]
    grid: Grid = field(default_factory=Grid)
    used: int = 0
    cut: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A short piece of a front page: a title, a line over it (when, who), and some text."""

    title: str
    over: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a front page: its heading and its pieces, the most important first."""

    heading: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """A single A4 page to hang on a wall, whatever is in it: one column or two.

    ``greeting`` is signed ``signed``; ``figures`` are a few numbers with their words. What has no
    room is left out from the end of its column, with ``more`` ("%d more") said in its place;
    ``address`` is where all of it stands, in ``address_words`` and as a QR code.
    """

    name: str
    over: str
    columns: tuple[Column, ...]
    greeting: str = ""
    signed: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    more: str = "+ %d"
    address: str = ""
    address_words: str = ""
