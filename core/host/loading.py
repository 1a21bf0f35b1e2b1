"""Loading: enabled plugins are found, checked and put in order, or all that is wrong is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import Any

import pluggy
import structlog
from marshmallow import ValidationError

from ...node_config import PluginChoice, Problem
from .calling import Host
from .declaration import HostErrors, Loaded, Plugin
from .words import WORDS

GROUP = "wizzle.plugins"
log = structlog.get_logger("wizzle.host")


def installed() -> dict[str, EntryPoint]:
    """Return the entry points of every plugin that can be enabled, by name."""
    return {point.name: point for point in entry_points(group=GROUP)}


def load(choice: PluginChoice, specifications: ModuleType, *, language: str = "ko") -> Host:
    """Make the host of the enabled plugins; raise ``HostErrors`` with everything that is wrong."""
    search = _Search(choice, language)
    plugins = search.run()
    if not search.problems:
        try:
            return Host(plugins, specifications)
        except pluggy.PluginValidationError as error:
            search.note("plugins.enabled", "misfit", detail=str(error))
    raise HostErrors(search.problems)


class _Search:
    """One reading of the choice of plugins, with the problems found on the way."""

    def __init__(self, choice: PluginChoice, language: str) -> None:
        self.choice = choice
        self.problems: list[Problem] = []
        self._language = language
        self._points = installed()
        self._found: dict[str, tuple[Plugin, ModuleType]] = {}

    def note(self, key: str, code: str, example: str = "", **values: object) -> None:
        text = WORDS[code].in_language(self._language)
        self.problems.append(Problem(key, text % values, example))

    def run(self) -> list[Loaded]:
        for name in self.choice.enabled:
            self._find(name)
        for name, (plugin, _) in self._found.items():
            self._look_for_missing(name, plugin)
        for name in self.choice.settings.keys() - self._found.keys():
            self.note(f"plugin.{name}", "idle_settings", name=name)
        return [
            Loaded(plugin, module, self._settings(plugin)) for plugin, module in self._in_order()
        ]

    def _find(self, name: str) -> None:
        key = f"plugins.enabled.{name}"
        if name not in self._points:
            self.note(key, "unknown", example=", ".join(sorted(self._points)), name=name)
        elif name in self._found:
            self.note(key, "twice", name=name)
        else:
            self._import(key, name, self._points[name].value)

    def _import(self, key: str, name: str, path: str) -> None:
        try:
            module = import_module(path)
        except Exception as error:
            log.exception("plugin cannot be imported", plugin=name)
            self.note(key, "broken", name=name, detail=repr(error))
            return
        plugin = getattr(module, "plugin", None)
        if not isinstance(plugin, Plugin):
            self.note(key, "undeclared", name=name, path=path)
        elif plugin.name != name:
            self.note(key, "misnamed", example=name, name=name, other=plugin.name)
        elif not (plugin.titles.ko and plugin.titles.en and plugin.version):
            self.note(key, "untitled", name=name)
        else:
            self._found[name] = (plugin, module)

    def _look_for_missing(self, name: str, plugin: Plugin) -> None:
        for needed in plugin.requires:
            if needed not in self._found:
                example = f'enabled = ["{needed}", "{name}"]'
                self.note(f"plugins.enabled.{name}", "missing", example, name=name, needed=needed)

    def _in_order(self) -> Sequence[tuple[Plugin, ModuleType]]:
        ordered: dict[str, tuple[Plugin, ModuleType]] = {}

        def place(name: str, above: tuple[str, ...]) -> None:
            if name in above:
                chain = " → ".join((*above, name))
                self.note(f"plugins.enabled.{name}", "circle", name=name, chain=chain)
            elif name in self._found and name not in ordered:
                for needed in self._found[name][0].requires:
                    place(needed, (*above, name))
                ordered[name] = self._found[name]

        for name in self._found:
            place(name, ())
        return list(ordered.values())

    def _settings(self, plugin: Plugin) -> Mapping[str, Any]:
        given = self.choice.settings.get(plugin.name, {})
        if plugin.settings is None:
            for key in given:
                self.note(f"plugin.{plugin.name}.{key}", "no_settings", name=plugin.name)
            return {}
        try:
            checked: Mapping[str, Any] = plugin.settings().load(given)
        except ValidationError as error:
            wrong = error.normalized_messages()  # type: ignore[no-untyped-call]
            for key, messages in wrong.items():
                detail = " ".join(map(str, messages))
                self.note(f"plugin.{plugin.name}.{key}", "wrong_setting", detail=detail)
            return {}
        return checked
