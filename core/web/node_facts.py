"""The node's settings as a steward may read them: whatever is secret is left out."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from sqlalchemy.engine import make_url

from ...node_config import Settings, texts
from ..language import percent

_SECRET = ("secret", "password", "token", "key")
Pairs = list[tuple[str, str]]


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
        if not _is_secret(field.name)
    ]


def _label(section: str, key: str, language: str) -> str:
    about = texts.keys().get(f"{section}.{key.removesuffix('_bp')}")
    return about.name(language) if about else key


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in _SECRET)


def _shown(name: str, value: Any) -> str:
    if name == "url":
        return make_url(str(value)).render_as_string(hide_password=True)
    if name.endswith("_bp"):
        return percent(value)
    if hasattr(value, "items"):
        plain = {key: each for key, each in value.items() if not _is_secret(str(key))}
        return ", ".join(f"{key} = {_shown(str(key), each)}" for key, each in plain.items())
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return str(value)
