"""Statements that are made once say the same as SQLAlchemy would, and fail as it would."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    bindparam,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from wizzle.core.models import Job, Space
from wizzle.core.statements import Listed, Statement, together

_JOBS = Job.__table__
_INSERT = Statement(insert(_JOBS))
_BY_KEY = Statement(select(Job.key, Job.payload, Job.due_at, Job.tries).where(
    Job.key == bindparam("wanted")))  # fmt: skip
_TRIED = Statement(
    update(_JOBS).where(_JOBS.c.tries == bindparam("was")).values(tries=_JOBS.c.tries + 1)
)
_AFTER = Statement(select(Job.key).where(Job.due_at > bindparam("now")).order_by(Job.id))
_NAMED = Listed(lambda keys: select(Job.id).where(Job.key.in_(keys)).order_by(Job.id), String)
_NUMBERED = Listed(lambda ids: select(Job.key).where(Job.id.in_(ids)).order_by(Job.id))


def job(bare_node, key, **changes):
    now = bare_node.clock.now()
    row = {"kind": "mail", "key": key, "payload": {"to": "하늘"}, "due_at": now, "created_at": now}
    return row | changes


def written(bare_node, *keys):
    with bare_node.db.write() as session:
        return _INSERT.write(session, *(job(bare_node, key) for key in keys)).count


def write_together(bare_node, *rows):
    with bare_node.db.write() as session, together(session):
        for row in rows:
            _INSERT.write(session, row)


def test_values_come_back_as_they_went_in_with_the_columns_defaults(bare_node):
    assert written(bare_node, "a") == 1
    with bare_node.db.read() as session:
        found = _BY_KEY.one_or_none(session, {"wanted": "a"})
        assert found == ("a", {"to": "하늘"}, bare_node.clock.now(), 0)
        assert (found.key, found.payload) == ("a", {"to": "하늘"})
        assert _BY_KEY.one_or_none(session, {"wanted": "b"}) is None
        assert session.get_one(Job, 1).state == "waiting"


def test_an_instant_is_compared_as_one(bare_node):
    written(bare_node, "a")
    with bare_node.db.look() as session:
        now = bare_node.clock.now()
        assert _AFTER.all(session, {"now": now}) == []
        assert _AFTER.all(session, {"now": now - timedelta(seconds=1)}) == [("a",)]


@pytest.mark.parametrize("size", [0, 1, 2, 3, 5, 8])
def test_a_list_of_any_length_finds_each_once(bare_node, size):
    written(bare_node, *"abcdefghi")
    with bare_node.db.look() as session:
        found = _NUMBERED.all(session, range(2, 2 + size))
    assert [row.key for row in found] == list("bcdefghi"[:size])


@pytest.mark.parametrize("keys", ["", "a", "ac", "acd", "abcdx"])
def test_a_list_may_be_one_of_texts(bare_node, keys):
    written(bare_node, *"abcd")
    with bare_node.db.look() as session:
        assert len(_NAMED.all(session, list(keys))) == len(keys.replace("x", ""))


def test_who_listens_hears_of_each_statement(bare_node):
    heard = []

    def hear(_connection, _cursor, text, given, *_):
        heard.append(text.split()[0])
        return text, given

    event.listen(bare_node.db.engine, "before_cursor_execute", hear, retval=True)
    written(bare_node, "a")
    with bare_node.db.look() as session:
        _BY_KEY.all(session, {"wanted": "a"})
    with bare_node.db.glance() as connection:
        _BY_KEY.all(connection, {"wanted": "a"})
    event.remove(bare_node.db.engine, "before_cursor_execute", hear)
    assert heard == ["INSERT", "SELECT", "SELECT"]


def test_what_is_written_says_how_many_rows_it_met(bare_node):
    written(bare_node, "a", "b")
    with bare_node.db.write() as session:
        with together(session):
            met, missed = _TRIED.write(session, {"was": 0}), _TRIED.write(session, {"was": 7})
        assert (met.count, missed.count) == (2, 0)


def test_one_wrong_row_undoes_all_and_shows_nothing_of_what_was_written(bare_node):
    written(bare_node, "a")
    with pytest.raises(IntegrityError) as caught:
        write_together(bare_node, job(bare_node, "b"), job(bare_node, "a", payload={"x": "secret"}))
    assert "secret" not in str(caught.value)
    with bare_node.db.read() as session:
        assert session.scalars(select(Job.key)).all() == ["a"]


def test_a_savepoint_undoes_what_a_statement_wrote_in_it(bare_node):
    with bare_node.db.write() as session:
        _INSERT.write(session, job(bare_node, "a"))
        savepoint = session.begin_nested()
        _INSERT.write(session, job(bare_node, "b"))
        savepoint.rollback()
        _INSERT.write(session, job(bare_node, "c"))
    with bare_node.db.read() as session:
        assert session.scalars(select(Job.key).order_by(Job.id)).all() == ["a", "c"]


def test_a_session_for_looking_writes_nothing(bare_node):
    with bare_node.db.look() as session:
        with pytest.raises(RuntimeError):
            _INSERT.write(session, job(bare_node, "a"))
        with pytest.raises(RuntimeError):
            session.execute(delete(Job))
        with pytest.raises(RuntimeError):
            session.connection().execute(insert(_JOBS), job(bare_node, "a"))


def test_a_list_of_a_varying_length_is_refused_at_its_first_use(bare_node):
    wrong = Statement(select(Space.id).where(Space.kind.in_(["hub", "shop"])))
    with bare_node.db.read() as session, pytest.raises(ValueError, match="varying"):
        wrong.all(session)


def test_a_glance_begins_nothing(bare_node):
    written(bare_node, "a")
    with bare_node.db.glance() as connection:
        assert _BY_KEY.one_or_none(connection, {"wanted": "a"}).key == "a"
        assert not connection.in_transaction()


_NUMBERS = count(1)
_TABLE = Table(
    "core_tried", MetaData(), Column("id", Integer, primary_key=True), Column("name", String(10)),
    Column("token", Integer, default=lambda: next(_NUMBERS)),
    Column("seen", Integer, default=0, onupdate=7),
)  # fmt: skip
_ADD = Statement(insert(_TABLE))


@pytest.fixture
def table(bare_node):
    _TABLE.metadata.create_all(bare_node.db.engine)
    with bare_node.db.write() as session:
        _ADD.write(session, {"id": 1, "name": "a"}, {"id": 2, "name": "b"})
    yield
    _TABLE.metadata.drop_all(bare_node.db.engine)


def columns(bare_node, *wanted):
    with bare_node.db.read() as session:
        return [tuple(row) for row in session.execute(select(*wanted).order_by(_TABLE.c.id))]


def test_a_default_that_is_made_is_made_for_each_row(bare_node, table):
    (first,), (second,) = columns(bare_node, _TABLE.c.token)
    assert first != second


def test_what_a_column_becomes_by_itself_at_a_change_it_becomes(bare_node, table):
    rename = Statement(update(_TABLE).where(_TABLE.c.id == bindparam("n")).values(name="z"))
    with bare_node.db.write() as session:
        rename.write(session, {"n": 1})
    assert columns(bare_node, _TABLE.c.name, _TABLE.c.seen) == [("z", 7), ("b", 0)]


def test_nothing_is_a_value_too(bare_node, table):
    empty = Statement(update(_TABLE).where(_TABLE.c.id == bindparam("n")).values(name=None))
    with bare_node.db.write() as session:
        assert empty.write(session, {"n": 1}).count == 1
    assert columns(bare_node, _TABLE.c.name) == [(None,), ("b",)]


@pytest.mark.parametrize("kind", ["look", "glance"])
def test_what_tells_what_it_wrote_is_refused_to_a_reader_as_well(bare_node, table, kind):
    forget = Statement(delete(_TABLE).returning(_TABLE.c.id))
    with getattr(bare_node.db, kind)() as reader, pytest.raises(RuntimeError):
        forget.all(reader)
    assert len(columns(bare_node, _TABLE.c.id)) == 2


def test_many_rows_written_together_are_counted(bare_node, table):
    rename = Statement(update(_TABLE).where(_TABLE.c.id > bindparam("n")).values(name="z"))
    with bare_node.db.write() as session:
        with together(session):
            many = rename.write(session, {"n": 1}, {"n": 0}, {"n": 9})
        assert many.count == rename.write(session, {"n": 1}, {"n": 0}, {"n": 9}).count == 3
