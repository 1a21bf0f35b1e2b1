"""The databases of a run: files for SQLite, a durable server of our own for PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from support.postgres import Server, Unavailable, start_server


@dataclass(frozen=True)
class Database:
    """A kind of database; ``pid`` is the process whose tree serves it, None if there is none.

    ``new`` makes an empty database, or a copy, and returns its URL; None is a file at home.
    """

    kind: str
    pid: int | None
    new: Callable[..., str | None]


@contextmanager
def opened(kind: str) -> Iterator[Database | str]:
    """Hand out a database, or the reason why there is none."""
    if kind == "sqlite":
        yield Database("SQLite", None, lambda **_: None)
        return
    server = start_server(durable=True)
    if isinstance(server, Unavailable):
        yield server.reason
        return
    try:
        yield _on(server)
    finally:
        server.stop()


def _on(server: Server) -> Database:
    pid = server.cluster.keeper.pid if server.cluster else None
    return Database("PostgreSQL", pid, server.new_database)
