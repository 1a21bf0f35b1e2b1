"""Zip files with the same bytes for the same content."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can name: all parts are of this one."""


def entry(name: str, *, packed: bool = True) -> zipfile.ZipInfo:
    """Return the description of a part that holds nothing of the machine that wrote it."""
    made = zipfile.ZipInfo(name, EPOCH)
    made.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    made.create_system, made.external_attr = 3, 0o644 << 16
    return made


@contextmanager
def part(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """Open a part to be written piece by piece."""
    with archive.open(entry(name), "w") as target:
        yield target
