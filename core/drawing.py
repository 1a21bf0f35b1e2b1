"""Drawing pictures anew: read with suspicion, made upright and small, without their metadata."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from typing import Any

import pi_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from .errors import Refused

MOST_PIXELS = 50_000_000
MOST_PIXELS_JPEG = 130_000_000  # it can be read at a fraction of its size
LEAST_SIDE = 16
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")

# Pillow's own limit is twice this number; ours is asked before any pixel is read.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS_JPEG
pi_heif.register_heif_opener()

_BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, AttributeError,
    RuntimeError, MemoryError, OverflowError, struct.error, zlib.error,
    Image.DecompressionBombError, UnidentifiedImageError,
)  # fmt: skip
"""What the readers of picture formats raise for a file that is not what it says."""


def drawn(data: bytes, sizes: Mapping[str, int]) -> tuple[dict[str, bytes], tuple[int, int]]:
    """Return a WebP file for each size (its longest side in pixels, the largest first), and width
    and height of the largest; ``Refused`` says why if there is nothing to draw."""
    largest = max(sizes.values())
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            _bounded(opened)
            whole = _plain(opened, largest)
    except Refused:
        raise
    except _BROKEN as error:
        raise Refused(
            "This file is not a picture that can be read here. Please send a JPEG, PNG, WebP, GIF "
            "or HEIC file."
        ) from error
    return {size: _encoded(whole, side) for size, side in sizes.items()}, whole.size


def _bounded(opened: Image.Image) -> None:
    most = MOST_PIXELS_JPEG if opened.format in ("JPEG", "MPO") else MOST_PIXELS
    if opened.width * opened.height > most:
        raise Refused("This picture has too many pixels. Please make it smaller first.")
    if min(opened.size) < LEAST_SIDE:
        raise Refused("This picture is too small to see anything on it.")


def _plain(opened: Image.Image, side: int) -> Image.Image:
    """Return the first frame, upright, in sRGB and of this size, with nothing but its pixels."""
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
