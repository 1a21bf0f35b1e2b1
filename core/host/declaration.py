"""What a plugin says of itself, and what the host knows of one in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from marshmallow import Schema

from ...node_config import Problem
from ..values import Message, Text


@dataclass(frozen=True)
class Plugin:
    """A plugin's declaration, held as ``plugin`` by the module that its entry point names.

    ``requires`` names the plugins that it builds on; ``settings`` is the marshmallow schema of its
    table ``[plugin.<name>]`` in node.toml, in which ``explained`` says what each setting means.
    """

    name: str
    titles: Text
    version: str
    requires: tuple[str, ...] = ()
    settings: type[Schema] | None = None


def explained(label: Message, hint: Message | None = None) -> dict[str, Message]:
    """Return the ``metadata`` of a setting, so that a page can say what it means."""
    return {"label": label} if hint is None else {"label": label, "hint": hint}


@dataclass(frozen=True)
class Loaded:
    """A plugin in use: its declaration, its module of hooks, its checked settings."""

    plugin: Plugin
    module: ModuleType
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.plugin.name

    @property
    def folder(self) -> Path:
        return Path(str(self.module.__file__)).parent


class HostErrors(Exception):
    """The enabled plugins cannot work together; ``problems`` holds everything that is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, problems)))
