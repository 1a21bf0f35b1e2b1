"""What a program sends: one JSON object, read strictly and checked by a schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, NoReturn
from unicodedata import normalize

from flask import request
from marshmallow import Schema, ValidationError

from .fields import is_text
from .problems import Problem, of_invalid

MOST = 256 * 1024
"""Bytes of a body."""

DEEPEST = 20
"""How many objects and lists may stand inside each other."""


def read_query(schema: Schema) -> Mapping[str, Any]:
    """Return what the address asks for; names that the schema does not know mean nothing."""
    return _loaded(schema, request.args.to_dict(), "exclude")


def read_body(schema: Schema) -> Mapping[str, Any]:
    """Return what the body says; a name that the schema does not know is a mistake."""
    return _loaded(schema, _object(), "raise")


def _loaded(
    schema: Schema, sent: Mapping[str, Any], unknown: Literal["exclude", "raise"]
) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = schema.load(sent, unknown=unknown)
    except ValidationError as error:
        raise of_invalid(error) from error
    return found


def _object() -> Mapping[str, Any]:
    if request.mimetype != "application/json":
        raise Problem(415, "not-json", "Please send JSON, as application/json.")
    if (request.content_length or 0) > MOST:
        raise Problem(413, "not-json", "This is more than the node takes in one request.")
    raw = request.get_data()
    try:
        sent = json.loads(raw, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "not-json", "The body is not JSON that can be read.") from error
    if len(raw) > MOST or not isinstance(sent, dict) or not _is_sound(sent, DEEPEST):
        raise Problem(400, "not-json", "The body is not a JSON object as the node takes it.")
    return {name: _composed(value) for name, value in sent.items()}


def _composed(value: Any) -> Any:
    """Compose the signs of all texts, as forms do: some devices send Hangul in parts."""
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, list):
        return [_composed(each) for each in value]
    if isinstance(value, dict):
        return {name: _composed(each) for name, each in value.items()}
    return value


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _is_sound(value: Any, depth: int) -> bool:
    """Say whether every text in it can be kept, and nothing lies too deep."""
    if isinstance(value, str):
        return is_text(value)
    if not isinstance(value, (dict, list)):
        return True
    if depth == 0:
        return False
    inner = [*value, *value.values()] if isinstance(value, dict) else value
    return all(_is_sound(each, depth - 1) for each in inner)
