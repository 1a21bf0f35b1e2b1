"""The locks: exact, hashed, free of addresses, and in step with what the package declares."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "requirements"
PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.M)


def pins(name: str) -> set[tuple[str, str]]:
    return set(PINNED.findall((LOCKS / f"{name}.txt").read_text("utf-8")))


def wanted(name: str) -> set[str]:
    """The libraries that an .in file names itself, as the package index spells them."""
    lines = (LOCKS / f"{name}.in").read_text("utf-8").splitlines()
    named = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines if line[:1] not in "#-")
    return {match[0].lower() for match in named if match}


@pytest.mark.parametrize("name", ["build", "uv", "base", "test", "check"])
def test_a_lock_holds_pins_with_hashes_and_no_address(name: str) -> None:
    for entry in (LOCKS / f"{name}.txt").read_text("utf-8").replace("\\\n", " ").splitlines():
        assert PINNED.match(entry), entry
        assert "--hash=sha256:" in entry, entry
        assert "://" not in entry
        assert "index" not in re.sub(r"--hash=\S+", "", entry)


def test_each_lock_holds_the_smaller_one_so_that_an_environment_only_grows() -> None:
    assert pins("build") <= pins("base") <= pins("test") <= pins("check")


def test_what_the_package_declares_is_what_is_locked() -> None:
    declared = configparser.ConfigParser()
    declared.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = declared["options"]["install_requires"].split("\n")
    assert {re.split(r"[\s\[<>=;]", line)[0] for line in lines if line} == wanted("base")


@pytest.mark.parametrize("name", ["build", "uv", "base", "test", "check"])
def test_what_is_wanted_is_locked(name: str) -> None:
    assert wanted(name) <= {library for library, _ in pins(name)}
