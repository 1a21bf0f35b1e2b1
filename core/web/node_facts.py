"""The node's settings as a steward may read them: whatever is secret is left out."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from sqlalchemy.engine import make_url

from ...node_config import Settings

_SECRET = ("secret", "password", "token", "key")


def facts_of(settings: Settings) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each section of the settings with its keys and values as text."""
    named: list[tuple[str, list[tuple[str, str]]]] = []
    for field in fields(settings):
        value = getattr(settings, field.name)
        if is_dataclass(value) and not isinstance(value, type):
            named.append((field.name, _pairs(value)))
    return named


def _pairs(section: Any) -> list[tuple[str, str]]:
    return [
        (field.name, _shown(field.name, getattr(section, field.name)))
        for field in fields(section)
        if not _is_secret(field.name)
    ]


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in _SECRET)


def _shown(name: str, value: Any) -> str:
    if name == "url":
        return make_url(str(value)).render_as_string(hide_password=True)
    if isinstance(value, dict) or hasattr(value, "items"):
        plain = {key: each for key, each in value.items() if not _is_secret(str(key))}
        return ", ".join(f"{key} = {_shown(str(key), each)}" for key, each in plain.items())
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return str(value)
