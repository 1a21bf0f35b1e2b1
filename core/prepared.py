"""What takes long to make from files of the program, kept in the node's folder until they change.

It may be deleted at any time. Where the folder cannot be written to, it is made at each start.
"""

from __future__ import annotations

import hmac
import tempfile
from contextlib import suppress
from pathlib import Path

_SEAL = 32


class Prepared:
    """A folder of files, each sealed together with the mark of what it was made from.

    The seal needs the node's secret: what is found here is run, and whoever can put a file into the
    folder must not be able to say what.
    """

    def __init__(self, folder: Path, secret: str) -> None:
        self._folder = folder
        self._secret = b"prepared\0" + secret.encode()

    def find(self, name: str, mark: str) -> bytes | None:
        """Return what was kept by this name, None if that was made from anything else."""
        try:
            kept = (self._folder / name).read_bytes()
        except OSError:
            return None
        seal, content = kept[:_SEAL], kept[_SEAL:]
        # A file that was damaged is as good as none: Python ends when it reads damaged bytecode.
        return content if hmac.compare_digest(seal, self._seal(mark, content)) else None

    def keep(self, name: str, mark: str, content: bytes) -> None:
        """Keep this in the place of what has the same name."""
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._folder) as beside:
                file = Path(beside) / name
                file.write_bytes(self._seal(mark, content) + content)
                file.replace(self._folder / name)

    def _seal(self, mark: str, content: bytes) -> bytes:
        return hmac.digest(self._secret, mark.encode() + b"\0" + content, "sha256")
