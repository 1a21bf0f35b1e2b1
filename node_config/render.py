"""Writes values as TOML, and a whole node.toml that a volunteer understands."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from .texts import comment, keys, sections


def literal(value: Any) -> str:
    """Return ``value`` as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # JSON's escapes are TOML's too; only DEL must be escaped in TOML alone.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_name(name)} = {literal(item)}" for name, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(item) for item in value)}]"
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"TOML has no way to write a {type(value).__name__}")


def as_text(value: Any) -> str:
    """Return ``value`` as it is given in an environment variable or as an answer."""
    if isinstance(value, str):
        return value
    return ",".join(value) if isinstance(value, list | tuple) else literal(value)


def node_toml(values: Mapping[str, Any]) -> str:
    """Return the text of a node.toml with these values by section, each with its comment."""
    parts = [comment("title")]
    for section, about in sections().items():
        parts.append(f"\n# ── {about.ko} ──\n#   {about.en}\n[{section}]\n")
        parts += [_entry(section, key, value) for key, value in values[section].items()]
    parts.append("\n" + comment("plugins"))
    for name, settings in values.get("plugin", {}).items():
        parts.append(f"\n[plugin.{_name(name)}]\n")
        parts += [f"{_name(key)} = {literal(value)}\n" for key, value in settings.items()]
    return "".join(parts)


def choices_toml(values: Mapping[str, Any]) -> str:
    """Return the text of what stewards chose: tables of the same names as those of node.toml."""
    parts = []
    for section, table in values.items():
        if section != "plugin":
            parts.append(_table(section, table))
    for name, table in values.get("plugin", {}).items():
        parts.append(_table(f"plugin.{_name(name)}", table))
    return "".join(parts)


def _table(heading: str, values: Mapping[str, Any]) -> str:
    rows = "".join(f"{_name(key)} = {literal(value)}\n" for key, value in values.items())
    return f"\n[{heading}]\n{rows}"


def _entry(section: str, key: str, value: Any) -> str:
    about = keys()[f"{section}.{key}"]
    note = f" — {about.note}" if about.note else ""
    return f"# {about.ko}{note}\n#   {about.en}\n{key} = {literal(value)}\n"


def _name(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else literal(key)
