"""The outside witness is the one that the lock names, and where it cannot be had that is said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from . import witness
from .witness import Absent


def test_every_package_is_named_exactly_and_by_no_host() -> None:
    packages = json.loads((witness.HERE / "package-lock.json").read_text())["packages"]
    asked = json.loads((witness.HERE / "package.json").read_text())["dependencies"]
    assert packages[""]["dependencies"] == asked
    for name, each in packages.items():
        assert not name or each["integrity"].startswith("sha512-"), name
        assert "resolved" not in each, name


def test_without_npm_it_is_said_and_not_tried_again_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(witness, "HOME", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(Absent, match="no npm"):
        witness.fetched()
    monkeypatch.undo()
    monkeypatch.setattr(witness, "HOME", tmp_path)
    monkeypatch.setattr(witness, "_install", lambda _folder: pytest.fail("it was tried again"))
    with pytest.raises(Absent, match="no npm"):
        witness.fetched()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["failed", "turn"]


def test_a_node_js_that_is_new_enough_comes_with_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert witness._version(witness.node_js()) >= witness.OLDEST
