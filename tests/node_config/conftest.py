"""A node's folder to break, and what is said about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from wizzle.node_config import ConfigErrors, Problem, load, new_node


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the folder of a fresh 강북 node."""
    return new_node(tmp_path / "gangbuk", example="gangbuk").home


@pytest.fixture
def edit(home: Path) -> Callable[[str, str], int]:
    """Return a way to change one line of node.toml; it answers with the line's number."""

    def change(old: str, new: str) -> int:
        file = home / "node.toml"
        text = file.read_text("utf-8")
        assert text.count(f"\n{old}\n") == 1, f"not once there: {old}"
        file.write_text(text.replace(f"\n{old}\n", f"\n{new}\n"), "utf-8")
        return text[: text.index(f"\n{old}\n")].count("\n") + 2

    return change


@pytest.fixture
def problems(home: Path) -> Callable[..., dict[str, Problem]]:
    """Return a way to read what is wrong with the node, by key."""

    def complaints(**environ: str) -> dict[str, Problem]:
        return problems_of(home, environ)

    return complaints


def problems_of(home: Path, environ: Mapping[str, str]) -> dict[str, Problem]:
    with pytest.raises(ConfigErrors) as raised:
        load(home, environ)
    return {problem.key: problem for problem in raised.value.problems}
