"""What takes long to make from files of the program, kept in the node's folder until they change.

It may be deleted at any time. Where the folder cannot be written to, it is made at each start.
"""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import suppress
from pathlib import Path

_SEAL = hashlib.sha256().digest_size


class Prepared:
    """A folder of files, each sealed together with the mark of what it was made from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, name: str, mark: str) -> bytes | None:
        """Return what was kept by this name, None if that was made from anything else."""
        try:
            kept = (self._folder / name).read_bytes()
        except OSError:
            return None
        seal, content = kept[:_SEAL], kept[_SEAL:]
        # A file that was damaged is as good as none: Python ends when it reads damaged bytecode.
        return content if seal == _seal(mark, content) else None

    def keep(self, name: str, mark: str, content: bytes) -> None:
        """Keep this in the place of what has the same name."""
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._folder) as beside:
                file = Path(beside) / name
                file.write_bytes(_seal(mark, content) + content)
                file.replace(self._folder / name)


def _seal(mark: str, content: bytes) -> bytes:
    return hashlib.sha256(mark.encode() + b"\0" + content).digest()
