"""The demo as a person starts it: processes, pages, letters and money of two real nodes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

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
    ("mark", "ports", "word"),
    [
        (None, ("8000", "8001"), "holds something else"),
        ('{"ports": [8010, 8011], "finished": true}', ("8000", "8001"), "8010 and 8011"),
        (None, ("8000", "8000"), "--other-port"),
    ],
)
def test_a_folder_of_something_else_is_left_alone(
    tmp_path: Path, mark: str | None, ports: tuple[str, str], word: str
):
    folder = tmp_path / "mine"
    folder.mkdir()
    kept = folder / ("letters.txt" if mark is None else "demo.json")
    kept.write_text(mark or "mine")
    asked = ("--folder", str(folder), "--port", ports[0], "--other-port", ports[1])
    done = started(*asked, home=tmp_path)
    _, err = done.communicate(timeout=60)
    assert done.returncode != 0
    assert word in err
    assert kept.read_text() == (mark or "mine")
