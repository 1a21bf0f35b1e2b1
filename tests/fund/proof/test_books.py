"""The fund's books in a file: they hold, and whatever is changed in them is seen without us."""

from __future__ import annotations

import importlib.util
import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

import wizzle
from wizzle.core import ledger
from wizzle.core.cli import main
from wizzle.plugins.fund.proof.rules import changed, check

SCRIPT = Path(wizzle.__file__).parent / "docs" / "verify_fund_books.py"


@pytest.fixture(scope="session")
def script():
    spec = importlib.util.spec_from_file_location("verify_fund_books", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def books(node, client, tmp_path):
    """Post something into and beside the fund, and return a way to take the file along."""
    drafts = [
        ledger.Draft("sale:1", "cycle:1", "회차", (("cash:1", 5_000), ("centre", -5_000))),
        ledger.Draft("fund:1", "cycle:1", "회차 · 농부", (("centre", 5_000), ("fund", -5_000))),
        ledger.Draft("gift:1", "gift:1", "앨리스의 기부", (("resident:7", 900), ("fund", -900))),
        ledger.Draft("buy:1", "claim:1", "의자", (("fund", 1_200), ("bank", -1_200))),
    ]
    with node.db.write() as session:
        ledger.post(session, drafts, node.clock.now())

    def take(name: str = "books.jsonl") -> Path:
        answer = client.get("/fund/books.jsonl")
        assert answer.status_code == 200
        file = tmp_path / name
        file.write_bytes(answer.data)
        return file

    return take


def lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines(keepends=True)


def test_the_file_holds_for_the_command_and_for_the_script(books, script):
    file = books()
    done = CliRunner().invoke(main, ["fund", "verify", str(file)])
    assert (done.exit_code, done.output.splitlines()) == (0, [
        "The books hold: 6 entries, balance 4,700 won.",
        "2 entries are of postings that name a person: only summed.",
    ])  # fmt: skip
    assert script.problems(file) == []


def test_what_is_a_person_s_stands_nowhere_in_it(books):
    said = books().read_text("utf-8")
    assert "앨리스" not in said
    assert "resident:7" not in said
    assert "gift:1" not in said
    assert "sale:1" not in said  # what did not touch the fund is nobody's business here


@pytest.mark.parametrize("change", [
    {"amount": 1_300}, {"memo": "책상"}, {"at": 0}, {"account": "cash:9"}, {"subject": "claim:2"},
    {"posting": "buy:2"}, {"hash": "0" * 64}, {"previous": "0" * 64}, {"entry": 99},
])  # fmt: skip
def test_whatever_is_changed_in_an_entry_is_seen(books, script, change, tmp_path):
    rows = [json.loads(line) for line in lines(books())]
    rows[-1] |= change
    file = tmp_path / "changed.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    assert not check(lines(file)).ok
    assert script.problems(file)


def test_entries_taken_out_or_put_in_are_seen(books, script, tmp_path):
    whole = lines(books())
    for number, kept in enumerate(([*whole[:2], *whole[3:]], [*whole, whole[-1]], whole[:-1])):
        file = tmp_path / f"{number}.jsonl"
        file.write_text("".join(kept), "utf-8")
        assert not check(kept).ok
        assert script.problems(file)
        done = CliRunner().invoke(main, ["fund", "verify", str(file)])
        assert done.exit_code == 1
        assert "do not hold" in done.output


@pytest.mark.parametrize("claim", [
    {"months": {}}, {"months": None}, {"balance": 1}, {"entries": 5}, {"utc_offset": None},
    {"utc_offset": -40_000_000},
])  # fmt: skip
def test_claims_of_the_first_line_are_recomputed(books, script, claim, tmp_path):
    head, *rows = lines(books())
    file = tmp_path / "claims.jsonl"
    file.write_text(json.dumps(json.loads(head) | claim) + "\n" + "".join(rows), "utf-8")
    assert not check(lines(file)).ok
    try:
        assert script.problems(file)
    except TypeError:
        assert claim == {"utc_offset": None}


def test_sums_stand_for_each_month_and_kind_of_account(books, node):
    node.clock.advance(days=30)
    with node.db.write() as session:
        draft = ledger.Draft("gift:2", "gift:2", "-", (("pledge:4", 30), ("earmark:1", -30)))
        ledger.post(session, [draft], node.clock.now())
    file = books()
    months = json.loads(lines(file)[0])["months"]
    assert months == {
        "2026-11": {"centre": 5_000, "fund": -4_700, "resident": 900, "bank": -1_200},
        "2026-12": {"pledge": 30, "earmark": -30},
    }
    assert all(sum(kinds.values()) == 0 for kinds in months.values())
    rows = [json.loads(line) for line in lines(file)]
    rows[-1] |= {"month": "2026-11"}  # of what is closed, its month stands under the sums alone
    assert not check(json.dumps(row) + "\n" for row in rows).ok


def test_a_history_written_anew_differs_from_the_file_of_last_month(books, node, script):
    older = books("older.jsonl")
    node.clock.advance(days=30)
    with node.db.write() as session:
        draft = ledger.Draft("fund:2", "cycle:2", "회차", (("centre", 70), ("fund", -70)))
        ledger.post(session, [draft], node.clock.now() + timedelta(seconds=1))
    newer = books("newer.jsonl")
    assert changed(lines(older), lines(newer)) == script.problems(newer, older) == []
    rows = [json.loads(line) for line in lines(newer)]
    rows[1] |= {"hash": "1" * 64}
    forged = [json.dumps(row) + "\n" for row in rows]
    assert len(changed(lines(older), forged)) == 1


@pytest.mark.parametrize("content", ["", "x", "[]\n", '{"format": "other"}\n', "{}\n{}\n"])
def test_what_is_no_such_file_is_said(content, tmp_path):
    file = tmp_path / "f"
    file.write_text(content, "utf-8")
    done = CliRunner().invoke(main, ["fund", "verify", str(file)])
    assert done.exit_code == 1
    assert "Traceback" not in done.output


def test_the_balance_of_the_file_is_that_of_the_ledger(books, node, client):
    head = json.loads(lines(books())[0])
    with node.db.read() as session:
        assert head["balance"] == ledger.balance(session, "fund") == 4_700
        assert session.execute(text("SELECT count(*) FROM core_ledger_entry")).scalar_one() == 8
    assert "장부 내려받기" in client.get("/fund/books").text
