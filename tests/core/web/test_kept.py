"""What is kept of answers: few, not too large, for a moment, and under one mark."""

from __future__ import annotations

import threading
import time
from contextlib import nullcontext
from datetime import timedelta

import pytest
from sqlalchemy import text

from wizzle.core.db import Database
from wizzle.core.testing import MONDAY
from wizzle.core.web import kept
from wizzle.core.web.kept import KeptAnswers, Moment, answer_of
from wizzle.core.web.marks import EVERY, Mark, ServerMarks, marks_of

NOW = Moment(0.0, MONDAY)


ONE, OTHER = Mark(1, 0), Mark(2, 0)


def answer(size=10):
    return answer_of([("ETag", '"seal"'), ("Date", "now")], b"x" * size)


@pytest.fixture
def answers():
    found = KeptAnswers()
    found.find("anything", ONE, NOW)  # the mark is this one from here on
    return found


def test_the_date_is_left_to_the_server():
    assert answer().headers == [("ETag", '"seal"')]


def test_the_answers_asked_for_longest_ago_go_first(answers):
    for number in range(kept.MOST):
        answers.keep(number, ONE, NOW, answer())
    assert answers.find(0, ONE, NOW)
    answers.keep("one more", ONE, NOW, answer())
    assert answers.find(0, ONE, NOW)
    assert answers.find(1, ONE, NOW) is None
    assert answers.find("one more", ONE, NOW)


def test_no_more_bytes_are_kept_than_agreed(answers):
    many = 2 * kept.MOST_BYTES // kept.LARGEST
    for number in range(many):
        answers.keep(number, ONE, NOW, answer(kept.LARGEST))
        answers.keep(number, ONE, NOW, answer(kept.LARGEST))  # again, which must not count twice
    standing = [number for number in range(many) if answers.find(number, ONE, NOW)]
    assert standing == list(range(many // 2, many))
    answers.keep("huge", ONE, NOW, answer(kept.LARGEST + 1))
    assert answers.find("huge", ONE, NOW) is None


def test_another_mark_drops_all_and_one_gone_by_keeps_nothing(answers):
    answers.keep("page", ONE, NOW, answer())
    assert answers.find("page", ONE, NOW)
    assert answers.find("page", OTHER, NOW) is None
    answers.keep("page", ONE, NOW, answer())  # drawn before, done after the change
    assert answers.find("page", OTHER, NOW) is None
    assert answers.find("page", ONE, NOW) is None


@pytest.mark.parametrize(("here", "told"), [(1.0, 0), (0.5, 1), (0.5, -1), (0, 3600)])
def test_it_is_over_when_either_clock_says_so(answers, here, told):
    answers.keep("page", ONE, NOW, answer())
    assert answers.find("page", ONE, Moment(0.9, MONDAY + timedelta(seconds=0.9)))
    assert answers.find("page", ONE, Moment(here, MONDAY + timedelta(seconds=told))) is None


def write(database, number):
    with database.write() as session:
        session.connection().exec_driver_sql(f"INSERT INTO kept VALUES ({number})")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request, tmp_path):
    on_postgres = request.param == "postgres"
    url = request.getfixturevalue("postgres_url") if on_postgres else f"sqlite:///{tmp_path}/a.db"
    database = Database(url)
    with database.write() as session:
        session.connection().exec_driver_sql("CREATE TABLE kept (number INTEGER)")
    yield database
    database.close()


def test_each_commit_leads_to_another_mark_also_from_another_process(database):
    marks, other = marks_of(database), Database(database.url)
    seen = set()
    for number in range(6):
        time.sleep(EVERY)
        mark = marks.mark()
        assert mark.is_firm
        assert mark not in seen
        seen.add(mark)
        write(other if number % 2 else database, number)
    other.close()
    time.sleep(EVERY)
    assert marks.mark() not in seen


def test_to_read_leads_to_no_other_mark(database):
    marks = marks_of(database)
    time.sleep(EVERY)
    before = marks.mark()
    with database.read() as session:
        connection = session.connection()
        connection.exec_driver_sql("SELECT count(*) FROM kept")
        if not database.is_sqlite:
            # A server's mark counts the transactions that were given a number, those of the other
            # databases beside this one too: what is shown here is that a reader is given none.
            assert connection.scalar(text("SELECT pg_current_xact_id_if_assigned()")) is None
            return
    time.sleep(EVERY)
    assert marks.mark() == before


def test_a_checkpoint_may_not_bring_a_mark_back(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/a.db")
    with database.write() as session:
        session.connection().exec_driver_sql("CREATE TABLE kept (number INTEGER)")
    marks, seen = marks_of(database), set()
    for number in range(5):
        write(database, number)
        with database.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            raw.rollback()
            raw.execute("PRAGMA wal_checkpoint(RESTART)")
        time.sleep(0.06)
        assert marks.mark().is_firm
        assert marks.mark() not in seen
        seen.add(marks.mark())
    database.close()


def test_an_unreachable_server_has_no_mark():
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    assert marks_of(database).mark() is None
    database.close()


class Slow:
    """A server that gives numbers as its snapshots, each only when it is told to."""

    def __init__(self):
        self.told, self.given = threading.Semaphore(1), 0

    def connect(self):
        self.told.acquire()
        self.given += 1
        return nullcontext(self)

    def scalar(self, _statement):
        return self.given


def test_while_a_server_is_slow_nobody_waits_and_no_old_mark_is_used_for_long():
    server = Slow()
    marks = ServerMarks(server)
    first = marks.mark()
    time.sleep(EVERY)
    asking = threading.Thread(target=marks.mark)
    asking.start()
    time.sleep(0.05)
    assert marks.mark() == first
    time.sleep(EVERY)
    assert marks.mark() is None
    server.told.release(2)
    asking.join()
    assert marks.mark() not in (first, None)


def test_only_what_has_a_file_or_a_server_has_marks():
    assert marks_of(Database("sqlite://")) is None
    assert marks_of(Database("sqlite:///:memory:")) is None
