"""QR codes (ISO/IEC 18004) as drawings: inside pages, and row by row for paper."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup, escape

QUIET = 4
"""The free margin that the standard asks for, in modules."""

Run = tuple[int, int, int]


@lru_cache(maxsize=64)
def runs(text: str) -> tuple[int, tuple[Run, ...]]:
    """Return how many modules a code has on each side, and its dark runs as column, row, length.

    ``ValueError`` if the text is longer than a code can hold.
    """
    import segno  # not wanted by most pages

    matrix = segno.make(text, error="m", micro=False).matrix
    found = [run for row, line in enumerate(matrix) for run in _dark(row, line)]
    return len(matrix), tuple(found)


def _dark(row: int, line: bytearray) -> Iterator[Run]:
    start = None
    for column, module in enumerate([*line, 0]):
        if module and start is None:
            start = column
        elif not module and start is not None:
            yield start, row, column - start
            start = None


def qr_svg(text: str, label: str) -> Markup:
    """Return a QR code as inline SVG, to be sized by ``.qr`` of the style sheet.

    It has no inline style, so that it passes a strict policy, and its own white ground, so that it
    can be read in the dark. ``label`` says what it is to those who do not see it.
    """
    size, dark = runs(text)
    side = size + 2 * QUIET
    path = "".join(f"M{x + QUIET} {y + QUIET}h{long}v1h-{long}z" for x, y, long in dark)
    return Markup(  # noqa: S704 (numbers of ours, and a label that is escaped)
        f'<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'shape-rendering="crispEdges" role="img" aria-label="{escape(label)}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path fill="#000" d="{path}"/></svg>'
    )
