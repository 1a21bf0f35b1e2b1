"""One database: its engine, its sessions, and the base of all tables."""

from __future__ import annotations

import json
import math
import os
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from .turns import Turns

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


REST = 5.0
"""Seconds after which an idle connection to a server is asked whether it still stands."""


class Instant(TypeDecorator[datetime]):
    """A point in time, aware and in UTC on both sides; SQLite keeps it without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is UTC:
            return value
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table of the core and of the plugins."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar = {datetime: Instant}


class Database:
    """The engine of one node and the two kinds of session that stand on it.

    Several of them live side by side in one process, one per node. ``written`` is set whenever
    something was committed, so that a worker in the same process need not wait for its next look.
    """

    def __init__(self, url: str | URL, **engine_options: Any) -> None:
        self.url = make_url(url)
        self.engine = _engine(self.url, engine_options)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        # SQLite must take its write lock at the start: a reader that turns writer fails at once
        # instead of waiting for the other writer (SQLITE_BUSY on lock upgrade).
        self._writer = self.engine.execution_options(begin="IMMEDIATE")
        self._reader = self.engine.execution_options(
            reads=True, **({} if self.is_sqlite else _EACH_BY_ITSELF)
        )
        event.listen(self._reader, "before_execute", _refuse_to_write)
        self._turns = Turns(_beside(self.url))
        if self.is_sqlite:
            _take_turns(self.engine, self._turns)
        self.written = threading.Event()
        _open.add(self)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Hand out a session whose changes are thrown away."""
        with Session(self.engine, autoflush=False) as session:
            yield session  # closing it undoes what it did

    @contextmanager
    def look(self) -> Iterator[Session]:
        """Hand out a session of a hot page, that only reads and holds no lock.

        PostgreSQL shows each statement what holds at that moment, with a transaction around them
        or without; to begin and to end one costs two ways to the server and back.
        """
        with Session(self._reader, autoflush=False) as session:
            yield session

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        """Hand out a connection for one ``Statement`` that only reads: nothing is begun or ended.

        What every request asks is to cost no more than its own query.
        """
        with self._reader.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Hand out a session that commits at the end, or undoes all if anything raises."""
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session
        self.written.set()

    def close(self) -> None:
        self.engine.dispose()
        self._turns.close()


_open: weakref.WeakSet[Database] = weakref.WeakSet()


def _leave_to_parent() -> None:
    """Take connections of its own in a process that was forked: two must never share one."""
    for database in _open:
        database.engine.dispose(close=False)
        database._turns.begin_anew()


if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(after_in_child=_leave_to_parent)


def _beside(url: URL) -> Path | None:
    """Return the file at which the writers of an SQLite file wait, None if it is in memory."""
    name = url.database
    return Path(f"{name}-turn") if name and name != ":memory:" and "?" not in name else None


_EACH_BY_ITSELF = {"isolation_level": "AUTOCOMMIT"}


def _refuse_to_write(_connection: Any, statement: Any, *_: Any) -> None:
    if getattr(statement, "is_dml", False):
        raise RuntimeError("what is written in a session that only reads would not be undone")


def _engine(url: URL, options: dict[str, Any]) -> Engine:
    ours: dict[str, Any] = {
        "json_serializer": json.JSONEncoder(ensure_ascii=False).encode,
        # Errors are logged, and what was to be written may be a letter with a one-time link.
        "hide_parameters": True,
    }
    if url.get_backend_name() != "sqlite":
        engine = create_engine(url, **{**ours, **options})
        _ask_after_rest(engine)
        return engine
    engine = create_engine(url, **{**ours, **options})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _ask_after_rest(engine: Engine) -> None:
    """Ask a connection whether it still stands before it is used, if it has lain idle for a while.

    To ask each time, as the pool's own option does, costs every request a way to the server and
    back, twice for people who are logged in.
    """

    def rested(_connection: Any, record: Any) -> None:
        record.info["rested"] = time.monotonic()

    def used(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("rested", math.inf) < REST:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as gone:
            raise DisconnectionError from gone

    event.listen(engine, "checkin", rested)
    event.listen(engine, "checkout", used)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late for DDL and locks
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an order that was confirmed must survive a power cut
        "foreign_keys=ON",
        "busy_timeout=20000",
        "cache_size=-16000",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _take_turns(engine: Engine, turns: Turns) -> None:
    """Let each writer wait for its turn before it begins, and give it up when it has ended."""

    def take(connection: Any) -> None:
        if _kind_of(connection) == "IMMEDIATE":
            connection.info["turn"] = turns.take()

    def give(_connection: Any, record: Any) -> None:
        if record.info.pop("turn", False):
            turns.give()

    event.listen(engine, "begin", take, insert=True)
    event.listen(engine, "checkin", give)


def _kind_of(connection: Any) -> str:
    return str(connection.get_execution_options().get("begin", "DEFERRED"))


def _begin_sqlite(connection: Any) -> None:
    # Straight to the driver: it stands at the head of every transaction and cannot differ.
    connection.connection.dbapi_connection.execute(f"BEGIN {_kind_of(connection)}")
