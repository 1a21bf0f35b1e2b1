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
    at: datetime, closed: bool = False,
) -> Picture:  # fmt: skip
    """Put the files into the node's media folder and return the row that stands for them.

    ``caption`` says what is seen, for those who do not see it. ``closed``: not everyone may see it;
    whoever keeps it hands it out by a page of their own, and nothing else does.
    """
    picture = Picture(
        digest=lay_down(node, prepared, closed=closed),
        width=prepared.width,
        height=prepared.height,
        caption=caption.strip()[:200],
        owner_id=owner_id,
        created_at=at,
    )
    session.add(picture)
    session.flush()
    return picture


def lay_down(node: Node, prepared: Prepared, *, closed: bool = False) -> str:
    """Put the files alone into the node's media folder and return their digest."""
    for size, content in prepared.files.items():
        _write(file(node, prepared.digest, size, closed=closed), content)
    return prepared.digest


def file(node: Node, digest: str, size: str, *, closed: bool = False) -> Path:
    """Return where a picture's file of this size stands; what is ``closed`` is not for everyone."""
    folder = node.settings.media_folder
    return (folder / "closed" if closed else folder) / digest[:2] / f"{digest}-{size}.webp"


def copy_over(node: Node, digest: str, *, closed: bool) -> None:
    """Let the files stand among the closed ones too, or among those that everyone may see."""
    for size in SIZES:
        source = file(node, digest, size, closed=not closed)
        if source.is_file():
            _write(file(node, digest, size, closed=closed), source.read_bytes())


def destroy(node: Node, digest: str, *, closed: bool) -> None:
    """Take the files away; whoever asks for it made sure that nothing else needs them."""
    for size in SIZES:
        file(node, digest, size, closed=closed).unlink(missing_ok=True)


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
