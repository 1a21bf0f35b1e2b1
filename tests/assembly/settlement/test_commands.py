"""`wizzle shares`: the split of one line on the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from wizzle.core.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["shares", *arguments])


def test_json_has_exactly_the_three_shares():
    found = run("--price", "990", "--quantity", "3", "--activist-bp", "700",
                "--centre-bp", "800", "--json")  # fmt: skip
    assert found.exit_code == 0
    assert json.loads(found.stdout) == {"activist": 208, "centre": 238, "producer": 2524}


def test_without_json_a_person_can_read_it():
    assert "2,524" in run("--price", "990", "--quantity", "3").stdout


@pytest.mark.parametrize(
    "wrong",
    [["--price", "-1"], ["--price", "9.5"], ["--price", "1", "--quantity", "-2"],
     ["--price", "1", "--activist-bp", "10001"], []],
)  # fmt: skip
def test_nonsense_is_refused(wrong: list[str]):
    assert run(*wrong).exit_code == 2
