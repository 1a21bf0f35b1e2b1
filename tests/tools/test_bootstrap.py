"""Bootstrap: quick when nothing changed, never a step back, plain words when it cannot go on."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, aimed at an environment that is not there yet."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "tools/bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    return module


@pytest.fixture
def steps(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What it would have installed."""
    done: list[str] = []

    def create(environment: object) -> None:
        scripts = bootstrap.VENV / "bin"
        scripts.mkdir(parents=True)
        (scripts / "python").touch()
        done.append("create")

    one = bootstrap.Environment
    monkeypatch.setattr(one, "create", create)
    monkeypatch.setattr(one, "works", lambda self: self.python.exists())
    monkeypatch.setattr(one, "install_locked", lambda self, lock: done.append(lock.name))
    monkeypatch.setattr(one, "install_project", lambda self, what: done.append("wizzle"))
    return done


def test_the_first_time_makes_all_and_the_second_nothing(
    bootstrap: ModuleType, steps: list[str]
) -> None:
    bootstrap.prepare("run")
    assert steps == ["create", "base.txt", "wizzle"]
    bootstrap.prepare("run")
    assert len(steps) == 3


def test_running_after_testing_takes_nothing_away(bootstrap: ModuleType, steps: list[str]) -> None:
    bootstrap.prepare("test")
    bootstrap.prepare("run")
    assert steps == ["create", "test.txt", "wizzle"]
    bootstrap.prepare("check")
    assert steps[3:] == ["check.txt", "wizzle"]


def test_an_interrupted_start_is_taken_up_again(bootstrap: ModuleType, steps: list[str]) -> None:
    def interrupted(self: object, what: list[str]) -> None:
        raise KeyboardInterrupt

    whole = bootstrap.Environment.install_project
    bootstrap.Environment.install_project = interrupted
    assert bootstrap.main(["run"]) == 130
    bootstrap.Environment.install_project = whole
    assert bootstrap.main(["run"]) == 0
    assert steps == ["create", "base.txt", "base.txt", "wizzle"]


def test_a_checkout_that_was_moved_gets_a_new_environment(
    bootstrap: ModuleType, steps: list[str]
) -> None:
    bootstrap.prepare("run")
    path = bootstrap.VENV / "wizzle-stamp.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"checkout": "/elsewhere"}))
    (bootstrap.VENV / "bin/python").unlink()
    (bootstrap.VENV / "bin").rmdir()
    bootstrap.prepare("run")
    assert steps[3:] == ["create", "base.txt", "wizzle"]


def test_a_folder_that_is_no_environment_is_not_removed(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    bootstrap.VENV.mkdir()
    (bootstrap.VENV / "letters.txt").write_text("dear")
    assert bootstrap.main(["run"]) == 1
    assert "move it away" in capsys.readouterr().err
    assert (bootstrap.VENV / "letters.txt").exists()


def test_python_without_venv_is_answered_with_the_command_that_helps(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ensurepip", None)
    assert bootstrap.main(["run"]) == 1
    assert "apt install python3-venv" in capsys.readouterr().err


def test_an_old_python_without_a_newer_one_says_which_is_needed(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (4, 0))
    assert bootstrap.main(["run"]) == 1
    assert "Python 3.11 or newer" in capsys.readouterr().err


def test_a_wrong_word_is_answered_with_the_right_ones(bootstrap: ModuleType) -> None:
    assert bootstrap.main(["fly"]) == 2
