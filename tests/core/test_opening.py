"""A node opened by its settings has the machine's own ports."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.peers import OK, Peer, reason

from wizzle.core.opening import open_node
from wizzle.core.testing import example_settings
from wizzle.node_config import ServerSettings


@pytest.mark.parametrize("development", [False, True])
def test_only_a_node_in_development_talks_to_this_machine(tmp_path, development):
    settings = replace(example_settings(tmp_path), server=ServerSettings(development=development))
    node = open_node(settings)
    beside = Peer(lambda *_: OK, None, "127.0.0.1")
    if development:
        assert node.ports.http.fetch("GET", beside.url).status == 200
        assert beside.heard[0].headers["user-agent"] == "Wizzle (+http://127.0.0.1:8000)"
    else:
        assert reason(node.ports.http, beside.url) == "url"
        assert beside.heard == []
    beside.close()
    node.close()


def test_names_are_looked_up_by_the_machine(tmp_path):
    node = open_node(example_settings(tmp_path))
    assert "127.0.0.1" in node.ports.resolver.addresses("localhost")
    node.close()
