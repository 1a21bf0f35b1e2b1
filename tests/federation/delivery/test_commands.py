"""`wizzle letters`: what the steward's pages do, on the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from support.letters import PlayedWay, befriend, deliver, letter, states, write

from wizzle.federation.delivery import commands
from wizzle.federation.delivery.rules.answers import Answer


@pytest.fixture
def run(here_sqlite, monkeypatch):
    monkeypatch.setattr(commands, "the_node", lambda: here_sqlite)
    return lambda *words: CliRunner().invoke(commands.letters, list(words))


@pytest.fixture
def way(here_sqlite):
    befriend(here_sqlite, "quince.example")
    write(here_sqlite, letter("a"))
    way = PlayedWay()
    way.answers["quince.example"] = lambda _name: Answer(422, "no")
    deliver(here_sqlite, way)
    return way


def test_list(run, way):
    assert "quince.example" in run("list").output
    (row,) = json.loads(run("list", "--state", "dead", "--json").output)
    assert (row["id"], row["answer"]) == (1, "422 no")
    assert json.loads(run("list", "--state", "waiting", "--json").output) == []


def test_again(run, way, here_sqlite):
    way.answers.clear()
    assert run("again", "1").exit_code == 0
    deliver(here_sqlite, way)
    assert states(here_sqlite) == {"a": "arrived"}
    refused = run("again", "1")
    assert refused.exit_code == 1
    assert "ended" in refused.output


def test_settle(run, way, here_sqlite):
    assert run("settle", "1", "by telephone").exit_code == 0
    assert states(here_sqlite) == {"a": "settled"}
    assert run("settle", "9", "by telephone").exit_code == 1
