"""The document as a page for people shows it: by subject, with everything that is named."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask

from ...answers import WebhookKind
from ..page import this_node
from .document import Way, document, ways
from .fields import mark
from .once import HEADER
from .operations import TYPE

TAGS: Mapping[str, str] = {
    "node": mark("The node"),
    "spaces": mark("Pages of producers, shops, hubs and organisations"),
    "catalogue": mark("Goods"),
    "goods": mark("A seller's own goods"),
    "rounds": mark("Rounds"),
    "orders": mark("One's own orders"),
    "shops": mark("Orders at a shop"),
    "hub": mark("Orders at a hub"),
    "collections": mark("Collections"),
    "fund": mark("The local fund"),
    "me": mark("Oneself"),
    "webhooks": mark("Webhooks"),
}
"""Message ids of the subjects, in the order of the page; others come after by their names."""

DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that is sent or told; ``about`` is a message id."""

    name: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An operation as the page shows it."""

    way: Way
    parameters: list[Named]
    body: list[Named]
    answer: list[Named]
    example: str

    @property
    def mark(self) -> str:
        """Where on the page it stands."""
        return str(self.way.rule.endpoint).replace(".", "-")


def sections_of(app: Flask) -> list[tuple[str, list[Shown]]]:
    """Return the operations by subject: its message id, or its name if it is a plugin's own."""
    found: dict[str, list[Shown]] = {}
    for way in ways(app):
        found.setdefault(way.operation.tag, []).append(_shown(app, way))
    order = list(TAGS)
    known = sorted(found, key=lambda tag: (order.index(tag) if tag in TAGS else len(order), tag))
    return [(TAGS.get(tag, tag), found[tag]) for tag in known]


def example_of(kind: WebhookKind) -> str:
    """Return what a webhook is told of this kind of fact, as it looks."""
    told = {"type": kind.name, "timestamp": "2026-11-23T00:00:00+00:00", "data": kind.example}
    return json.dumps(told, ensure_ascii=False, indent=2)


def _shown(app: Flask, way: Way) -> Shown:
    whole = document(app)
    told = whole["paths"][way.path][way.method]
    parameters = [
        Named(each["name"], _kind(each["schema"]), each.get("required", False),
              each.get("description", ""))
        for each in told["parameters"]
    ]  # fmt: skip
    body = told.get("requestBody", {}).get("content", {}).get(TYPE, {}).get("schema", {})
    fine = told["responses"][str(way.operation.status)]
    answer = fine.get("content", {}).get(TYPE, {}).get("schema", {})
    return Shown(
        way, parameters, list(_named(whole, body)), list(_named(whole, answer)), _curl(way)
    )


def _named(
    whole: Mapping[str, Any], schema: Mapping[str, Any], before: str = "", depth: int = 0
) -> Iterator[Named]:
    """Yield what a schema names, what lies in it after it: ``items[].name``."""
    found = _resolved(whole, schema)
    for name, inner in found.get("properties", {}).items():
        resolved = _resolved(whole, inner)
        required = name in found.get("required", ())
        yield Named(before + name, _kind(resolved), required, inner.get("description", ""))
        if depth < DEEPEST:
            deeper, step = resolved, "."
            if resolved.get("type") == "array":
                deeper, step = _resolved(whole, resolved.get("items", {})), "[]."
            yield from _named(whole, deeper, before + name + step, depth + 1)


def _resolved(whole: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    for way in ("anyOf", "allOf"):
        for each in schema.get(way, ()):
            if "$ref" in each:
                return _resolved(whole, each)
    if "$ref" in schema:
        found: Mapping[str, Any] = whole["components"]["schemas"][schema["$ref"].split("/")[-1]]
        return found
    return schema


def _kind(schema: Mapping[str, Any]) -> str:
    kinds = schema.get("type", "object" if "properties" in schema else "")
    words = " | ".join(kinds) if isinstance(kinds, list) else str(kinds)
    if schema.get("format"):
        words += f" ({schema['format']})"
    if schema.get("enum"):
        words += ": " + ", ".join(str(each) for each in schema["enum"] if each is not None)
    bounds = [str(schema[name]) for name in ("minimum", "maximum") if name in schema]
    return f"{words} {'–'.join(bounds)}" if len(bounds) == 2 else words


def _curl(way: Way) -> str:
    """Return how to ask for it on the command line."""
    parts = [f"curl -X {way.method.upper()}" if way.method != "get" else "curl"]
    if way.operation.scope:
        parts.append('-H "Authorization: Bearer $TOKEN"')
    if way.operation.creates:
        parts.append(f'-H "{HEADER}: $(uuidgen)"')
    if way.operation.takes is not None:
        sent = json.dumps(way.operation.example or {}, ensure_ascii=False)
        parts.append(f"-H 'Content-Type: {TYPE}' -d '{sent}'")
    address = this_node().settings.node.address.rstrip("/")
    return " \\\n  ".join([*parts, f"'{address}{way.path}'"])
