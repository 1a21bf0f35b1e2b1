"""Problems: what a program did wrong or cannot have, as RFC 9457 writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, request
from marshmallow import ValidationError

from ...errors import Forbidden, Invalid, NotFound, TooMany, Unreachable, WizzleError
from ...values import Message
from ..complaints import in_words
from ..machine import problem
from ..page import this_node, this_tongue
from .fields import mark

DOCS = "/api/v1/docs"

KINDS: Mapping[str, str] = {
    "not-json": mark(
        "The body is no JSON object, is too large, or says that it is something else."
    ),
    "invalid": mark("Something that was sent cannot be used; `errors` says what and why."),
    "token-missing": mark("This needs a token: `Authorization: Bearer …`."),
    "token-invalid": mark(
        "The token is unknown, has ended, or its person may not come in any more."
    ),
    "scope-missing": mark("The token is not good for this; `scope` names what it would need."),
    "forbidden": mark("The person of the token may not do this."),
    "not-found": mark("There is no such thing, or none that this token may see."),
    "refused": mark("The rules of the house do not allow this now; nothing was changed."),
    "key-missing": mark("What makes something needs the header `Idempotency-Key`."),
    "key-reused": mark("The same `Idempotency-Key` was sent with another request."),
    "too-many": mark("Too many requests; `Retry-After` says when to go on."),
    "unreachable": mark("Another machine did not do its part."),
}
"""Message ids of what each kind of problem means; the type of a problem ends with its name."""


class Problem(WizzleError):
    """A problem of a kind of its own, with headers and members besides; ``values`` fill it."""

    def __init__(
        self, status: int, kind: str, text: str, /, *, headers: Mapping[str, str] | None = None,
        values: Mapping[str, object] | None = None, **members: object,
    ) -> None:  # fmt: skip
        super().__init__(text, **(values or {}))
        self.status = status
        self.kind = kind
        self.headers = dict(headers or {})
        self.members = members


def of_invalid(error: ValidationError) -> Invalid:
    """Return what a schema found wrong as an error of ours; names of fields are JSON pointers."""
    found = error.normalized_messages()  # type: ignore[no-untyped-call]
    return Invalid({pointer: [in_words(text)] for pointer, text in _flat(found, "")})


def _flat(found: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(found, Mapping):
        for name, inner in found.items():
            step = "" if name == "_schema" else "/" + _escaped(str(name))
            yield from _flat(inner, pointer + step)
    else:
        for text in found if isinstance(found, list) else [found]:
            yield pointer, text


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def answer_to(error: WizzleError) -> Response:
    """Return the problem document for an error of ours, in the language that was asked for."""
    members: dict[str, object] = {}
    headers: dict[str, str] = {}
    if isinstance(error, Problem):
        members, headers = dict(error.members), error.headers
    if isinstance(error, TooMany):
        headers = {"Retry-After": "900"}
    if isinstance(error, Invalid):
        members["errors"] = [
            {"pointer": name if name[:1] in ("", "/") else f"/{name}", "detail": said(message)}
            for name, messages in error.fields.items()
            for message in messages
        ]
    kind = f"{this_node().settings.node.address.rstrip('/')}{DOCS}#{kind_of(error)}"
    return problem(error.status, said(error.message), kind=kind, headers=headers, **members)


def kind_of(error: WizzleError) -> str:
    """Return the name of the kind of problem that an error is."""
    if isinstance(error, Problem):
        return error.kind
    if isinstance(error, Invalid):
        return "invalid"
    if isinstance(error, Forbidden):
        return "forbidden"
    if isinstance(error, NotFound):
        return "not-found"
    if isinstance(error, TooMany):
        return "too-many"
    return "unreachable" if isinstance(error, Unreachable) else "refused"


def said(message: Message) -> str:
    """Say it in English unless the program asks for a language: it may show it to a person."""
    return this_tongue().say(message) if "Accept-Language" in request.headers else str(message)
