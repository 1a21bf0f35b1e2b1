"""Pictures: drawn anew from what was sent, and kept by their digest."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from .errors import Refused, TooMany
from .models import Picture
from .node import Node

SIZES = {"large": 1280, "small": 480}
"""The longest side, in pixels, of each size that is kept."""

MOST_BYTES = 10 * 1024 * 1024

# A picture in work takes up to 200 MB, so only one is drawn at a time.
_table = threading.BoundedSemaphore(1)
WAIT = 30


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture drawn anew: one WebP file for each size, named by the digest of the large one."""

    digest: str
    width: int
    height: int
    files: dict[str, bytes]


def prepare(data: bytes) -> Prepared:
    """Draw an uploaded picture anew; ``Refused`` says why if it cannot be used.

    Slow: to be called before the transaction that keeps it.
    """
    if not data:
        raise Refused("Please choose a picture first.")
    if len(data) > MOST_BYTES:
        raise Refused("This picture is too large. It may have up to %(most)s MB.", most=10)
    if not _table.acquire(timeout=WAIT):
        raise TooMany("Many pictures are coming in just now. Please try again in a minute.")
    try:
        from .drawing import drawn  # its libraries are large, and most pages draw nothing

        files, (width, height) = drawn(data, SIZES)
    finally:
        _table.release()
    return Prepared(sha256(files["large"]).hexdigest(), width, height, files)


def keep(
    session: Session, node: Node, prepared: Prepared, *, caption: str, owner_id: int | None,
    at: datetime,
) -> Picture:  # fmt: skip
    """Put the files into the node's media folder and return the row that stands for them.

    ``caption`` says what is seen, for those who do not see it.
    """
    picture = Picture(
        digest=lay_down(node, prepared),
        width=prepared.width,
        height=prepared.height,
        caption=caption.strip()[:200],
        owner_id=owner_id,
        created_at=at,
    )
    session.add(picture)
    session.flush()
    return picture


def lay_down(node: Node, prepared: Prepared) -> str:
    """Put the files alone into the node's media folder and return their digest."""
    for size, content in prepared.files.items():
        _write(file(node, prepared.digest, size), content)
    return prepared.digest


def file(node: Node, digest: str, size: str) -> Path:
    """Return where a picture's file of this size stands."""
    return node.settings.media_folder / digest[:2] / f"{digest}-{size}.webp"


def _write(target: Path, content: bytes) -> None:
    if target.exists():
        return  # the name is the digest of the large one: it is the same picture
    target.parent.mkdir(parents=True, exist_ok=True)
    # Moved into its place whole, so that nobody is ever served half a picture.
    half = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}")
    with half.open("wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    half.replace(target)
