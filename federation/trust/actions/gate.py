"""The gate: who signed a request, and whether that node may ask for this or bring it.

The order keeps a flood cheap: first the limits, then the signature, then how we stand to the node.
A stranger is asked who it is only if it asks to be joined, or this node talks to all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from ....core.addresses import host_of, node_actor
from ....core.auth.attempts import network
from ....core.db import Database
from ....core.errors import WizzleError
from ....core.node import Node
from ....core.statements import Row
from ..queries import peers
from ..rules import states, wire
from ..rules.limits import Counter
from . import budgets
from .store import BodyOf, Memory, PartnerOf, Store

if TYPE_CHECKING:
    from flask import Request

    from ...signatures import Accepted, Dropped, Incoming, Receiver

STRANGERS = 30
"""Letters of nodes that are unknown here that are looked at in five minutes."""

FOLLOWING_STRANGERS = 600
"""As many, where all may follow what is public."""

PAUSED_FOR = 3_600
"""Seconds after which a paused node may try again."""


class Shut(WizzleError):
    """The gate does not let a request in; ``problem`` are the members of its answer (RFC 9457)."""

    def __init__(
        self, problem: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        self.problem = dict(problem)
        self.headers = dict(headers or {})
        self.status = int(problem["status"])
        super().__init__(str(problem["detail"]))


@dataclass(frozen=True, slots=True)
class Guest:
    """Who was let in: ``host`` of the node, ``actor`` whose key signed, how we stand to it.

    ``state`` is None for a node that is unknown here. ``verdict`` is what the verifier found.
    """

    host: str
    actor: str
    state: str | None
    verdict: Accepted

    def is_trusted(self, node: Node) -> bool:
        """Say whether it may speak of everything, and not only of what everyone may read."""
        return self.state in states.OPEN or is_open(node)


def incoming(request: Request, body: bytes = b"") -> Incoming:
    """Return a request of the website as the verifier reads it; proxies were seen to before."""
    from ...signatures import Incoming

    environ = request.environ
    return Incoming(
        method=request.method,
        target=wire.target(environ),
        headers=wire.headers(environ),
        body=body,
        scheme=str(environ.get("wsgi.url_scheme", "http")),
        remote_addr=request.remote_addr or "",
    )


def verify(
    node: Node, message: Incoming, *, body_of: BodyOf | None = None,
    partner_of: PartnerOf | None = None,
) -> Guest | Dropped:  # fmt: skip
    """Let a request in or raise ``Shut``; ``Dropped`` is to be answered 202 and forgotten.

    ``body_of`` tells what came into an inbox by which id before, ``partner_of`` who is on the
    other side of a thing of ours. Whoever lets a letter take effect
    calls ``store.remember`` with the verdict's fingerprint in the same transaction.
    """
    from ...signatures import Accepted, Refusal, verify

    known = _Standing(node)
    receiver = _receiver(node, message, known, body_of, partner_of)
    try:
        verdict = verify(message, receiver)
    except Refusal as error:
        _note_clock(node, message, error)
        raise Shut(error.problem()) from None
    if not isinstance(verdict, Accepted):
        return verdict
    return _let_in(node, verdict, known)


def require_peer(node: Node, request: Request) -> Guest:
    """Let a signed GET in if it comes from a node that is joined, or raise ``Shut``.

    What is not public is read by the same list that may write here: the signer's host counts.
    """
    hold_back(node, request.remote_addr)
    guest = verify(node, incoming(request))
    if not isinstance(guest, Guest):
        raise shut(403, "not_admitted", "This is not open to you.")
    return guest


def who_asks(node: Node, request: Request) -> str | None:
    """Return the host of the joined node that signed this request, None if none did."""
    try:
        return require_peer(node, request).host
    except Shut:
        return None


def count_reading(node: Node, request: Request, size: int) -> None:
    """Count what is about to be handed out against who asks; raise ``Shut`` with 429.

    Against the node that has signed the request, or the place that it comes from.
    """
    host = who_asks(node, request) if "Signature" in request.headers else None
    who = host or network(request.remote_addr)
    with node.db.write() as session:
        refuse_beyond(node, session, who, budgets.READ, size)


def refuse_beyond(node: Node, session: Session, who: str, way: str, size: int) -> None:
    """Count bytes in this transaction; raise ``Shut`` with 429 if they are too many for an hour."""
    most = node.host.settings("federation")[f"most_{way}"] * budgets.MEGABYTE
    seconds = budgets.spend(session, who, way, size, most=most, now=node.clock.now())
    if seconds:
        raise shut(429, "too_much", f"More was {way} in this hour than may be.", after=seconds)


def hold_back(node: Node, address: str | None) -> None:
    """Count a request of this address, before anything else is done; raise ``Shut`` with 429."""
    most = node.host.settings("federation")["most_requests"]
    counter = _counters.setdefault(node.db, Counter())
    seconds = counter.wait(network(address), most, node.clock.now().timestamp())
    if seconds:
        raise shut(429, "too_many_requests", "Too many requests in five minutes.", after=seconds)


_counters: WeakKeyDictionary[Database, Counter] = WeakKeyDictionary()


def shut(status: int, reason: str, detail: str, *, after: int = 0) -> Shut:
    """Return a refusal of our own; ``after`` are the seconds until it may be tried again."""
    from http import HTTPStatus

    problem = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "reason": reason,
    }
    return Shut(problem, {"Retry-After": str(after)} if after else None)


class _Standing:
    """How we stand to the node that a request says to come from: looked at once for a request."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._rows: dict[str, Row | None] = {}

    def of(self, host: str) -> Row | None:
        if host not in self._rows:
            with self._node.db.glance() as connection:
                self._rows[host] = peers.standing(connection, host)
        return self._rows[host]


