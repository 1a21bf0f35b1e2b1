"""Revisions as their files name them: whether a database has them all, told without Alembic.

Alembic is large, and a node that is started finds nothing to migrate nearly every time.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from .db import Database
from .host import Host

CORE = Path(__file__).parent
_NAMED = re.compile(r"^(revision|down_revision|depends_on) *= *(.+)$", re.MULTILINE)


def histories(host: Host) -> dict[str, Path]:
    """Return the folder of revisions of the core and of every enabled plugin that has one."""
    folders = {"core": CORE, **{loaded.name: loaded.folder for loaded in host.plugins}}
    found = {name: folder / "migrations" for name, folder in folders.items()}
    return {name: folder for name, folder in found.items() if any(folder.glob("*.py"))}


def all_there(database: Database, host: Host, archive: Path) -> bool:
    """Return whether every revision was applied and has its copy in ``archive``.

    False also means that this cannot be told from here, and has to be found out by Alembic.
    """
    enabled = histories(host)
    files = {name: sorted(folder.glob("*.py")) for name, folder in enabled.items()}
    if not all((archive / name / file.name).is_file() for name in files for file in files[name]):
        return False
    # Alembic notes only the last of what builds upon each other, and that may be of a plugin that
    # is switched off.
    idle = [file for file in archive.glob("*/*.py") if file.parent.name not in enabled]
    wanted = _parents(file for each in files.values() for file in each)
    known = _parents(idle)
    if wanted is None or known is None:
        return False
    return wanted.keys() <= _ancestors({**known, **wanted}, _applied(database))


def _parents(files: Iterable[Path]) -> dict[str, tuple[str, ...]] | None:
    """Return what each revision builds on; None if a file is not written as ours are."""
    found: dict[str, tuple[str, ...]] = {}
    for file in files:
        try:
            named = dict(_NAMED.findall(file.read_text(encoding="utf-8")))
            read = {name: _names(ast.literal_eval(text)) for name, text in named.items()}
        except (ValueError, SyntaxError):
            return None
        if len(read) != 3:
            return None
        found[read["revision"][0]] = read["down_revision"] + read["depends_on"]
    return found


def _names(value: str | Iterable[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _applied(database: Database) -> list[str]:
    try:
        with database.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
            return [row.version_num for row in rows]
    except SQLAlchemyError:  # a new database has no such table
        return []


def _ancestors(parents: Mapping[str, tuple[str, ...]], heads: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(heads)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += parents.get(name, ())
    return found
