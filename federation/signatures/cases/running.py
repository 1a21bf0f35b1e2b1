"""The run of a file: a receiver with an empty store for each case, or one for each sequence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any

from ....core.outgoing.ranges import is_public
from ..memory import Forgetful, Known
from ..receiving import Receiver
from ..refusals import Refusal
from ..verifying import Accepted, Dropped, verify
from ..web import Web
from .reading import Case, Malformed, Sequence
from .world import World

HOST = "jinan.example"


@dataclass(frozen=True, slots=True)
class Result:
    """The verdict on one case: ``accept``, ``reject``, ``drop``, or ``malformed`` for no case."""

    id: str
    verdict: str
    status: int | None
    reason: str
    detail: str
    clock_off: int | None = None
    actor: str | None = None
    fetched: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        return self.verdict == "malformed" or bool(
            self.expected and self.verdict not in self.expected
        )


def run(sequences: Iterable[Sequence]) -> Iterator[Result]:
    """Yield the result of each step, in the order of the file."""
    for sequence in sequences:
        store = Forgetful()
        for step in sequence.steps:
            if isinstance(step, Case):
                yield _judged(step, store)
            else:
                name, wrong = step
                yield Result(name, "malformed", None, "malformed", str(wrong))


def _judged(case: Case, store: Forgetful) -> Result:
    world = World(case)
    try:
        receiver = _receiver(case, store, world)
    except (TypeError, ValueError, KeyError, AttributeError, StopIteration) as error:
        return Result(case.id, "malformed", None, "malformed", str(error))
    try:
        outcome = verify(case.incoming, receiver)
    except Refusal as error:
        return Result(
            case.id, "reject", error.status, error.reason, error.detail, error.clock_off,
            fetched=tuple(world.fetched), expected=case.verdicts,
        )  # fmt: skip
    if isinstance(outcome, Dropped):
        return Result(
            case.id, "drop", outcome.status, outcome.reason, outcome.detail,
            fetched=tuple(world.fetched), expected=case.verdicts,
        )  # fmt: skip
    _take(outcome, store)
    return Result(
        case.id, "accept", 202 if outcome.activity else 200, "accepted", "", actor=outcome.actor,
        fetched=tuple(world.fetched), expected=case.verdicts,
    )  # fmt: skip


def _take(accepted: Accepted, store: Forgetful) -> None:
    """Write what was seen, as the inbox does with the effect."""
    store.remember_signature(accepted.fingerprint, accepted.at)
    if accepted.activity is not None:
        store.remember_body(accepted.inbox, accepted.activity.id, accepted.body_sha256)


def _receiver(case: Case, store: Forgetful, world: World) -> Receiver:
    _fill(case, store)
    config, state = case.config, case.state
    return Receiver(
        hosts=_hosts(config),
        now=lambda: case.now,
        web=Web(world.resolve, world.get, is_public, world.stopwatch),
        keys=store,
        seen=store,
        admits=_Admission(config),
        proxies=tuple(
            ip_network(each, strict=False)
            for each in _first(config, "trusted_proxies", "proxies") or ()
        ),
        owner_of=_lookup(state, "owners", "objects"),
        partner_of=_lookup(state, "partners", "offers", "asked"),
    )


def _hosts(config: Mapping[str, Any]) -> frozenset[str]:
    """Return our own hosts; a list of allowed ones that names ours is taken for that list."""
    allowed = _first(config, "allowed_hosts") or ()
    named = _first(config, "hosts", "own_hosts") or (allowed if HOST in allowed else [HOST])
    return frozenset(map(str.lower, named))


def _first(found: Mapping[str, Any], *names: str) -> Any:
    return next((found[name] for name in names if found.get(name) is not None), None)


def _lookup(state: Mapping[str, Any], *names: str) -> Any:
    known = _first(state, *names) or {}
    if not isinstance(known, Mapping):
        raise Malformed(f"`state.{names[0]}` must be an object of ids.")
    return known.get


class _Admission:
    """The lists of a configuration; what lies under a listed name is listed with it if it is
    blocked, and alone if it is admitted."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        admitted = _first(config, "allowed_hosts", "allow_list")
        blocked = _first(config, "blocked_hosts", "block_list")
        everyone = admitted is None or HOST in admitted
        self._admitted = None if everyone else frozenset(map(str.lower, admitted))
        self._blocked = tuple(map(str.lower, blocked or ()))

    def __call__(self, host: str) -> bool:
        if any(host == each or host.endswith(f".{each}") for each in self._blocked):
            return False
        return self._admitted is None or host in self._admitted


def _fill(case: Case, store: Forgetful) -> None:
    """Put what the case says is known already into its store."""
    for each in _listed(case.state.get("keys")):
        known = _known(each, case.now)
        if store.find(known.key_id) is None:
            store.keep(known.owner, [*store.of(known.owner), known])
    for seen in _listed(case.state.get("seen")):
        # Without a digest: it was this very body.
        same = hashlib.sha256(case.incoming.body).hexdigest()
        store.remember_body(seen.get("inbox", "/inbox"), seen["id"], seen.get("sha256", same))


def _listed(found: Any) -> list[Mapping[str, Any]]:
    """Return the members of a list, or of an object by id; a text alone is an id."""
    if isinstance(found, Mapping):
        return [{"id": name, **each} for name, each in found.items()]
    return [{"id": each} if isinstance(each, str) else each for each in found or ()]


def _known(told: Mapping[str, Any], now: float) -> Known:
    named = ("publicKeyPem", "publicKeyMultibase", "text")
    return Known(
        told["id"], told.get("owner") or told["id"].partition("#")[0],
        told.get("actor_type", "Application"), next(told[each] for each in named if told.get(each)),
        float(told.get("fetched_at", now)),
    )  # fmt: skip
