"""The node's settings as a steward may read them: whatever is secret is left out."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from ...node_config import (
    FILE_NAME,
    Entry,
    Settings,
    entries,
    fixed_by_environment,
    is_secret,
    read_chosen,
    texts,
)
from ..language import percent
from ..node import Node

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A setting as a page shows it and lets one type it; ``kind``, ``source`` and ``text`` are
    those of ``node_config.Entry``."""

    key: str
    label: str
    hint: str
    kind: str
    text: str
    source: str
    open: bool
    choices: tuple[str, ...] = ()

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return the choices as a form's select takes them."""
        return [(each, each) for each in self.choices]


def has_file(node: Node) -> bool:
    """Say whether the node was opened from a folder with a node.toml, as all that serve are."""
    return (node.home / FILE_NAME).is_file()


def shown_entries(node: Node, language: str) -> list[tuple[str, list[Shown]]]:
    """Return each section of node.toml, by its key, with its settings."""
    found = entries(node.home, os.environ)
    return [(section, [_entry(each, language) for each in some]) for section, some in found.items()]


def section_names(language: str) -> dict[str, str]:
    """Return what each section is for, by its key."""
    return {name: about.name(language) for name, about in texts.sections().items()}


def _entry(entry: Entry, language: str) -> Shown:
    about, text = entry.about, entry.text
    if entry.key == "database.url":
        text = ""
        with suppress(ArgumentError):
            text = make_url(entry.text).render_as_string(hide_password=True)
    hint = about.note if language == "ko" else ""
    return Shown(
        entry.key, about.name(language), hint, entry.kind, text, entry.source, entry.open,
        entry.choices,
    )  # fmt: skip


def source_of(node: Node, key: str) -> str:
    """Return where a plugin's setting comes from: environment, choice, file or default."""
    if key in fixed_by_environment(os.environ):
        return "environment"
    if has_file(node) and key in read_chosen(node.home).keys:
        return "choice"
    _, plugin, name = key.split(".", 2)
    return "file" if name in node.settings.plugins.settings.get(plugin, {}) else "default"


def facts_of(settings: Settings, language: str) -> list[tuple[str, Pairs]]:
    """Return each section of node.toml with the names and values of its keys, in words."""
    named: list[tuple[str, Pairs]] = []
    for field in fields(settings):
        section = getattr(settings, field.name)
        if is_dataclass(section) and not isinstance(section, type):
            about = texts.sections().get(field.name)
            title = about.name(language) if about else field.name
            named.append((title, _pairs(field.name, section, language)))
    return named


def _pairs(name: str, section: Any, language: str) -> Pairs:
    return [
        (_label(name, field.name, language), _shown(field.name, getattr(section, field.name)))
        for field in fields(section)
        if not is_secret(field.name)
    ]


def _label(section: str, key: str, language: str) -> str:
    about = texts.keys().get(f"{section}.{key.removesuffix('_bp')}")
    return about.name(language) if about else key


def _shown(name: str, value: Any) -> str:
    if name == "url":
        return make_url(str(value)).render_as_string(hide_password=True)
    if name.endswith("_bp"):
        return percent(value)
    if hasattr(value, "items"):
        plain = {key: each for key, each in value.items() if not is_secret(str(key))}
        return ", ".join(f"{key} = {_shown(str(key), each)}" for key, each in plain.items())
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return str(value)
