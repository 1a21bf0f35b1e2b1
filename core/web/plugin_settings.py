"""The settings of plugins as a page shows and takes them, read from each plugin's own schema.

A field says what it is by ``metadata``: ``label`` and ``hint``, both messages.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate

from ...node_config import fixed_by_environment, is_secret
from ..host import Loaded
from ..node import Node
from ..values import Message
from .complaints import in_words
from .node_facts import Shown, source_of
from .page import this_tongue

_KINDS: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (fields.Boolean, "yes_no"), (fields.Integer, "whole"), (fields.String, "text"),
)  # fmt: skip


def chosen_of(node: Node) -> list[tuple[Loaded, list[Shown]]]:
    """Return the plugins in use that have settings, with them."""
    found = ((loaded, fields_of(node, loaded)) for loaded in node.host.plugins)
    return [(loaded, entries) for loaded, entries in found if entries]


def fields_of(node: Node, loaded: Loaded) -> list[Shown]:
    """Return the plain settings of a plugin; what is secret or has parts stands in node.toml."""
    if loaded.plugin.settings is None:
        return []
    schema = loaded.plugin.settings()
    found = ((name, field, _kind(field)) for name, field in schema.fields.items())
    return [
        _shown(node, loaded, name, field, kind)
        for name, field, kind in found
        if kind and not is_secret(name)
    ]


def _kind(field: fields.Field[Any]) -> str:
    found = next((word for of, word in _KINDS if type(field) is of), "")
    return "choice" if found == "text" and _choices(field) else found


def _choices(field: fields.Field[Any]) -> tuple[str, ...]:
    found = (each for each in field.validators if isinstance(each, validate.OneOf))
    return tuple(str(choice) for each in found for choice in each.choices)


def _shown(
    node: Node, loaded: Loaded, name: str, field: fields.Field[Any], kind: str
) -> Shown:  # fmt: skip
    key, value = f"plugin.{loaded.name}.{name}", loaded.settings.get(name, "")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    source = source_of(node, key)
    return Shown(
        key, _said(field, "label") or name, _said(field, "hint"), kind, text, source,
        source != "environment", _choices(field),
    )  # fmt: skip


def _said(field: fields.Field[Any], what: str) -> str:
    said = field.metadata.get(what)
    return this_tongue().say(said) if isinstance(said, Message) else ""


def read(
    node: Node, loaded: Loaded, typed: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Return what was typed as the plugin's schema takes it, those that differ, and what is wrong;
    both by dotted key."""
    assert loaded.plugin.settings is not None  # noqa: S101 only such have fields to type into
    schema, begin = loaded.plugin.settings(), f"plugin.{loaded.name}."
    fixed = _fixed(begin)
    given = {key.removeprefix(begin): text.strip() for key, text in typed.items()}
    raw = {
        name: _plain(schema.fields[name], text)
        for name, text in given.items()
        if begin + name not in fixed and (text or isinstance(schema.fields[name], fields.String))
    }
    before = dict(node.settings.plugins.settings.get(loaded.name, {}))
    kept = {name: value for name, value in before.items() if name not in given}
    try:
        checked = schema.load({**kept, **raw})
    except ValidationError as error:
        return {}, _in_words(begin, error)
    said = schema.dump(checked)
    return {
        begin + name: said[name]
        for name in given
        if begin + name not in fixed and checked.get(name) != loaded.settings.get(name)
    }, {}


def _fixed(begin: str) -> frozenset[str]:
    """Return the settings of a plugin that the environment decides."""
    return frozenset(key for key in fixed_by_environment(os.environ) if key.startswith(begin))


def _plain(field: fields.Field[Any], text: str) -> Any:
    if isinstance(field, fields.Integer) and text.isdecimal() and len(text) < 10:
        return int(text)
    return text


def _in_words(begin: str, error: ValidationError) -> dict[str, list[str]]:
    tongue = this_tongue()
    wrong: Mapping[str, Any] = error.normalized_messages()  # type: ignore[no-untyped-call]
    return {
        begin + name if name != "_schema" else "": [tongue.say(in_words(each)) for each in messages]
        for name, messages in wrong.items()
    }
