"""A node's own colours: what follows from the two that it chooses, in the light and in the dark.

Pure. The grounds are those of the house's style sheet, which a test compares with these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .contrast import TEXT, Colour, contrast, mixed, nearest


@dataclass(frozen=True, slots=True)
class Ground:
    """What a theme is drawn on: its papers, its ink, and where colours go to become clearer."""

    paper: Colour
    surface: Colour
    sunken: Colour
    ink: Colour
    towards: Colour


THEMES: Mapping[str, Ground] = {
    "light": Ground("#fbf7ec", "#fffdf7", "#f3ecdc", "#23271f", "#000000"),
    "dark": Ground("#171a15", "#1f231d", "#11140f", "#ece7d9", "#ffffff"),
}

_SOFT = {"light": 0.88, "dark": 0.80}
"""How much of a soft ground is the surface."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A pair of colours of one theme that cannot be told apart well enough, and the way out."""

    theme: str
    colour: Colour
    ground: Colour
    has: float
    nearest: Colour


def soft(colour: Colour, theme: str) -> Colour:
    """Return the ground that is tinted with a colour."""
    return mixed(colour, THEMES[theme].surface, _SOFT[theme])


def upon(colour: Colour, theme: str) -> Colour:
    """Return the colour of words on a button of this colour."""
    ground = THEMES[theme]
    return ground.surface if theme == "light" else mixed(colour, "#000000", 0.85)


def grounds(colour: Colour, theme: str) -> Iterator[Colour]:
    """Yield all that a colour must be clear on: papers, its own soft ground, the words upon it."""
    ground = THEMES[theme]
    yield from (ground.paper, ground.surface, ground.sunken, soft(colour, theme))
    yield upon(colour, theme)


def unclear(colour: Colour, theme: str) -> Unclear | None:
    """Return the pair that fails worst for a colour of words and buttons, None if all pass."""
    worst = min(grounds(colour, theme), key=lambda ground: contrast(colour, ground))
    has = contrast(colour, worst)
    if has >= TEXT:
        return None
    return Unclear(theme, colour, worst, has, clearest(colour, theme))


def clearest(colour: Colour, theme: str) -> Colour:
    """Return the nearest colour of this hue that is clear everywhere in a theme."""
    found = colour
    for _ in range(8):  # its own soft ground moves with it
        moved = nearest(found, THEMES[theme].towards, grounds(found, theme), TEXT)
        if moved == found:
            return found
        found = moved
    return found


def tokens(brand: Colour, accent: Colour, theme: str) -> Mapping[str, Colour]:
    """Return the tokens of the style sheet that a node's own two colours replace in a theme."""
    ink = THEMES[theme].ink
    return {
        "brand": brand,
        "brand-strong": mixed(brand, ink, 0.3),
        "brand-soft": soft(brand, theme),
        "on-brand": upon(brand, theme),
        "accent": accent,
        "accent-bright": accent,
        "accent-soft": soft(accent, theme),
        "on-accent": upon(accent, theme),
        "mark-leaf": brand,
        "mark-fruit": accent,
    }
