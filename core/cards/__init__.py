"""Cards: the pictures that stand beside a link to a page of this node, drawn once and kept.

A card is named by all that it shows, so one that is kept is right. The folder keeps the last ones.
"""

from __future__ import annotations

import os
import threading
from dataclasses import astuple, dataclass
from hashlib import blake2b
from pathlib import Path

from ..errors import TooMany
from ..node import Node

KEPT = 2_000
"""Cards in the folder, about 40 kB each."""

EDITION = 1
"""Rises when cards are drawn in another way."""

WIDTH, HEIGHT = 1200, 630
"""In pixels, as services ask for that show links."""

WAIT = 10
"""Seconds that somebody waits until a card before theirs is drawn."""

_table = threading.BoundedSemaphore(1)


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows: whose it is, a title, a line, and a picture by its file."""

    node: str
    title: str
    line: str
    picture: str = ""

    @property
    def name(self) -> str:
        told = repr((EDITION, astuple(self)))
        return blake2b(told.encode("utf-8", "replace"), digest_size=20).hexdigest()


def drawn(node: Node, card: Card) -> bytes:
    """Return the card as PNG; ``TooMany`` if many are wanted at once that nobody wanted before."""
    file = _folder(node) / f"{card.name}.png"
    try:
        return file.read_bytes()
    except FileNotFoundError:
        pass
    content = drawn_once(card)
    _keep(file, content)
    return content


def drawn_once(card: Card) -> bytes:
    """Return a card as PNG and keep nothing of it: what it shows is for one person alone."""
    if not _table.acquire(timeout=WAIT):
        raise TooMany("Many pictures are coming in just now. Please try again in a minute.")
    try:
        from .drawing import drawn_card  # its libraries are large, and most pages draw nothing

        return drawn_card(card, WIDTH, HEIGHT)
    finally:
        _table.release()


def _folder(node: Node) -> Path:
    return node.home / "cards"


def _keep(file: Path, content: bytes) -> None:
    """Put a card into its place whole, and drop the oldest where there are too many."""
    try:
        file.parent.mkdir(exist_ok=True)
        half = file.with_name(f".{file.name}.{os.getpid()}.{threading.get_ident()}")
        half.write_bytes(content)
        half.replace(file)
        kept = sorted(file.parent.glob("*.png"), key=lambda each: each.stat().st_mtime)
        for old in kept[: max(0, len(kept) - KEPT)]:
            old.unlink(missing_ok=True)
    except OSError:  # a folder that cannot be written to: it is drawn again next time
        return
