"""The writers of one SQLite file go one after the other, in this process and between two."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import text

from wizzle.core import turns
from wizzle.core.db import Database

_HOLD = """
import sys, time
from pathlib import Path
from wizzle.core.turns import Turns
Turns(Path(sys.argv[1])).take()
print("taken", flush=True)
time.sleep(60)
"""


@pytest.fixture
def database(tmp_path):
    made = Database(f"sqlite:///{tmp_path}/one.db")
    with made.write() as session:
        session.execute(text("CREATE TABLE number (n INTEGER)"))
        session.execute(text("INSERT INTO number VALUES (0)"))
    yield made
    made.close()


def raise_number(database):
    with database.write() as session:
        session.execute(text("UPDATE number SET n = n + 1"))


def number(database):
    with database.read() as session:
        return session.execute(text("SELECT n FROM number")).scalar_one()


def test_many_writers_lose_nothing(database):
    threads = [
        threading.Thread(target=lambda: [raise_number(database) for _ in range(20)])
        for _ in range(8)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert number(database) == 160


def test_a_turn_is_given_back_by_who_failed(database):
    with pytest.raises(ZeroDivisionError), database.write() as session:
        _ = (session.execute(text("UPDATE number SET n = 7")), 1 // 0)
    raise_number(database)
    assert number(database) == 1


def test_a_writer_who_has_not_begun_keeps_nobody_waiting(database):
    with database.write():
        raise_number(database)
    assert number(database) == 1


def test_one_waits_for_another_process_and_goes_on_when_it_ends(database, tmp_path):
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path / "one.db-turn")], stdout=subprocess.PIPE
    )
    try:
        other.stdout.readline()
        waiting = threading.Thread(target=raise_number, args=(database,))
        waiting.start()
        time.sleep(0.2)
        assert number(database) == 0
    finally:
        other.kill()
        other.communicate()
    waiting.join(timeout=10)
    assert number(database) == 1


def test_without_a_turn_in_time_the_database_has_the_last_word(database, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    database._turns.take()
    raise_number(database)
    database._turns.give()
    assert number(database) == 1


def test_a_process_that_is_stuck_in_its_turn_does_not_stop_the_others(
    database, tmp_path, monkeypatch
):
    monkeypatch.setattr(turns, "PATIENCE", 0.2)
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path / "one.db-turn")], stdout=subprocess.PIPE
    )
    try:
        other.stdout.readline()
        raise_number(database)
    finally:
        other.kill()
        other.communicate()
    assert number(database) == 1


def test_a_folder_that_cannot_be_written_to_has_no_line(tmp_path):
    line = turns.Turns(tmp_path / "nowhere" / "one.db-turn")
    assert line.take()
    line.give()
    assert line.take()


_FORK = """
import os, sys, time
from pathlib import Path
from wizzle.core.db import Database
database = Database("sqlite:///" + sys.argv[1])
database._turns.take()
if os.fork() == 0:
    os.close(1)
    time.sleep(5)
    os._exit(0)
print("taken", flush=True)
time.sleep(60)
"""


def test_a_turn_ends_with_its_process_though_a_child_of_it_lives_on(tmp_path):
    parent = subprocess.Popen(
        [sys.executable, "-c", _FORK, str(tmp_path / "one.db")], stdout=subprocess.PIPE
    )
    parent.stdout.readline()
    time.sleep(0.2)
    parent.kill()
    parent.communicate()
    begun = time.monotonic()
    assert turns.Turns(tmp_path / "one.db-turn").take()
    assert time.monotonic() - begun < 3


def test_a_connection_that_broke_within_a_turn_gives_it_back(database, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.5)
    with pytest.raises(ZeroDivisionError), database.write() as session:
        _ = (session.connection().invalidate(), 1 // 0)
    assert not database._turns._here.locked()
    raise_number(database)
    assert number(database) == 1
