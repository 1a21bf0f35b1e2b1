"""Every line of the list of attacks, one request each, judged by the code of the inbox."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from support.attacks import FILE, written

from wizzle.federation.signatures.cases import read_file, run
from wizzle.federation.signatures.refusals import REASONS

WHOLE = json.loads(FILE.read_text("utf-8"))
SERIES = {each["id"]: each for each in WHOLE["sequences"]}


def judged(tmp_path: Path, **part: Any) -> list[tuple[str, str, str]]:
    """Write a file of these cases, run it, and return id, verdict and reason of each."""
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({**WHOLE, "cases": [], "sequences": [], **part}), "utf-8")
    return [(each.id, each.verdict, each.reason) for each in run(read_file(file))]


def expected(step: dict[str, Any], reason: str) -> tuple[str, str, str]:
    said = step["expected"]
    return step["id"], said["verdict"], said.get("reason", reason)


@pytest.mark.parametrize("case", WHOLE["cases"], ids=lambda case: case["id"])
def test_each_request_is_judged_for_the_right_reason(case, tmp_path):
    [found] = judged(tmp_path, cases=[case])
    assert found == expected(case, found[2])


@pytest.mark.parametrize("name", SERIES)
def test_each_series_is_judged_step_by_step(name, tmp_path):
    found = judged(tmp_path, sequences=[SERIES[name]])
    steps = SERIES[name]["steps"]
    assert found == [expected(step, each[2]) for step, each in zip(steps, found, strict=True)]


def test_the_file_of_cases_is_what_its_script_makes():
    assert FILE.read_text("utf-8") == written()


def test_every_reason_for_a_refusal_has_an_attack():
    steps = chain.from_iterable(each["steps"] for each in WHOLE["sequences"])
    shown = {step["expected"].get("reason") for step in chain(WHOLE["cases"], steps)}
    # The two bounds on floods take too many messages for a file; test_bounds.py has them.
    assert set(REASONS) - shown == {"headers_too_large", "too_many_fetches"}


def test_every_refusal_is_the_peer_s_fault_and_has_a_status_that_says_so():
    assert {status for status in REASONS.values() if not 400 <= status <= 499} == set()
