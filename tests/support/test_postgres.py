"""The tests' own PostgreSQL: databases that share nothing, and no process left behind."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text

from .postgres import Server, Unavailable, libpq, start_server

KILLED = """
import os, sys
sys.path.insert(0, sys.argv[1])
from support.postgres import start_server
print(start_server().cluster.folder, flush=True)
os.kill(os.getpid(), 9)
"""


def rows(url: str, statement: str) -> list[str]:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            answer = connection.execute(text(statement))
            return list(answer.scalars()) if answer.returns_rows else []
    finally:
        engine.dispose()


def test_a_copy_has_what_its_template_had_and_goes_its_own_way(
    postgres: Server, postgres_url: str
) -> None:
    rows(postgres_url, "CREATE TABLE goods AS VALUES ('무'), ('감자'), ('가지')")
    with postgres.database(template=postgres_url) as copy:
        rows(copy, "DELETE FROM goods WHERE column1 = '무'")
        assert rows(copy, "SELECT column1 FROM goods ORDER BY 1") == ["가지", "감자"]
    assert rows(postgres_url, "SELECT column1 FROM goods ORDER BY 1") == ["가지", "감자", "무"]


def test_a_database_goes_though_someone_is_still_connected(postgres: Server) -> None:
    url = postgres.new_database()
    with closing(psycopg.connect(libpq(make_url(url)))) as connection:
        connection.execute("SELECT 1")
        postgres.drop(url)
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            psycopg.connect(libpq(make_url(url)))


def test_a_server_that_does_not_answer_is_named_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WIZZLE_TEST_PG_URL", "postgresql://bob@127.0.0.1:9/wizzle")
    found = start_server()
    assert isinstance(found, Unavailable)
    assert "WIZZLE_TEST_PG_URL" in found.reason
    assert "refused" in found.reason


@pytest.mark.usefixtures("postgres")
def test_a_killed_run_leaves_no_server_and_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WIZZLE_TEST_PG_URL", raising=False)
    tests = str(Path(__file__).resolve().parents[1])
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, tests], stdout=subprocess.PIPE, text=True
    )
    assert killed.returncode == -9
    folder, until = Path(killed.stdout.strip()), time.monotonic() + 30
    assert folder.name.startswith("wizzle-pg-")
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not folder.exists()
