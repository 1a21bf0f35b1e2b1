"""Every plugin that is installed, in use or not, as it declares itself."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

import structlog

from .declaration import Plugin
from .loading import installed

log = structlog.get_logger("wizzle.host")


@dataclass(frozen=True, slots=True)
class Installed:
    """A plugin that can be switched on; ``plugin`` is None if its code cannot be read."""

    name: str
    plugin: Plugin | None


def declared() -> list[Installed]:
    """Return the installed plugins by name; one that is broken keeps its line."""
    return [Installed(name, _plugin(point.value)) for name, point in sorted(installed().items())]


def _plugin(path: str) -> Plugin | None:
    try:
        found = getattr(import_module(path), "plugin", None)
    except Exception:  # whatever its code does when it is read
        log.exception("plugin cannot be imported", path=path)
        return None
    return found if isinstance(found, Plugin) else None


def missing(name: str, enabled: tuple[str, ...]) -> list[Plugin]:
    """Return what a plugin needs that is not among the enabled."""
    known = {each.name: each.plugin for each in declared()}
    own = known.get(name)
    needed = own.requires if own else ()
    found = (known.get(each) for each in needed if each not in enabled)
    return [each for each in found if each is not None]


def dependent(name: str, enabled: tuple[str, ...]) -> list[Plugin]:
    """Return the enabled plugins that need this one."""
    found = (each.plugin for each in declared() if each.name in enabled)
    return [plugin for plugin in found if plugin is not None and name in plugin.requires]
