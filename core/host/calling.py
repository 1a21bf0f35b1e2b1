"""Calling hooks: facts and questions by pluggy, collects so that one bad plugin is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

import pluggy
import structlog

from .declaration import Loaded

log = structlog.get_logger("wizzle.host")


class Host:
    """The plugins of one node, in an order in which each comes after what it requires."""

    def __init__(self, plugins: Iterable[Loaded], specifications: ModuleType) -> None:
        self.plugins = tuple(plugins)
        self._manager = pluggy.PluginManager("wizzle")
        self._manager.add_hookspecs(specifications)
        # pluggy calls the last registered first; ours are to be heard in the order of the floors.
        for loaded in reversed(self.plugins):
            self._manager.register(loaded.module, name=loaded.name)
        self._manager.check_pending()
        self.hooks: Any = self._manager.hook

    def has(self, name: str) -> bool:
        return any(loaded.name == name for loaded in self.plugins)

    def settings(self, name: str) -> Mapping[str, Any]:
        return next(loaded.settings for loaded in self.plugins if loaded.name == name)

    def collect(self, hook: str, **arguments: Any) -> list[Any]:
        """Join the answers of all plugins; one that raises is left out and logged.

        pluggy alone stops at the first error, so one bad plugin would take a whole page down.
        """
        return [one for _, answer in self.collect_each(hook, **arguments) for one in answer]

    def collect_each(self, hook: str, **arguments: Any) -> list[tuple[str, list[Any]]]:
        """Return each plugin's own answer beside its name, leaving out those that raise."""
        answers = []
        caller = getattr(self.hooks, hook)
        for implementation in reversed(caller.get_hookimpls()):
            given = {name: arguments[name] for name in implementation.argnames}
            try:
                answers.append((implementation.plugin_name, list(implementation.function(**given))))
            except Exception:
                log.exception("plugin left out", plugin=implementation.plugin_name, hook=hook)
        return answers
