"""Checks all settings at once and puts every mistake into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from marshmallow import ValidationError

from .document import Document
from .mistakes import Complaint
from .overrides import Override, apply
from .problems import Problem
from .render import as_text, literal
from .schema import FILE, SECTIONS, settings_of
from .texts import LANGUAGES, keys, say


@dataclass(frozen=True, slots=True)
class Checked:
    """The values of node.toml by section, those that are right; all are without ``problems``."""

    values: Mapping[str, Any]
    problems: tuple[Problem, ...]
    language: str


def check(
    document: Document, overrides: Mapping[str, Override], *, language: str | None = None
) -> Checked:
    """Read the values of a document with its overrides; everything wrong is in ``problems``.

    It is said in ``language``, or in the one that the document puts first.
    """
    tables = apply(document.tables, overrides)
    language = language or language_of(tables)
    try:
        return Checked(FILE.load(tables), (), language)
    except ValidationError as error:
        right = error.valid_data if isinstance(error.valid_data, Mapping) else {}
        found = [
            _problem(key, complaint, language, document, overrides)
            for key, complaint in flat(error.messages)
        ]
    last = max(document.lines.values(), default=0) + 1
    found.sort(key=lambda problem: problem.line or last)
    return Checked(right, tuple(found), language)


def language_of(tables: Mapping[str, Any]) -> str:
    """Return the language that the file itself puts first, Korean if it cannot be read."""
    node = tables.get("node")
    languages = node.get("languages") if isinstance(node, Mapping) else None
    first = languages[0] if isinstance(languages, list) and languages else None
    return first if first in LANGUAGES else "ko"


def flat(errors: Any, key: str = "") -> Iterator[tuple[str, Complaint]]:
    """Yield the complaints of marshmallow's nested errors with their dotted keys."""
    if isinstance(errors, Mapping):
        for name, inner in errors.items():
            yield from flat(inner, _within(key, name))
    elif isinstance(errors, list):
        for inner in errors:
            yield from flat(inner, key)
    else:
        yield key, errors if isinstance(errors, Complaint) else Complaint(str(errors))


def _within(key: str, name: str | int) -> str:
    if name == "_schema":
        return key
    if isinstance(name, int):
        return f"{key}[{name}]"
    return f"{key}.{name}" if key else name


def _problem(
    key: str,
    complaint: Complaint,
    language: str,
    document: Document,
    overrides: Mapping[str, Override],
) -> Problem:
    name, bracket, index = key.partition("[")
    if complaint.code == "unknown":
        return _unknown(key, language, document)
    about = keys().get(name)
    values = {"about": about.name(language) if about else key, **complaint.values}
    message = say(complaint.code, language, **values)
    if override := overrides.get(name):
        return Problem(override.name + bracket + index, message, _example_given(name, override))
    return Problem(key, message, example(name), document.line(key))


def _unknown(key: str, language: str, document: Document) -> Problem:
    section, _, name = key.rpartition(".")
    known = list(settings_of(section)) if section else [*SECTIONS, "plugin"]
    near = get_close_matches(name, known, 1)
    if section == "plugins" and not near:
        message, shown = say("unknown_plugin", language, name=name), f"[plugin.{name}]"
    elif near:
        message = say("unknown_near", language, near=near[0])
        shown = example(f"{section}.{near[0]}".lstrip("."))
    else:
        message, shown = say("unknown", language, names=", ".join(known)), ""
    return Problem(key, message, shown, document.line(key))


def example(key: str) -> str:
    """Return a line of node.toml with a right value for ``key``; for a section its heading."""
    about = keys().get(key)
    return f"{key.rpartition('.')[2]} = {literal(about.example)}" if about else f"[{key}]"


def _example_given(key: str, override: Override) -> str:
    about = keys().get(key)
    text = as_text(about.example) if about else ""
    return f"{override.name}={text}" if override.is_variable else text
