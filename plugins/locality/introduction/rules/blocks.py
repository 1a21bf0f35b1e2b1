"""The blocks of which the page is made, and what can be done with them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from .....core.errors import Refused

Block = dict[str, Any]
"""``kind`` is "text" (``text``), "picture" (``digest``, ``caption``, ``width``, ``height``),
"spaces" (``ids``) or "numbers" (``name`` of a series)."""

KINDS = ("text", "picture", "spaces", "numbers")
MOST_BLOCKS = 30
MOST_TEXT = 6_000
MOST_SPACES = 6

_HEADING = re.compile(r"^(#{1,4})(?=\s)", re.M)


def read(text: str) -> list[Block]:
    """Return the blocks that were kept."""
    found = json.loads(text)
    return found if isinstance(found, list) else []


def written(blocks: Sequence[Block]) -> str:
    """Return blocks as they are kept."""
    return json.dumps(list(blocks), ensure_ascii=False, separators=(",", ":"))


def put(blocks: Sequence[Block], place: int, block: Block) -> list[Block]:
    """Return the blocks with this one at ``place``: in the stead of the one there, or added."""
    made = list(blocks)
    if place < len(made):
        made[place] = block
    elif len(made) >= MOST_BLOCKS:
        raise Refused("No more than %(most)s parts, please.", most=MOST_BLOCKS)
    else:
        made.append(block)
    return made


def moved(blocks: Sequence[Block], place: int, step: int) -> list[Block]:
    """Return the blocks with one moved up (-1) or down (1); at the end it stays."""
    made, other = list(blocks), place + step
    if not 0 <= place < len(made):
        raise Refused("There is no such part.")
    if 0 <= other < len(made):
        made[place], made[other] = made[other], made[place]
    return made


def without(blocks: Sequence[Block], place: int) -> list[Block]:
    """Return the blocks without one."""
    if not 0 <= place < len(blocks):
        raise Refused("There is no such part.")
    return [*blocks[:place], *blocks[place + 1 :]]


def lowered(text: str) -> str:
    """Return Markdown with its headings one step lower: the page has its own first heading."""
    return _HEADING.sub(r"#\1", text)


def has_picture(text: str) -> bool:
    """Say whether Markdown would load a picture, maybe from elsewhere, and without description."""
    return "![" in text
