"""How often a program may ask: counted in each process by itself, since a read must not write.

A process keeps at most ``KEPT`` counters. Windows are fixed; what is left is told with each answer
in the fields of draft-ietf-httpapi-ratelimit-headers.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import cast

from flask import Response, current_app, g

from ..page import this_node
from .problems import Problem

WINDOW = timedelta(minutes=1)
KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Policy:
    """So many requests in each window, for each one who is counted under this name."""

    name: str
    most: int


BY_ADDRESS = Policy("address", 120)
BY_TOKEN = Policy("token", 300)
WRITES = Policy("writes", 60)
"""What changes something, of each token, besides."""


@dataclass(slots=True)
class Counter:
    """What was counted in the window that ends at ``ends_at``."""

    ends_at: datetime
    hits: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a limit stands after a request was counted; ``seconds`` until its window ends."""

    policy: Policy
    left: int
    seconds: int


class Counters:
    """The counters of one application; its threads share them."""

    def __init__(self) -> None:
        self._counters: OrderedDict[tuple[str, str], Counter] = OrderedDict()
        self._lock = Lock()

    def count(self, policy: Policy, who: str, now: datetime) -> Standing:
        """Count one more and return how that stands; ``left`` is below 0 beyond the limit."""
        with self._lock:
            counter = self._counters.pop((policy.name, who), None)
            if counter is None or counter.ends_at <= now:
                counter = Counter(now + WINDOW)
            counter.hits += 1
            self._counters[policy.name, who] = counter
            while len(self._counters) > KEPT:
                self._counters.popitem(last=False)
            seconds = -(-(counter.ends_at - now) // timedelta(seconds=1))
            return Standing(policy, policy.most - counter.hits, seconds)


def check(policy: Policy, who: str) -> None:
    """Count a request; 429 beyond the limit. What stands is told with the answer."""
    counters = cast(Counters, current_app.extensions.setdefault("wizzle.api.limits", Counters()))
    standing = counters.count(policy, who, this_node().clock.now())
    g.api_limit = standing
    if standing.left < 0:
        raise Problem(
            429, "too-many", "Too many requests. Please wait a little.",
            headers={"Retry-After": str(standing.seconds)},
        )  # fmt: skip


def tell(response: Response) -> None:
    """Write into an answer how the limit stands that was counted last."""
    standing: Standing | None = g.get("api_limit")
    if standing is None:
        return
    name, most = standing.policy.name, standing.policy.most
    response.headers["RateLimit-Policy"] = f'"{name}";q={most};w={WINDOW.seconds}'
    left = max(standing.left, 0)
    response.headers["RateLimit"] = f'"{name}";r={left};t={standing.seconds}'
