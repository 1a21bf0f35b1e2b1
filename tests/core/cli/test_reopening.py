"""A running node takes over what stewards choose: by waitress, by gunicorn, and its worker."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from sqlalchemy import text

from wizzle import node_config
from wizzle.core.cli import reopening
from wizzle.core.cli.reopening import Current, Working, follow
from wizzle.core.node import Node
from wizzle.core.opening import open_node, read_settings
from wizzle.core.revisions import all_there
from wizzle.core.web import create_app

COMMANDS = {
    "waitress": [sys.executable, "-m", "wizzle.core.cli", "run", "--port", "{port}"],
    "gunicorn": [
        sys.executable, "-m", "gunicorn", "--preload", "--workers", "2", "--bind",
        "127.0.0.1:{port}", "wizzle.core.cli.serving:website()",
    ],
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a node without plugins, migrated."""
    home = tmp_path / "gangbuk"
    node_config.new_node(home, example="gangbuk", answers={"plugins.enabled": ""})
    made = open_node(read_settings(home, {}))
    from wizzle.core.cli.node import bring_up_to_date

    bring_up_to_date(made)
    made.close()
    return home


def choose(home: Path, **wanted: Any) -> None:
    keys = {key.replace("__", "."): value for key, value in wanted.items()}
    node_config.choose(home, {}, keys, after=node_config.newest(home))


@pytest.fixture(params=list(COMMANDS))
def address(request: pytest.FixtureRequest, home: Path) -> Iterator[str]:
    """A real server in processes of its own."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    command = [part.format(port=port) for part in COMMANDS[request.param]]
    environ = {**os.environ, "WIZZLE_HOME": str(home)}
    with (home / "out.txt").open("wb") as out:
        server = subprocess.Popen(command, cwd=home, env=environ, stdout=out, stderr=out)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def eventually(ask: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not ask():
        assert time.monotonic() < end
        time.sleep(0.1)


def page(address: str, path: str = "/") -> str:
    try:
        with urlopen(address + path, timeout=30) as answer:
            return str(answer.read().decode())
    except OSError as error:
        return f"{getattr(error, 'code', '')}"


def test_a_running_server_takes_over_a_name_and_a_plugin_with_its_tables(
    home: Path, address: str
) -> None:
    eventually(lambda: "강북 위즐" in page(address))
    assert page(address, "/market") == "404"
    choose(home, node__name="번동 위즐", plugins__enabled="market")
    # Each process of gunicorn opens the node for itself: none may go on with the one before.
    eventually(lambda: "번동 위즐" in page(address))
    for _ in range(20):
        assert "번동 위즐" in page(address)
        assert "회차" not in page(address, "/market")[:10]
        assert "<title>" in page(address, "/market")
    node_config.undo(home, {}, 0, after=1)
    eventually(lambda: page(address, "/market") == "404")
    assert "강북 위즐" in page(address)


@pytest.fixture
def running(home: Path) -> Iterator[Node]:
    node = open_node(read_settings(home, os.environ))
    yield node
    node.close()


def asked(site: Any) -> str:
    found: list[bytes] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "wsgi.url_scheme": "http", "wsgi.input": None, "HTTP_HOST": "localhost",
    }  # fmt: skip
    found += site(environ, lambda *_: lambda _: None)
    return b"".join(found).decode()


def test_what_cannot_be_opened_leaves_the_node_as_it_is(home: Path, running: Node) -> None:
    current = Current(running)
    site = follow(current, create_app(running), create_app)
    (home / "choices").mkdir()
    (home / "choices" / "1.toml").write_text('[plugins]\nenabled = ["nothing"]\n', "utf-8")
    assert "강북 위즐" in asked(site)
    assert current.node is running
    node_config.undo(home, {}, 0, after=1)
    choose(home, node__name="새 위즐")
    assert "새 위즐" in asked(site)


def test_address_of_the_database_and_of_the_server_stay_until_the_next_start(
    home: Path, running: Node
) -> None:
    file = home / "node.toml"
    text_ = file.read_text("utf-8").replace("port = 8000", "port = 9999")
    file.write_text(text_.replace("sqlite:///wizzle.db", "sqlite:///other.db"), "utf-8")
    choose(home, node__name="새 위즐")
    node = Current(running).look()  # also what was chosen since the node was opened
    assert node.settings.node.name == "새 위즐"
    assert (node.db, node.settings.server.port) == (running.db, 8000)
    assert not (home / "other.db").exists()


def test_tables_of_a_plugin_that_is_switched_on_are_made(home: Path, running: Node) -> None:
    current = Current(running)
    choose(home, plugins__enabled="market,fund")
    node = current.look()
    assert [each.name for each in node.host.plugins] == ["market", "fund"]
    assert all_there(node.db, node.host, home / "migrations")
    with node.db.read() as session:
        assert session.execute(text("SELECT count(*) FROM market_product")).scalar() == 0


def test_on_postgresql_the_node_waits_for_the_migration(
    home: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIZZLE_DATABASE__URL", postgres_url)
    monkeypatch.setattr(reopening, "AGAIN", 0.0)
    from wizzle.core.cli.node import bring_up_to_date

    running = open_node(read_settings(home, os.environ))
    bring_up_to_date(running)
    current = Current(running)
    environ = dict(os.environ)
    node_config.choose(home, environ, {"plugins.enabled": "market"}, after=0)
    assert current.look() is running
    other = open_node(read_settings(home, os.environ))
    bring_up_to_date(other)
    other.close()
    assert [each.name for each in current.look().host.plugins] == ["market"]
    running.close()


def test_the_worker_before_ends_and_one_for_the_new_node_goes_on(home: Path, running: Node) -> None:
    done: list[str] = []

    def work(node: Node, end: threading.Event) -> None:
        done.append(f"began {node.settings.node.name}")
        end.wait(20)
        done.append(f"ended {node.settings.node.name}")

    current = Current(running)
    working = Working(current, work)
    working.begin(running)
    choose(home, node__name="새 위즐")
    current.look()
    eventually(lambda: len(done) == 3, 10)
    assert sorted(done) == ["began 강북 위즐", "began 새 위즐", "ended 강북 위즐"]
    working.stop(running)
    eventually(lambda: len(done) == 4, 10)


def test_a_bad_choice_is_undone_on_the_command_line(home: Path) -> None:
    choose(home, node__name="하나")
    (home / "choices" / "2.toml").write_text("[node]\nname = 7\n", "utf-8")
    environ = {**os.environ, "WIZZLE_HOME": str(home)}

    def wizzle(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "wizzle.core.cli", *command],
            env=environ, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    broken = wizzle("plugins")
    assert broken.returncode == 2
    assert "choices/2.toml" in broken.stderr
    assert wizzle("choices", "undo").returncode == 0
    assert wizzle("plugins").returncode == 0
    listed = wizzle("choices").stdout
    assert re.findall(r"^ *(\d+) ", listed, re.M) == ["3", "2", "1"]
    assert wizzle("choices", "undo", "77").returncode == 1
