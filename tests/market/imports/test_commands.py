"""`wizzle import …` as an operator types it, and as a script reads it."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

import wizzle
from wizzle.core.cli import main

PRODUCERS = Path(wizzle.__file__).parent / "plugins" / "market" / "data" / "producers.tsv"
HEAD = ["상품명", "규격", "가격", "과세", "원산지", "재고"]
ROWS = [
    HEAD,
    ["감자", "1.5kg", "1,200원", "면세", "진안", "30"],
    ["시금치", "한 단", "3만5천", "면세", "진안", "수시"],
    ["두부", "한 모", "이천오백원", "과세", "국산", ""],
]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The folder of a new node, to be copied."""
    home = tmp_path_factory.mktemp("node")
    made = CliRunner().invoke(
        main, ["init", "--example", "gangbuk", "--yes"], env={"WIZZLE_HOME": str(home)}
    )
    assert made.exit_code == 0, made.output
    return home


@pytest.fixture
def run(template, tmp_path):
    """Run a command on a node of this test's own; return its exit code and output."""
    home = tmp_path / "node"
    shutil.copytree(template, home)

    def invoke(*words):
        done = CliRunner().invoke(
            main, ["import", *map(str, words)], env={"WIZZLE_HOME": str(home)}
        )
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, json.loads(done.stdout) if "--json" in words else done.output

    return invoke


def as_csv(file, encoding):
    with file.open("w", encoding=encoding, newline="") as out:
        csv.writer(out).writerows(ROWS)


def as_xlsx(file):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(file)


def as_ods(file):
    document, sheet = OpenDocumentSpreadsheet(), Table(name="상품")
    for row in ROWS:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    document.save(str(file))


def test_a_dry_run_for_a_script_and_then_the_list_itself(run):
    code, dry = run("producers", PRODUCERS, "--dry-run", "--json")
    counts = {"made": 31, "changed": 0, "unchanged": 0, "repeated": 2, "refused": 0}
    assert code == 0
    assert {name: dry[name] for name in counts} == counts
    assert (dry["incomplete"], dry["import"], dry["dry_run"], len(dry["rows"])) == (
        1,
        None,
        True,
        33,
    )
    assert dry["rows"][0]["line"] == 2
    code, done = run("producers", PRODUCERS, "--json")
    assert (code, done["made"], done["import"]) == (0, 31, 1)
    assert done["rows"] == dry["rows"]
    code, again = run("producers", PRODUCERS, "--json")
    assert (again["made"], again["unchanged"], again["repeated"]) == (0, 31, 2)


@pytest.mark.parametrize("kind", ["utf-8", "utf-8-sig", "cp949", "xlsx", "ods"])
def test_goods_come_the_same_from_every_kind_of_file(run, tmp_path, kind):
    file = tmp_path / f"goods.{kind if kind in ('xlsx', 'ods') else 'csv'}"
    {"xlsx": as_xlsx, "ods": as_ods}.get(kind, lambda f: as_csv(f, kind))(file)
    run("producers", PRODUCERS)
    code, done = run("products", file, "--producer", "진안마을 주식회사", "--json")
    assert (code, done["made"], done["refused"]) == (0, 3, 0)
    assert [row["line"] for row in done["rows"]] == [2, 3, 4]


def test_a_refused_row_is_named_and_told_to_the_script_by_the_exit_code(run, tmp_path):
    file = tmp_path / "goods.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(
            [["생산자", *HEAD], ["진안마을 주식회사", *ROWS[1]], ["누구", *ROWS[2]]]
        )
    run("producers", PRODUCERS)
    code, done = run("products", file, "--json")
    assert (code, done["made"], done["refused"]) == (1, 1, 1)
    assert done["rows"][1]["line"] == 3
    assert done["rows"][1]["reason"]


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe\x01", b"PK\x03\x04broken", b"<html></html>"]
)
def test_a_file_that_cannot_be_read_is_refused_whole(run, tmp_path, content):
    file = tmp_path / "goods.xlsx"
    file.write_bytes(content)
    code, said = run("products", file, "--json")
    assert code == 2
    assert said["error"]


def test_goods_of_a_producer_whom_nobody_knows(run, tmp_path):
    file = tmp_path / "goods.csv"
    as_csv(file, "utf-8")
    code, said = run("products", file, "--producer", "없는농장", "--json")
    assert code == 2
    assert "없는농장" in said["error"]


def test_taken_back_and_listed(run):
    run("producers", PRODUCERS)
    code, undone = run("undo", 1, "--json")
    assert (code, undone["removed"], undone["kept"]) == (0, 31, 0)
    code, said = run("undo", 1, "--json")
    assert code == 2
    assert said["error"]
    code, listed = run("list", "--json")
    assert listed[0]["file_name"] == "producers.tsv"
    assert listed[0]["undone_at"]
    assert "producers.tsv" in run("list")[1]


def test_a_person_reads_every_row_with_its_reason(run):
    code, told = run("producers", PRODUCERS)
    assert code == 0
    assert len([line for line in told.splitlines() if "산골산나물영농조합법인" in line]) == 2
    assert "wizzle import undo 1" in told
