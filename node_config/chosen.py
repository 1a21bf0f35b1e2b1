"""What stewards chose on the node's pages: numbered files beside node.toml; the newest holds.

Each save is a whole new file ``choices/<number>.toml``, so that a bad choice is undone by an older
one and what was chosen meanwhile is never written over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .document import Document, read
from .mistakes import Wrong
from .render import choices_toml
from .texts import comment
from .whole import write_new

FOLDER = "choices"
KEPT = 50
"""Versions that are kept; older ones are taken away."""

_NAME = re.compile(r"([0-9]{1,9})\.toml")
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the choices; ``number`` counts from 1, ``at`` is when it was written."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices that hold: ``number`` is 0 and the document empty while nobody chose."""

    number: int
    document: Document

    @property
    def tables(self) -> dict[str, Any]:
        return self.document.tables

    @property
    def keys(self) -> frozenset[str]:
        """Return the dotted keys that were chosen; of a plugin ``plugin.<name>.<key>``."""
        return frozenset(_keys(self.tables))

    @property
    def file(self) -> str:
        return f"{FOLDER}/{self.number}.toml"


def _keys(tables: Mapping[str, Any]) -> Iterable[str]:
    for section, table in tables.items():
        for key, value in table.items() if isinstance(table, Mapping) else ():
            if section == "plugin" and isinstance(value, Mapping):
                yield from (f"plugin.{key}.{each}" for each in value)
            else:
                yield f"{section}.{key}"


def newest(home: Path) -> int:
    """Return the number of the choices that hold, 0 if nobody chose; costs one look at a folder."""
    return max(_numbers(home), default=0)


def _numbers(home: Path) -> list[int]:
    try:
        names = [path.name for path in (home / FOLDER).iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [int(found[1]) for name in names if (found := _NAME.fullmatch(name))]


def versions(home: Path) -> list[Version]:
    """Return the versions that are kept, the newest first."""
    found = []
    for number in sorted(_numbers(home), reverse=True):
        with suppress(FileNotFoundError):  # taken away meanwhile
            at = datetime.fromtimestamp(_path(home, number).stat().st_mtime, UTC)
            found.append(Version(number, at))
    return found


def read_chosen(home: Path, number: int | None = None) -> Chosen:
    """Return the choices that hold, or a version of them; raise ``Wrong`` if it cannot be read."""
    wanted = newest(home) if number is None else number
    if wanted == 0:
        return Chosen(0, Document())
    try:
        document = read(_path(home, wanted).read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise Wrong("encoding") from None
    except OSError as error:
        raise Wrong("unreadable", detail=error.strerror) from None
    return Chosen(wanted, document)


def write_chosen(home: Path, tables: Mapping[str, Any], *, after: int) -> int:
    """Keep these choices as the version after ``after`` and return its number.

    ``FileExistsError`` if somebody chose meanwhile: then nothing is written.
    """
    folder, number = home / FOLDER, after + 1
    folder.mkdir(mode=0o700, exist_ok=True)
    if newest(home) != after:
        raise FileExistsError(_path(home, number))
    write_new(_path(home, number), comment("choices") + choices_toml(tables))
    for old in sorted(_numbers(home))[:-KEPT]:
        _path(home, old).unlink(missing_ok=True)
    return number


def _path(home: Path, number: int) -> Path:
    return home / FOLDER / f"{number}.toml"


def laid_over(tables: Mapping[str, Any], chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables of node.toml with what was chosen put in; changes nothing given.

    Settings in node.toml of a plugin that a steward has switched off rest until it is on again.
    """
    result = _merged(tables, chosen, depth=2)
    off = _enabled(tables) - _enabled(result)
    plugin = result.get("plugin")
    if off and isinstance(plugin, Mapping):
        result["plugin"] = {name: each for name, each in plugin.items() if name not in off}
    return result


def _merged(under: Mapping[str, Any], over: Mapping[str, Any], depth: int) -> dict[str, Any]:
    result = dict(under)
    for key, value in over.items():
        below = result.get(key, _NOTHING)
        deeper = depth > 0 and isinstance(value, Mapping) and isinstance(below, Mapping)
        result[key] = _merged(below, value, depth - 1) if deeper else value
    return result


def _enabled(tables: Mapping[str, Any]) -> frozenset[str]:
    plugins = tables.get("plugins")
    names = plugins.get("enabled") if isinstance(plugins, Mapping) else None
    return frozenset(map(str, names)) if isinstance(names, list) else frozenset()
