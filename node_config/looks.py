"""Values of a node's own look: colours that can be read in each theme, and names of pictures."""

from __future__ import annotations

import re
from collections.abc import Callable

from .contrast import Colour, is_colour
from .mistakes import Wrong
from .palette import unclear
from .readers import optional_text

_SHORT = re.compile("#([0-9a-f])([0-9a-f])([0-9a-f])")
_PICTURE = re.compile(r"[^\W_][\w-]*(\.[\w-]+)*\.(png|jpe?g|webp|heic)", re.IGNORECASE)


def colour(theme: str) -> Callable[[object], Colour]:
    """Return a reader of colours that are clear in a theme; an empty text is the house's own."""

    def read(value: object) -> Colour:
        written = optional_text(value).lower()
        short = _SHORT.fullmatch(written)
        if short:
            written = "#" + "".join(2 * digit for digit in short.groups())
        if written and not is_colour(written):
            raise Wrong("colour")
        _refuse_unclear(written, theme)
        return written

    return read


def _refuse_unclear(written: Colour, theme: str) -> None:
    found = unclear(written, theme) if written else None
    if found:
        raise Wrong(
            f"colour_{theme}",
            colour=found.colour,
            ground=found.ground,
            has=f"{found.has:.1f}",
            nearest=found.nearest,
        )


def picture_name(value: object) -> str:
    """Return the name of a picture in the node's folder ``look``; it may be empty."""
    written = optional_text(value)
    if written and not _PICTURE.fullmatch(written):
        raise Wrong("picture_name")
    return written