def _receiver(
    node: Node, message: Incoming, known: _Standing, body_of: BodyOf | None,
    partner_of: PartnerOf | None,
) -> Receiver:  # fmt: skip
    from ...signatures import Receiver
    from .web import web_of

    return Receiver(
        hosts=frozenset({host_of(node.settings.node.address)}),
        now=lambda: node.clock.now().timestamp(),
        web=web_of(node),
        keys=Store(node),
        seen=Memory(node, body_of),
        admits=partial(_admits, node, message, known),
        partner_of=partner_of or (lambda _uri: None),
    )


def _admits(node: Node, message: Incoming, known: _Standing, host: str) -> bool:
    """Say whether a host is worth asking for its key; the whole verdict comes after it."""
    peer = known.of(host)
    state = None if peer is None else str(peer.state)
    if state == states.PAUSED:
        return True  # it is told to come back later, once it is known that it is that node
    if not _may_knock(node, state, _said(message)):
        return False
    return state is not None or is_open(node) or _has_time_for_strangers(node)


def _may_knock(node: Node, state: str | None, said: Mapping[str, Any]) -> bool:
    """Say whether a node may send what it says to send, before it is known who that is.

    Where not everybody may follow, of a Follow only that of this node itself counts: whoever wants
    more has to be joined first.
    """
    kind, public = str(said.get("type", "")), follows_open(node)
    other = said.get("object") != node_actor(node.settings.node.address)
    if kind == "Follow" and other and not public:
        kind = ""
    return states.may_bring(state, kind, is_open=is_open(node), public=public)


def _has_time_for_strangers(node: Node) -> bool:
    """Say whether one more stranger may be asked for its key: anybody can name any host."""
    counter = _counters.setdefault(node.db, Counter())
    most = FOLLOWING_STRANGERS if follows_open(node) else STRANGERS
    return counter.wait("strangers", most, node.clock.now().timestamp()) == 0


def _said(message: Incoming) -> Mapping[str, Any]:
    """Return the activity that a body holds, nothing of a request that only reads."""
    if message.method != "POST":
        return {}
    try:
        found = json.loads(message.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("type"), str) else {}


def follows_open(node: Node) -> bool:
    """Say whether all may follow what is public here, joined or not."""
    return bool(node.host.settings("federation")["open_following"])


def is_open(node: Node) -> bool:
    """Say whether this node talks to all others, joined or not."""
    return bool(node.host.settings("federation")["mode"] == states.OPEN_TO_ALL)


def _let_in(node: Node, verdict: Accepted, known: _Standing) -> Guest:
    host = host_of(verdict.actor)
    kind = verdict.activity.type if verdict.activity is not None else ""
    peer = known.of(host)
    state = peer.state if peer is not None else None
    if state == states.PAUSED:
        raise shut(429, "paused", "This node takes nothing of yours for now.", after=PAUSED_FOR)
    if not states.may_bring(state, kind, is_open=is_open(node), public=follows_open(node)):
        raise shut(403, "not_admitted", f"{host} is not joined with this node.")
    if peer is not None:
        _note_contact(node, peer, verdict)
    return Guest(host, verdict.actor, state, verdict)


def _note_contact(node: Node, peer: Row, verdict: Accepted) -> None:
    """Note when a node was last heard of, now and then; and that it writes the newer form."""
    now = node.clock.now()
    newer = verdict.form == "rfc9421" and not peer.rfc9421
    recent = peer.contact_at is not None and (now - peer.contact_at).total_seconds() < 60
    if recent and not newer and not peer.skew:
        return
    with node.db.write() as session:
        standing = peers.by_host(session, peer.host)
        if standing is not None:
            standing.contact_at, standing.skew = now, 0
            standing.rfc9421 = True if newer else standing.rfc9421


def _note_clock(node: Node, message: Incoming, error: Any) -> None:
    """Note by how much a joined node's clock is off: the steward sees why nothing arrives.

    What is refused for its time was not verified, so this is believed of nobody but shown as told.
    """
    off = getattr(error, "clock_off", None)
    if not isinstance(off, int):
        return
    host = wire.claimed_host(message.headers)
    with node.db.look() as session:
        peer = peers.by_host(session, host) if host else None
    if peer is None or peer.state not in states.OPEN or peer.skew == off:
        return
    with node.db.write() as session:
        standing = peers.by_host(session, peer.host)
        if standing is not None:
            standing.skew = max(-1_000_000, min(1_000_000, off))
