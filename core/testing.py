"""Nodes for tests and simulations: made in a moment, on any database, with a clock one can set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ..node_config import (
    DatabaseSettings,
    Look,
    MailSettings,
    NodeIdentity,
    Operator,
    PluginChoice,
    Rates,
    ServerSettings,
    Settings,
)
from .node import Node
from .opening import open_node
from .passwords import Passwords
from .ports import Http, Ports, SeededRandomness
from .revisions import histories

MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
"""Nine in the morning in Seoul."""


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now

    def advance(self, **duration: float) -> datetime:
        self._now += timedelta(**duration)
        return self._now


class NoNetwork:
    """Outgoing HTTP and name resolution that refuse: a test that needs them hands in its own."""

    def fetch(self, method: str, url: str, **_options: Any) -> Any:
        raise AssertionError(f"a test must not reach out: {method} {url}")

    def addresses(self, host: str) -> list[str]:
        raise AssertionError(f"a test must not look names up: {host}")


def example_settings(
    home: Path,
    *,
    url: str | None = None,
    plugins: Sequence[str] = ("market", "assembly", "fund"),
    plugin_settings: Mapping[str, Mapping[str, Any]] | None = None,
    rates: Rates | None = None,
    address: str = "http://127.0.0.1:8000",
    development: bool = False,
    languages: Sequence[str] = ("ko", "en"),
    look: Look | None = None,
) -> Settings:
    """Return the settings of a node in Gangbuk that sends its mail into files."""
    return Settings(
        home=home,
        node=NodeIdentity(
            name="강북위즐",
            province="서울특별시",
            county="강북구",
            town="수유동",
            address=address,
            languages=tuple(languages),
        ),
        operator=Operator(
            trade_name="강북 운영센터",
            representative="김수유",
            address="서울특별시 강북구 수유동",
            phone="02-000-0000",
            email="hello@gangbuk.example",
            business_number="000-00-00000",
        ),
        database=DatabaseSettings(url=url or f"sqlite:///{home}/wizzle.db"),
        mail=MailSettings(kind="file", sender="강북위즐 <hello@gangbuk.example>"),
        rates=rates or Rates(activist_bp=700, centre_bp=800),
        secret="for tests only, never for a node that serves people",  # noqa: S106
        look=look or Look(),
        server=ServerSettings(development=development),
        plugins=PluginChoice(enabled=tuple(plugins), settings=plugin_settings or {}),
    )


def make_node(
    home: Path,
    *,
    clock: FixedClock | None = None,
    seed: int = 1,
    migrated: bool = False,
    http: Http | None = None,
    **settings: Any,
) -> Node:
    """Make a node in the folder ``home`` and migrate its database unless that was done already.

    It reaches out by ``http`` only. The other names are those of ``example_settings``.
    """
    ports = Ports(
        clock=clock or FixedClock(),
        random=SeededRandomness(seed),
        http=http or NoNetwork(),
        resolver=NoNetwork(),
        passwords=Passwords(memory_kib=8, rounds=1, lanes=1),
    )
    node = open_node(example_settings(home, **settings), ports)
    if not migrated:
        _migrate(node)
    return node


def _migrate(node: Node) -> None:
    """Migrate the node's database; a new file is a copy of the first of its kind."""
    from .migration import migrate  # large, and simulations stand in the way of every start

    file = Path(node.db.url.database or "") if node.db.is_sqlite else None
    if file is None or file.name in ("", ":memory:") or file.exists():
        migrate(node.db, node.host)
        return
    kind = tuple(histories(node.host).items())
    if kind not in _migrated:
        migrate(node.db, node.host)
        with node.db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        _migrated[kind] = file.read_bytes()
    else:
        file.write_bytes(_migrated[kind])


_migrated: dict[tuple[tuple[str, Path], ...], bytes] = {}
"""New databases, as files, by the histories that made them: to migrate takes a second."""
