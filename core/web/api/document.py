"""The OpenAPI document: what the views of the API say of themselves, nothing written twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from marshmallow import Schema, fields
from werkzeug.routing import Rule

from .... import __version__
from ..numbers import LARGEST
from ..page import this_node
from .fields import Cursor, Moment
from .once import HEADER, PATTERN
from .operations import TYPE, Operation
from .problems import KINDS

PROBLEM = "application/problem+json"
_PLACE = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Way:
    """An operation at its address: ``path`` has its names in braces, as OpenAPI writes them."""

    method: str
    path: str
    rule: Rule
    operation: Operation

    @property
    def names(self) -> list[tuple[str, bool]]:
        """The names in the path, and whether each is a number."""
        return [(found[2], found[1] == "int") for found in _PLACE.finditer(self.rule.rule)]


def ways(app: Flask) -> list[Way]:
    """Return everything that programs can do here, by tag, path and method."""
    found = []
    for rule in app.url_map.iter_rules():
        operation = getattr(app.view_functions[rule.endpoint], "operation", None)
        if operation is not None:
            path = _PLACE.sub(r"{\2}", rule.rule)
            methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
            found += [Way(method.lower(), path, rule, operation) for method in methods]
    return sorted(found, key=lambda way: (way.operation.tag, way.path, way.method))


def document(app: Flask) -> Mapping[str, Any]:
    """Return the document, made when it is first asked for."""
    kept = app.extensions.get("wizzle.api.document")
    if kept is None:
        kept = app.extensions["wizzle.api.document"] = _made(app)
    return cast("Mapping[str, Any]", kept)


def _made(app: Flask) -> Mapping[str, Any]:
    node = this_node().settings.node
    plugin = MarshmallowPlugin(schema_name_resolver=_name)
    spec = APISpec(
        title=f"{node.name}: Wizzle API",
        version="1",
        openapi_version="3.1.0",
        plugins=[plugin],
        info={"description": _ABOUT, "x-wizzle-version": __version__},
        servers=[{"url": node.address.rstrip("/")}],
    )
    converter = plugin.converter
    if converter is None:  # made with the spec
        raise RuntimeError("the document cannot be written without its converter")
    converter.add_attribute_function(_ours)  # type: ignore[no-untyped-call]
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    spec.components.schema("Problem", _PROBLEM)
    spec.components.response("Problem", {
        "description": "What is wrong, as RFC 9457 writes it.",
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    })  # fmt: skip
    for way in ways(app):
        spec.path(path=way.path, operations={way.method: _told(way, converter.schema2parameters)})
    return spec.to_dict()


_ABOUT = """\
Everything that the pages do, for programs. Amounts are whole won, moments are RFC 3339 with an
offset.
What needs no scope is open to everyone; all else needs a token that a person makes at `/me/tokens`.
Lists come in pages: go on at `next` until it is null. What is wrong is told as RFC 9457 says."""

_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "One of: " + ", ".join(KINDS) + "."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


def _name(schema: type[Schema] | Schema | str) -> str:
    named = schema if isinstance(schema, (str, type)) else type(schema)
    name = named if isinstance(named, str) else named.__name__
    return name.removesuffix("Schema")


def _ours(_converter: Any, field: fields.Field[Any], **_: Any) -> dict[str, Any]:
    """Say what fields of our own are."""
    if isinstance(field, Moment):
        return {
            "type": ["string", "null"] if field.allow_none else "string", "format": "date-time",
        }  # fmt: skip
    if isinstance(field, Cursor):
        return {"type": "string"}
    return {}


def _told(way: Way, query: Callable[..., list[dict[str, Any]]]) -> dict[str, Any]:
    operation = way.operation
    told: dict[str, Any] = {
        "operationId": way.rule.endpoint.replace(".", "_"),
        "summary": operation.summary,
        "tags": [operation.tag],
        "parameters": list(_parameters(way, query)),
        "responses": _responses(operation),
        "security": [{"token": [operation.scope]}] if operation.scope else [],
    }
    if operation.about:
        told["description"] = operation.about
    if operation.takes is not None:
        content: dict[str, Any] = {"schema": operation.takes}
        if operation.example is not None:
            content["example"] = operation.example
        told["requestBody"] = {"required": True, "content": {TYPE: content}}
    return told


def _parameters(way: Way, query: Callable[..., list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    for name, is_number in way.names:
        number = {"type": "integer", "minimum": 0, "maximum": LARGEST}
        kind = number if is_number else {"type": "string", "minLength": 1}
        yield {"name": name, "in": "path", "required": True, "schema": kind}
    if way.operation.asks is not None:
        yield from query(way.operation.asks, location="query")
    if way.operation.creates:
        kind = {"type": "string", "pattern": PATTERN}
        yield {"name": HEADER, "in": "header", "required": True, "schema": kind}


def _responses(operation: Operation) -> dict[str, Any]:
    fine: dict[str, Any] = {"description": operation.summary}
    if operation.gives is not None:
        schema: Any = operation.gives
        if operation.pages:
            schema = {
                "type": "object",
                "required": ["items", "next"],
                "properties": {
                    "items": {"type": "array", "items": schema},
                    "next": {"type": ["string", "null"]},
                },
            }
        fine["content"] = {TYPE: {"schema": schema}}
    return {str(operation.status): fine, "4XX": "Problem"}
