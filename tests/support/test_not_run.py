"""What could not run is said, and on a machine that must run everything it is a fault."""

from __future__ import annotations

from collections import Counter

import pytest

from .not_run import not_run, summary


def test_each_reason_is_told_once_with_the_number_of_tests() -> None:
    reasons = Counter({"stories in a real browser: none": 3, "tests on PostgreSQL: none": 1})
    assert summary(reasons) == [
        "not run (3 tests): stories in a real browser: none",
        "not run (1 test): tests on PostgreSQL: none",
    ]


def test_what_cannot_run_is_skipped_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WIZZLE_TEST_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match="tests on the moon: no rocket"):
        not_run("tests on the moon", "no rocket")


def test_where_everything_must_run_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIZZLE_TEST_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match="no rocket"):
        not_run("tests on the moon", "no rocket")


def test_what_such_a_machine_may_lack_fails_only_where_it_was_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WIZZLE_TEST_ALL", "1")
    with pytest.raises(pytest.skip.Exception, match="no npm"):
        not_run("an outside witness", "no npm", unless="WIZZLE_WITNESS")
    monkeypatch.setenv("WIZZLE_WITNESS", "1")
    with pytest.raises(pytest.fail.Exception, match="no npm"):
        not_run("an outside witness", "no npm", unless="WIZZLE_WITNESS")
