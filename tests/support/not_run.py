"""Says at the end of a test run, one line each, what could not run here and why."""

from __future__ import annotations

import os
from collections import Counter
from typing import NoReturn

import pytest


def not_run(what: str, reason: str, *, unless: str = "WIZZLE_TEST_ALL") -> NoReturn:
    """Skip the test with a reason that is told at the end; fail it where it must run.

    `WIZZLE_TEST_ALL=1` is for machines that were made ready for everything, as CI is:
    there a missing server or browser is a fault, not an excuse. `unless` names another variable
    for what such a machine may lack as well.
    """
    if os.environ.get(unless) == "1":
        pytest.fail(f"{what} could not run: {reason}", pytrace=False)
    pytest.skip(f"{what}: {reason}")


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """The reason of a skipped report, without the word that pytest puts before it."""
    told = report.longrepr
    text = told[2] if isinstance(told, tuple) else str(told)
    return text.removeprefix("Skipped: ")


def summary(reasons: Counter[str]) -> list[str]:
    """One line for each reason, with the number of tests that it held back."""
    lines = []
    for reason, count in sorted(reasons.items()):
        tests = "1 test" if count == 1 else f"{count} tests"
        lines.append(f"not run ({tests}): {reason}")
    return lines


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the lines; skips of xdist's workers arrive here as reports like all others."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(reason_of(report) for report in skipped)
    for line in summary(reasons):
        terminalreporter.write_line(line)
