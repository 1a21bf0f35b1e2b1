"""Pictures: read with suspicion, drawn anew without their metadata, and kept by their digest."""

from __future__ import annotations

import io
import os
import struct
import threading
import zlib
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pi_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from sqlalchemy.orm import Session

from .errors import Refused, TooMany
from .models import Picture
from .node import Node

SIZES = {"large": 1280, "small": 480}
"""The longest side, in pixels, of each size that is kept."""

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_PIXELS_JPEG = 130_000_000  # it can be read at a fraction of its size
LEAST_SIDE = 16
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")

# Pillow's own limit is twice this number; ours is asked before any pixel is read.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS_JPEG
pi_heif.register_heif_opener()

# A picture in work takes up to 200 MB, so only one is drawn at a time.
_table = threading.BoundedSemaphore(1)
WAIT = 30

_BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, AttributeError,
    RuntimeError, MemoryError, OverflowError, struct.error, zlib.error,
    Image.DecompressionBombError, UnidentifiedImageError,
)  # fmt: skip
"""What the readers of picture formats raise for a file that is not what it says."""


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
        return _drawn(data)
    finally:
        _table.release()


def _drawn(data: bytes) -> Prepared:
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            _bounded(opened)
            whole = _plain(opened)
    except Refused:
        raise
    except _BROKEN as error:
        raise Refused(
            "This file is not a picture that can be read here. Please send a JPEG, PNG, WebP, GIF "
            "or HEIC file."
        ) from error
    files = {size: _encoded(whole, side) for size, side in SIZES.items()}
    large = _fitted(whole, SIZES["large"])
    return Prepared(sha256(files["large"]).hexdigest(), large.width, large.height, files)


def _bounded(opened: Image.Image) -> None:
    most = MOST_PIXELS_JPEG if opened.format in ("JPEG", "MPO") else MOST_PIXELS
    if opened.width * opened.height > most:
        raise Refused("This picture has too many pixels. Please make it smaller first.")
    if min(opened.size) < LEAST_SIDE:
        raise Refused("This picture is too small to see anything on it.")


def _plain(opened: Image.Image) -> Image.Image:
    """Return the first frame, upright, in sRGB, with nothing but its pixels."""
    side = SIZES["large"]
    opened.draft("RGB", (side, side))  # JPEG: read at an eighth where that is still enough
    profile = opened.info.get("icc_profile")
    upright = ImageOps.exif_transpose(opened)
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    plain = _in_srgb(upright.convert(mode), profile)
    plain.thumbnail((side, side), Image.Resampling.LANCZOS)
    bare = Image.new(mode, plain.size)
    bare.paste(plain)
    return bare


def _in_srgb(picture: Image.Image, profile: Any) -> Image.Image:
    if not profile:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a grey or broken profile: the colours are near enough
    return turned or picture


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    copy = picture.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS)
    return copy


def _encoded(picture: Image.Image, side: int) -> bytes:
    written = io.BytesIO()
    _fitted(picture, side).save(written, "WEBP", quality=80, method=4)
    return written.getvalue()


def keep(
    session: Session, node: Node, prepared: Prepared, *, caption: str, owner_id: int | None,
    at: datetime,
) -> Picture:  # fmt: skip
    """Put the files into the node's media folder and return the row that stands for them.

    ``caption`` says what is seen, for those who do not see it.
    """
    for size, content in prepared.files.items():
        _write(file(node, prepared.digest, size), content)
    picture = Picture(
        digest=prepared.digest,
        width=prepared.width,
        height=prepared.height,
        caption=caption.strip()[:200],
        owner_id=owner_id,
        created_at=at,
    )
    session.add(picture)
    session.flush()
    return picture


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
