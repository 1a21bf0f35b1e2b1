"""Statements of hot paths: made once, compiled once, and given straight to the driver.

SQLAlchemy prepares each execution anew, which for a short statement costs several times what the
database does. Here the text, the order of the values and the conversions of types are kept. What
cannot be kept, lists of a varying length, is refused.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import BindParameter, Connection, Dialect, Executable, Integer, bindparam
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

Values = Mapping[str, Any]
Convert = Callable[[Any], Any]
Made = Callable[[Any], Executable]
Row = Any
"""A named tuple: values by the names of the columns, and in their order."""
_Way = tuple[Connection, tuple[Callable[..., Any], ...]]
"""The connection to the database, and who is told before each statement."""

_NONE: Values = MappingProxyType({})


class Statement:
    """One statement, executed with different values.

    >>> _NAME = Statement(select(person.c.name).where(person.c.id == bindparam("id")))
    >>> _NAME.one_or_none(session, {"id": 12})

    ``sql`` may be a function that is given ``insert`` of the database in use (``insert_of``).
    An insert is given every column that has no default.
    """

    def __init__(self, sql: Executable | Made) -> None:
        self._sql = sql
        self._forms: dict[tuple[str, ...], _Form] = {}

    def all(self, session: Session | Connection, values: Values = _NONE) -> list[Row]:
        """Return the rows."""
        way = _way(session)
        form = self._form(way[0], values)
        cursor = _run(way, form.text, form.bound(values))
        return form.rows(cursor.fetchall())

    def one_or_none(self, session: Session | Connection, values: Values = _NONE) -> Row | None:
        """Return the first row, None if there is none."""
        found = self.all(session, values)
        return found[0] if found else None

    def write(self, session: Session, *values: Values) -> Written:
        """Write with each of these values; what is written says how many rows that met."""
        way = _way(session)
        form = self._form(way[0], values[0])
        given = [form.bound(each) for each in values]
        if len(given) == 1:
            return Written(_run(way, form.text, given[0]))
        return Written(_run(way, form.text, given, many=True))

    def _form(self, connection: Connection, values: Values) -> _Form:
        dialect = connection.dialect
        key = (dialect.name, *values)
        form = self._forms.get(key)
        if form is None:
            sql = self._sql(insert_of(dialect.name)) if callable(self._sql) else self._sql
            form = self._forms[key] = _Form(sql, dialect, list(values))
        # Also what returns rows of what it writes, and so is not given to `write`.
        if form.writes and connection.get_execution_options().get("reads"):
            raise RuntimeError("what is written in a session that only reads would not be undone")
        return form


class Listed:
    """A statement about a list of numbers: ``make`` is given the places of their values.

    Of texts with ``type_=String``.

    One is made for each power of two, and the last number fills what is left over.

    >>> _NAMES = Listed(lambda ids: select(person.c.name).where(person.c.id.in_(ids)))
    >>> _NAMES.all(session, [3, 12, 19])
    """

    def __init__(
        self,
        make: Callable[[list[BindParameter[Any]]], Executable],
        type_: type[TypeEngine[Any]] = Integer,
    ) -> None:
        self._make, self._type = make, type_
        self._made: dict[int, Statement] = {}

    def all(self, session: Session, numbers: Collection[Any], values: Values = _NONE) -> list[Row]:
        """Return the rows; none for an empty list."""
        if not numbers:
            return []
        size = 1 << (len(numbers) - 1).bit_length()
        given = dict(values)
        number: Any = None
        for place, number in enumerate(numbers):
            given[f"listed_{place}"] = number
        for place in range(len(numbers), size):
            given[f"listed_{place}"] = number
        return self._of(size).all(session, given)

    def _of(self, size: int) -> Statement:
        made = self._made.get(size)
        if made is None:
            places = [bindparam(f"listed_{place}", type_=self._type) for place in range(size)]
            made = self._made[size] = Statement(self._make(places))
        return made


def insert_of(dialect: str) -> Any:
    """Return the ``insert`` of "sqlite" or "postgresql", which can say what a conflict leads to."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert


class Written:
    """What a statement has written."""

    __slots__ = ("_cursor",)

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    @property
    def count(self) -> int:
        """How many rows it met; known inside ``together`` only after its end."""
        return int(self._cursor.rowcount)


