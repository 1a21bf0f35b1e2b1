"""How much one address and one node may bring, looked at before any signature is."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from ....core.auth.attempts import network
from ....core.db import Database
from ....core.node import Node
from ...trust.actions import gate
from ...trust.rules.limits import WINDOW, Counter

_TOO_MANY = "Too many letters in five minutes."


class Limits:
    """What came lately to one node, by address and by who brought it.

    Nothing is proven yet when these are asked: what somebody says to be counts against nobody.
    """

    def __init__(self) -> None:
        self._brought, self._trusted = Counter(), Counter()
        self._full: dict[str, float] = {}
        self._verified: dict[str, float] = {}

    def before(self, node: Node, address: str | None, claimed: str) -> None:
        """Count a request before it is looked at; raises ``gate.Shut`` if it is one too many.

        From where verified letters came lately, as many more may come as a node may bring.
        """
        now, place = node.clock.now().timestamp(), network(address)
        if self._verified.get(place, 0.0) <= now:
            gate.hold_back(node, address)
        else:
            _refuse(self._trusted.wait(place, _most(node), now))
        _refuse(int(self._full.get(claimed, 0.0) - now))

    def after(self, node: Node, address: str | None, host: str) -> None:
        """Count a letter that was verified against the node that brought it."""
        now = node.clock.now().timestamp()
        seconds = self._brought.wait(host, _most(node), now)
        if seconds:
            _keep(self._full, host, now + seconds)
        else:
            _keep(self._verified, network(address), now + WINDOW)
        _refuse(seconds)

    def hold_up(self, node: Node, host: str, seconds: int) -> None:
        """Take nothing of a node for so long, without looking at it any closer."""
        _keep(self._full, host, node.clock.now().timestamp() + seconds)


def limits_of(node: Node) -> Limits:
    """Return the limits of this node in this process."""
    return _limits.setdefault(node.db, Limits())


_limits: WeakKeyDictionary[Database, Limits] = WeakKeyDictionary()


def _most(node: Node) -> int:
    return int(node.host.settings("federation")["most_letters"])


def _refuse(seconds: int) -> None:
    if seconds > 0:
        raise gate.shut(429, "too_many_requests", _TOO_MANY, after=seconds)


def _keep(kept: dict[str, float], name: str, until: float) -> None:
    if len(kept) > 1_000:  # more than any node has peers
        kept.clear()
    kept[name] = until
