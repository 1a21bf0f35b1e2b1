"""The demo as a person starts it: processes, pages, letters and money of two real nodes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from wizzle.plugins.trade.demo.actions.pairing import Two
from wizzle.plugins.trade.demo.actions.standing import served
from wizzle.plugins.trade.demo.actions.visiting import Stuck
from wizzle.plugins.trade.demo.commands import demo

COMMAND = (sys.executable, "-m", "wizzle.core.cli", "demo")


def test_one_order_goes_from_the_basket_to_the_netted_month(tmp_path: Path):
    done = started("--check", "--json", home=tmp_path)
    out, err = done.communicate(timeout=280)
    assert done.returncode == 0, err
    told = json.loads(out)
    assert told["ok"], told
    assert told["ledger_ok"]
    assert told["difference"] == 0
    assert (told["orders"], told["ordered"], told["shipped"]) == (1, 5, 4)
    assert told["producer"] + told["activist"] + told["centre"] == told["gross"] > 0
    assert told["mirror_gangbuk"] == told["producer"] == -told["mirror_wanju"]
    assert list(tmp_path.iterdir()) == [], "something stayed in the folder"


def started(*arguments: str, home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *arguments], cwd=home, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("letters.txt", "mine", "holds something else"),
        ("demo.json", '{"ports": [8010, 8011], "finished": true}', "8010 and 8011"),
    ],
)
def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, name: str, text: str, word: str):
    kept = tmp_path / name
    kept.write_text(text)
    with pytest.raises(Stuck, match=word), served(tmp_path, (8000, 8001)):
        pass
    assert kept.read_text() == text


def test_what_was_not_finished_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def broken(_self: Two) -> None:
        raise Stuck("broken off")

    monkeypatch.setattr(Two, "make", broken)
    folder = tmp_path / "demo"
    for _ in range(2):
        with pytest.raises(Stuck, match="broken off"), served(folder, (8000, 8001)):
            pass
        assert [each.name for each in folder.iterdir()] == ["demo.json"]
        (folder / "left.db").touch()


def test_two_nodes_need_two_ports():
    done = CliRunner().invoke(demo, ["--port", "8000", "--other-port", "8000"])
    assert done.exit_code == 2
    assert "--other-port" in done.output
