"""How well two colours can be told apart, and the nearest that can be (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable

TEXT, CONTROL = 4.5, 3.0
"""The least contrast of text with its ground, and of what shows a control or its state."""

_STEPS = 200

Colour = str
"""Six hexadecimal digits behind a #, in small letters."""


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def channels(colour: Colour) -> tuple[int, int, int]:
    """Return red, green and blue from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(colour: Colour, other: Colour, part: float) -> Colour:
    """Return a colour of which ``part``, from 0 to 1, is the other."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(own + (theirs - own) * part):02x}" for own, theirs in pairs)


def clear(colour: Colour, grounds: Iterable[Colour], least: float) -> bool:
    """Say whether a colour has this contrast with each of the grounds."""
    return all(contrast(colour, ground) >= least for ground in grounds)


def nearest(colour: Colour, towards: Colour, grounds: Iterable[Colour], least: float) -> Colour:
    """Return the first colour on the way to ``towards`` that is clear on all grounds.

    ``towards`` itself if none before it is.
    """
    held = tuple(grounds)
    for step in range(_STEPS):
        found = mixed(colour, towards, step / _STEPS)
        if clear(found, held, least):
            return found
    return towards


def is_colour(text: str) -> bool:
    """Say whether a text is a colour as it is kept here."""
    return re.fullmatch("#[0-9a-f]{6}", text) is not None