@contextmanager
def together(session: Session) -> Iterator[None]:
    """Send what is written meanwhile without waiting for each answer; an error comes at the end.

    PostgreSQL's pipeline; on SQLite there is no way to go. What is read inside waits as ever.
    """
    connection, _ = _way(session)
    if connection.dialect.name == "sqlite":
        yield
        return
    try:
        with cast(Any, connection.connection.dbapi_connection).pipeline():
            yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise _told(connection, "", error) from error


class _Form:
    """A statement as one kind of database takes it from its driver."""

    def __init__(self, sql: Executable, dialect: Dialect, names: list[str]) -> None:
        # As for many rows: else SQLAlchemy asks an insert for the key of its row, for itself.
        made: Any = cast(Any, sql).compile(dialect=dialect, column_keys=names, for_executemany=True)
        if made.post_compile_params or made.literal_execute_params:
            raise ValueError(f"values of a varying number: {made.string}")
        self.text: str = made.string
        self.writes = bool(getattr(sql, "is_dml", False))
        self._order: Sequence[str] | None = made.positiontup
        self._defaults = {
            name: bind.effective_value
            for bind, name in made.bind_names.items()
            if not bind.required
        }
        columns_own = _defaults_of(made)
        self._defaults |= {key: each.arg for key, each in columns_own if not each.is_callable}
        self._fresh = [(key, each.arg) for key, each in columns_own if each.is_callable]
        self._writing: list[tuple[str, Convert]] = list(made._bind_processors.items())
        columns = made._result_columns
        kind: Any = cast(Any, namedtuple)("Found", [each.keyname for each in columns], rename=True)
        self._make = kind._make
        self._reading = [
            (place, convert)
            for place, each in enumerate(columns)
            if (convert := each.type._cached_result_processor(dialect, None)) is not None
        ]

    def bound(self, values: Values) -> Any:
        """Return the values as the driver wants them."""
        given = {**self._defaults, **values}
        for name, make in self._fresh:
            given[name] = make(None)
        for name, convert in self._writing:
            given[name] = convert(given[name])
        return given if self._order is None else [given[name] for name in self._order]

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Row]:
        """Return what the driver found as rows."""
        make, reading = self._make, self._reading
        if not reading:
            return [make(each) for each in found]
        rows = []
        for each in found:
            row = list(each)
            for place, convert in reading:
                row[place] = convert(row[place])
            rows.append(make(row))
        return rows


def _defaults_of(made: Any) -> list[tuple[str, Any]]:
    """Return what the columns themselves say of values that are not given."""
    inserted = [(column.key, column.default) for column in made.insert_prefetch]
    return inserted + [(column.key, column.onupdate) for column in made.update_prefetch]


def _way(session: Session | Connection) -> _Way:
    """Return the way of a session; asked for once a transaction, since it is long to find.

    Within a savepoint the session must be asked: it may not have made it yet.
    """
    if isinstance(session, Connection):
        return _way_by(session)
    known: _Way | None = session.info.get("way")
    if known is None or known[0].closed or session.in_nested_transaction():
        known = session.info["way"] = _way_by(session.connection())
    return known


def _way_by(connection: Connection) -> _Way:
    return connection, tuple(connection.dispatch.before_cursor_execute)


def _run(way: _Way, text: str, given: Any, *, many: bool = False) -> Any:
    connection, notes = way
    driver = cast(Any, connection.connection.dbapi_connection)
    cursor = driver.cursor()
    for note in notes:
        text, given = note(connection, cursor, text, given, None, many)
    try:
        if many:
            cursor.executemany(text, given)
        else:
            cursor.execute(text, given)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _told(connection, text, error) from error
    return cursor


def _told(connection: Connection, text: str, error: Any) -> Any:
    """Return the driver's error as SQLAlchemy's, as everybody expects; what was written stays out
    of it, since it may be a letter with a one-time link."""
    dialect = connection.dialect
    gone = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if gone:
        connection.invalidate(error)
    return DBAPIError.instance(
        text, None, error, dialect.loaded_dbapi.Error,
        hide_parameters=True, connection_invalidated=gone, dialect=dialect,
    )  # fmt: skip
