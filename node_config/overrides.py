"""Single values given as text beside node.toml: WIZZLE_… variables, and answers to ``init``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from .mistakes import Complaint
from .schema import SECTIONS, settings_of

PREFIX = "WIZZLE_"
RESERVED = ("WIZZLE_HOME", "WIZZLE_SECRET", "WIZZLE_CHROMIUM", "WIZZLE_TEST_")


@dataclass(frozen=True, slots=True)
class Override:
    """A text for one key, and under which name a person gave it."""

    text: str
    name: str

    @property
    def is_variable(self) -> bool:
        return self.name.startswith(PREFIX)


def variable(key: str) -> str:
    """Return the environment variable of a dotted key."""
    return PREFIX + key.upper().replace(".", "__")


def from_environment(
    environ: Mapping[str, str],
) -> tuple[dict[str, Override], dict[str, Complaint]]:
    """Return the overrides by dotted key, and what is wrong with variables by their name."""
    found: dict[str, Override] = {}
    wrong: dict[str, Complaint] = {}
    for name, text in sorted(environ.items()):
        if not name.startswith(PREFIX) or _is_reserved(name):
            continue
        key = name.removeprefix(PREFIX).lower().replace("__", ".")
        if _exists(key):
            found[key] = Override(text, name)
        elif _is_meant_for_us(key):
            wrong[name] = _no_such(name)
    return found, wrong


def _is_reserved(name: str) -> bool:
    return any(
        name.startswith(known) if known.endswith("_") else name == known for known in RESERVED
    )


def _exists(key: str) -> bool:
    section, _, rest = key.partition(".")
    if section == "plugin":
        return re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", rest) is not None
    return rest in settings_of(section)


def _is_meant_for_us(key: str) -> bool:
    """Tell a slip (one underscore, a wrong letter) from a variable that is not a setting."""
    return "." in key or key.startswith(tuple(f"{section}_" for section in (*SECTIONS, "plugin")))


def _no_such(name: str) -> Complaint:
    known = [variable(f"{section}.{key}") for section in SECTIONS for key in settings_of(section)]
    near = get_close_matches(name, known, 1, cutoff=0.8)
    return Complaint("variable_near", {"near": near[0]}) if near else Complaint("variable")


def apply(tables: Mapping[str, Any], overrides: Mapping[str, Override]) -> dict[str, Any]:
    """Return ``tables`` with every section there and the overrides put in; changes nothing given.

    A section that is no table is left as it is, for the schema to complain of.
    """
    sections: dict[str, Any] = {name: {} for name in SECTIONS}
    result = {**sections, **tables}
    for key, override in overrides.items():
        section, _, rest = key.partition(".")
        _put(result, key.split("."), _value(section, rest, override.text))
    return result


def _put(tables: dict[str, Any], path: list[str], value: object) -> None:
    head, *rest = path
    if not rest:
        tables[head] = value
        return
    inner = tables.get(head, {})
    if isinstance(inner, Mapping):
        copy = dict(inner)
        _put(copy, rest, value)
        tables[head] = copy


def _value(section: str, key: str, text: str) -> Any:
    fields = settings_of(section)
    return fields[key].from_text(text) if key in fields else _plugin_value(text)


def _plugin_value(text: str) -> Any:
    """Read what looks like a list or table as TOML; a plugin's schema turns plain text itself."""
    if text.startswith(("[", "{")):
        try:
            return tomllib.loads(f"value = {text}", parse_float=Decimal)["value"]
        except ValueError:
            return text
    return text
