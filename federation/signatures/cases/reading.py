"""The form of a file of cases, read leniently: what is odd is reported with the case it is in."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ..messages import Incoming

_MOST_FILE = 256 << 20
_MOST_SIZE = 64 << 20
_TOO_LARGE = 2 << 20


class Malformed(ValueError):
    """A file or a case has not the form that docs/federation-cases.md describes."""


@dataclass(frozen=True, slots=True)
class Document:
    """What one GET of an address finds; ``seconds`` is how long its host lets us wait."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """One request with the world around it, and what is expected of the verdict, if anything."""

    id: str
    now: float
    incoming: Incoming
    documents: Mapping[str, Document]
    dns: Mapping[str, tuple[tuple[str, ...], ...]]
    config: Mapping[str, Any] = field(default_factory=dict)
    state: Mapping[str, Any] = field(default_factory=dict)
    verdicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sequence:
    """Steps that share one store; a malformed one stands as its id and what is wrong with it."""

    steps: tuple[Case | tuple[str, Malformed], ...]


def read_file(path: Path) -> list[Sequence]:
    """Return the sequences of a file, each single case being one; ``Malformed`` if it is none."""
    try:
        if path.stat().st_size > _MOST_FILE:
            raise Malformed("The file is larger than 256 MiB.")
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise Malformed(f"The file cannot be read: {error}") from error
    if isinstance(found, list):
        found = {"cases": found}
    if not isinstance(found, dict) or not {"cases", "sequences"} & found.keys():
        raise Malformed("The file must be an object with `cases` or `sequences`.")
    defaults = {name: _over({}, found.get(f"default_{name}")) for name in _SHARED}
    return list(_sequences(found, defaults))


_SHARED = ("documents", "dns", "config", "state")


def _sequences(found: Mapping[str, Any], defaults: Mapping[str, Any]) -> Iterator[Sequence]:
    for number, (name, case) in enumerate(_named(found.get("cases") or [])):
        yield Sequence((_read(case, name or f"case {number + 1}", defaults),))
    for number, (name, steps) in enumerate(_named(found.get("sequences") or [])):
        shared = defaults
        if isinstance(steps, dict):
            name = str(steps.get("id") or name)
            shared = {each: _over(defaults[each], steps.get(each)) for each in _SHARED}
            steps = steps.get("steps") or steps.get("cases")
        name = name or f"sequence {number + 1}"
        if not isinstance(steps, list):
            yield Sequence(((name, Malformed("A sequence must be a list of steps.")),))
            continue
        yield Sequence(
            tuple(_read(step, f"{name} {n + 1}", shared) for n, step in enumerate(steps))
        )


def _named(found: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(found, Mapping):
        return [(str(name), value) for name, value in found.items()]
    if isinstance(found, list):
        return [("", value) for value in found]
    raise Malformed("`cases` and `sequences` must be lists or objects.")


def _read(case: Any, name: str, defaults: Mapping[str, Any]) -> Case | tuple[str, Malformed]:
    name = str(case.get("id") or name) if isinstance(case, dict) else name
    try:
        return _case(case, name, defaults)
    except Malformed as error:
        return name, error
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        return name, Malformed(f"{type(error).__name__}: {error}")


def _case(case: Any, name: str, defaults: Mapping[str, Any]) -> Case:
    names = _over(defaults["dns"], case.get("dns"))
    answers = {host: [found] for host, found in names.items()} | (case.get("dns_sequence") or {})
    documents = _over(defaults["documents"], case.get("documents"))
    expected = case.get("expected") or {}
    verdict = expected.get("verdict", ()) if isinstance(expected, dict) else expected
    return Case(
        id=name,
        now=_moment(case["now"]),
        incoming=_incoming(case["request"], case),
        documents={url: _document(each) for url, each in documents.items()},
        dns={host: tuple(map(_addresses, found)) for host, found in answers.items()},
        config=_over(defaults["config"], case.get("config")),
        state=_over(defaults["state"], case.get("state")),
        verdicts=(verdict,) if isinstance(verdict, str) else tuple(verdict),
    )


def _over(defaults: Mapping[str, Any], own: Any) -> dict[str, Any]:
    """Return what a case says over what its file says; with an empty object it says: nothing."""
    if own is None:
        return dict(defaults)
    if not isinstance(own, Mapping):
        raise Malformed(f"An object is expected where {type(own).__name__} stands.")
    return {**defaults, **own} if own else {}


def _moment(now: Any) -> float:
    return float(now) if not isinstance(now, str) else datetime.fromisoformat(now).timestamp()


def _addresses(answer: Any) -> tuple[str, ...]:
    return (answer,) if isinstance(answer, str) else tuple(map(str, answer or ()))


def _incoming(request: Mapping[str, Any], case: Mapping[str, Any]) -> Incoming:
    return Incoming(
        method=str(request["method"]),
        target=str(request["target"]),
        headers=_pairs(request.get("headers")),
        body=_body(request),
        scheme=str(request.get("scheme", "https")),
        remote_addr=str(case.get("remote_addr") or request.get("remote_addr") or ""),
    )


def _pairs(headers: Any) -> tuple[tuple[str, str], ...]:
    pairs = headers.items() if isinstance(headers, Mapping) else headers or ()
    return tuple((str(name), str(value)) for name, value in pairs)


def _document(found: Any) -> Document:
    if found is None:
        return Document(status=404)
    if not isinstance(found, dict) or not _DOCUMENT & found.keys():
        # The document itself stands where its answer might.
        found = {"body": found}
    generated = found.get("body_generator")
    default = (("Content-Type", "application/activity+json"),) if "headers" not in found else ()
    return Document(
        status=int(found.get("status", 200)),
        headers=_pairs(found.get("headers")) or default,
        body=_body(found),
        seconds=float(_seconds(generated) or _seconds(found)),
    )


_DOCUMENT = {"status", "headers", "body", "body_b64", "body_generator"}


def _seconds(found: Any) -> float:
    named = ("seconds", "delay_seconds", "delay", "duration")
    told = [found[each] for each in named if found.get(each)] if isinstance(found, dict) else []
    return float(told[0]) if told else 0.0


def _generated(generated: Any) -> bytes:
    """Make a body of so many bytes: zeros, or a text that is repeated; nested lists by ``depth``.

    One that is only slow is empty; of anything else no more is known than that it is too large.
    """
    if not isinstance(generated, Mapping):
        generated = {"size": generated}
    if generated.get("depth"):
        depth = min(int(generated["depth"]), _MOST_SIZE)
        return b"[" * depth + b"]" * depth
    told = [generated[each] for each in ("size", "bytes", "length") if generated.get(each)]
    if not told and _seconds(generated):
        return b""
    # What is larger than any bound need not be made as large as it says.
    size = min(max(int(told[0]) if told else _TOO_LARGE, 0), _MOST_SIZE)
    text = generated.get("text") or generated.get("byte") or generated.get("value")
    unit = (text if isinstance(text, str) else "").encode() or b"\0"
    return (unit * (size // len(unit) + 1))[:size]


def _body(found: Mapping[str, Any]) -> bytes:
    """Return a body that is given as base64, as a text, or as a value of JSON."""
    body, generated = found.get("body"), found.get("body_generator")
    if found.get("body_b64") is not None:
        return base64.b64decode("".join(found["body_b64"].split()), validate=True)
    if generated is not None and (_generated(generated) or body is None):
        return _generated(generated)
    if body is None:
        return b""
    # Half a character, which JSON can spell, is to reach the verdict as it stands.
    text = body if isinstance(body, str) else json.dumps(body)
    return text.encode("utf-8", "surrogatepass")
