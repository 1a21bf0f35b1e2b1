"""The command line as an operator meets it: each test runs the installed `wizzle`."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path

import pytest

WIZZLE = Path(sys.executable).with_name("wizzle")


def wizzle(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: text for name, text in os.environ.items() if not name.startswith("WIZZLE_")}
    return subprocess.run(
        [WIZZLE, *arguments],
        cwd=home,
        env={**clean, **variables},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )


@pytest.fixture
def gangbuk(tmp_path: Path) -> Path:
    """The folder of an example node."""
    home = tmp_path / "gangbuk"
    home.mkdir()
    made = wizzle(home, "init", "--example", "gangbuk", "--yes")
    assert made.returncode == 0, made.stderr
    return home


def test_init_without_a_terminal_makes_a_node_and_the_first_steward(tmp_path):
    made = wizzle(
        tmp_path, "init", "--example", "wanju", "--yes", "--node-name", "고산위즐",
        "--steward-email", "bob@example.com", "--steward-password", "한여름밤의 감자밭에서",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert "고산위즐" in made.stdout
    assert "한여름밤의 감자밭에서" not in made.stdout
    with sqlite3.connect(tmp_path / "wizzle.db") as database:
        rows = database.execute(
            "SELECT email, role FROM core_person JOIN core_grant ON person_id = core_person.id"
        )
        assert rows.fetchall() == [("bob@example.com", "steward")]
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    assert (tmp_path / "wizzle.db").stat().st_mode & 0o007 == 0


def test_init_takes_every_key_of_the_settings(tmp_path):
    more = ("--set", "server.port", "8009", "--set", "server.development", "yes")
    assert wizzle(tmp_path, "init", "--example", "wanju", "--yes", *more).returncode == 0
    server = tomllib.loads((tmp_path / "node.toml").read_text(encoding="utf-8"))["server"]
    assert (server["port"], server["development"]) == (8009, True)
    other = tmp_path / "other"
    other.mkdir()
    wrong = wizzle(other, "init", "--example", "wanju", "--yes", "--set", "server.prot", "8009")
    assert wrong.returncode == 2
    assert "server.prot" in wrong.stderr
    assert not (other / "node.toml").exists()


@pytest.mark.parametrize(
    "wrong", [("--steward-email", "nonsense"), ("--steward-password", "1"), ()], ids=str
)
def test_init_writes_nothing_without_a_good_first_steward(tmp_path, wrong):
    answer = () if not wrong else ("--yes",)  # without it, it asks, and nobody answers
    made = wizzle(tmp_path, "init", "--example", "gwanak", *answer, *wrong)
    assert made.returncode != 0
    assert "Traceback" not in made.stderr
    assert not (tmp_path / "node.toml").exists()


@pytest.mark.parametrize("fed", ["", "\n" * 50, "고산위즐\n" + "\n" * 50, "1\n" * 500], ids=repr)
def test_init_stops_when_nobody_answers_as_it_asks(tmp_path, fed):
    made = subprocess.run(
        [WIZZLE, "init"], cwd=tmp_path, input=fed, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert made.returncode == 1
    assert "Nothing was made" in made.stderr
    assert "Traceback" not in made.stderr
    assert list(tmp_path.iterdir()) == []


def test_init_stops_when_only_empty_lines_come_for_ever(tmp_path):
    endless = subprocess.Popen(["yes", ""], stdout=subprocess.PIPE)
    made = subprocess.run(
        [WIZZLE, "init", "--example", "gwanak"], cwd=tmp_path, stdin=endless.stdout,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    endless.kill()
    endless.wait()
    assert made.returncode == 1
    assert "Nothing was made" in made.stderr
    assert list(tmp_path.iterdir()) == []


def test_init_never_overwrites_a_node(gangbuk):
    before = (gangbuk / "node.toml").read_bytes()
    again = wizzle(gangbuk, "init", "--example", "wanju", "--yes")
    assert again.returncode == 2
    assert (gangbuk / "node.toml").read_bytes() == before


def test_commands_outside_a_node_say_what_to_do(tmp_path):
    lost = wizzle(tmp_path, "plugins")
    assert lost.returncode == 2
    assert "wizzle init" in lost.stderr
    assert "Traceback" not in lost.stderr


def test_a_wrong_file_is_told_as_a_whole_plugins_included(gangbuk):
    file = gangbuk / "node.toml"
    text = file.read_text("utf-8").replace("Asia/Seoul", "Asia/Soul").replace('"fund"', '"funds"')
    file.write_text(text.replace('"KRW"', '"EUR"'), "utf-8")
    wrong = wizzle(gangbuk, "run")
    assert wrong.returncode == 2
    for key in ("node.time_zone", "node.currency", "plugins.enabled"):
        assert key in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_a_plugin_switched_off_and_on_keeps_its_data(gangbuk):
    assert wizzle(gangbuk, "examples").returncode == 0
    off = {"WIZZLE_PLUGINS__ENABLED": "market"}
    assert wizzle(gangbuk, "migrate", **off).returncode == 0
    listed = wizzle(gangbuk, "plugins", **off)
    assert "assembly" not in listed.stdout
    with sqlite3.connect(gangbuk / "wizzle.db") as database:
        before = database.execute("SELECT count(*) FROM assembly_settled_line").fetchone()
    assert wizzle(gangbuk, "migrate").returncode == 0
    with sqlite3.connect(gangbuk / "wizzle.db") as database:
        assert database.execute("SELECT count(*) FROM assembly_settled_line").fetchone() == before
    assert before[0] > 0


def test_examples_twice_are_examples_once(gangbuk):
    assert wizzle(gangbuk, "examples").returncode == 0
    counts = "SELECT (SELECT count(*) FROM market_order), (SELECT count(*) FROM market_product)"
    with sqlite3.connect(gangbuk / "wizzle.db") as database:
        first = database.execute(counts).fetchone()
    again = wizzle(gangbuk, "examples")
    assert again.returncode == 0
    assert "resident@gangbuk.example" in again.stdout
    with sqlite3.connect(gangbuk / "wizzle.db") as database:
        assert database.execute(counts).fetchone() == first
    assert first[1] >= 120


def test_ledger_verify_proves_or_says_where_it_breaks(gangbuk):
    wizzle(gangbuk, "examples")
    proved = wizzle(gangbuk, "ledger", "verify", "--json")
    assert proved.returncode == 0
    assert json.loads(proved.stdout)["ok"] is True
    with sqlite3.connect(gangbuk / "wizzle.db") as database:
        database.execute("DROP TRIGGER core_ledger_entry_no_update")
        database.execute("UPDATE core_ledger_entry SET amount = amount + 1000 WHERE id = 3")
    broken = wizzle(gangbuk, "ledger", "verify")
    assert broken.returncode == 1
    assert "entry 3 of posting" in broken.stdout


def test_tokens_are_listed_and_ended_by_who_runs_the_node(gangbuk):
    wizzle(gangbuk, "migrate")
    with sqlite3.connect(gangbuk / "wizzle.db") as database:
        database.execute(
            "INSERT INTO core_person (id, email, name, phone, password_hash, language, created_at)"
            " VALUES (77, 'frank@example.com', '프랑', '', '-', 'ko', '2026-11-23')"
        )
        database.execute(
            "INSERT INTO core_api_token (id, person_id, name, token_hash, scopes, created_at,"
            " expires_at) VALUES (5, 77, '가격표', 'secret-hash', '[\"goods:write\"]',"
            " '2026-11-23 00:00:00', '2099-01-01 00:00:00')"
        )
    listed = wizzle(gangbuk, "tokens", "list")
    assert listed.returncode == 0, listed.stderr
    assert "가격표 (goods:write)" in listed.stdout
    assert "secret-hash" not in listed.stdout
    assert wizzle(gangbuk, "tokens", "revoke", "5").returncode == 0
    assert json.loads(wizzle(gangbuk, "tokens", "list", "--json").stdout) == []


def test_run_serves_the_home_page_and_ends_when_told(gangbuk):
    process = subprocess.Popen(
        [WIZZLE, "run", "--port", "0"],
        cwd=gangbuk,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        address = next(word for word in process.stdout.readline().split() if "http://" in word)
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert answer.status == 200
            assert "강북" in answer.read().decode()
    finally:
        process.send_signal(signal.SIGTERM)
        started = time.monotonic()
        process.wait(timeout=30)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("development", ["false", "true"])
def test_run_warns_loudly_if_the_node_is_open_for_trying_out(gangbuk, development):
    process = subprocess.Popen(
        [WIZZLE, "run", "--port", "0"],
        cwd=gangbuk,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "WIZZLE_SERVER__DEVELOPMENT": development},
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    _, complained = process.communicate(timeout=30)
    assert ("WARNING: server.development is true" in complained) is (development == "true")


def test_a_node_open_for_trying_out_does_not_start_under_a_public_address(gangbuk):
    public = {"WIZZLE_NODE__ADDRESS": "https://quince.example"}
    told = wizzle(gangbuk, "run", WIZZLE_SERVER__DEVELOPMENT="true", **public)
    assert told.returncode == 2
    assert "WIZZLE_SERVER__DEVELOPMENT" in told.stderr


def test_variables_override_the_file_and_a_misspelt_one_is_told(gangbuk):
    told = wizzle(gangbuk, "plugins", WIZZLE_SERVER__PROT="9000")
    assert told.returncode == 2
    assert "WIZZLE_SERVER__PROT" in told.stderr


def test_hooks_lists_who_answers(gangbuk):
    lines = dict(
        line.split(maxsplit=1) for line in wizzle(gangbuk, "hooks").stdout.splitlines() if line
    )
    assert lines["shares_settled"] == "fund, trade, board"
    assert lines["sale_terms"] == "market, assembly"
