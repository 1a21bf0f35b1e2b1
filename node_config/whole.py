"""Files that are written whole or not at all, for their owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_new(path: Path, text: str) -> None:
    """Write a file for its owner alone, whole or not at all, and never over another one."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _name(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _name(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)  # unlike a rename, this fails if the name is taken
    except FileExistsError:
        raise
    except OSError:  # some memory cards and shared folders have no hard links
        if path.exists():
            raise FileExistsError from None
        draft.rename(path)
