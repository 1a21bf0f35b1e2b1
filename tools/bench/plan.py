"""What a run does: how many rounds, how long each load, how much data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Plan:
    """One run; ``folder`` takes its throw-away data, ``seconds`` is the length of each load.

    The opening of a round: ``residents`` come at once to a node with a ``market`` of so many
    products and a ``history`` of so many orders.
    """

    folder: Path
    server: str = "gunicorn"
    rounds: int = 3
    seconds: float = 2.0
    products: tuple[int, ...] = (1_000, 10_000)
    offers: int = 1_000
    clients: tuple[int, ...] = (1, 8, 32)
    orders: int = 3_000
    tries: int = 132
    stock: int = 100
    history: int = 100_000
    market: int = 10_000
    residents: int = 300
    lines: int = 100_000
    sellers: int = 900
    posts: int = 1_000_000
    entries: int = 1_000_000
    databases: tuple[str, ...] = ("sqlite", "postgresql")


def quick(folder: Path, server: str) -> Plan:
    """Return a run of under a minute, whose counts are exact and whose ratios are rough."""
    return Plan(
        folder, server, rounds=1, seconds=0.5, products=(1_000,), offers=200, clients=(8,),
        orders=200, lines=9_000, sellers=90, history=5_000, market=1_000, residents=100,
        posts=20_000, entries=20_000,
    )  # fmt: skip
