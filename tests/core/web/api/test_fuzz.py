"""Whatever fits the document and whatever does not: no answer is the node's own fault.

A few examples of each operation here; `make fuzz-api` asks many more.
"""

from __future__ import annotations

import os

import pytest
from flask import Flask
from support.fuzzing import fuzz
from support.rounds import Round

from wizzle.core.node import Node
from wizzle.core.web.api import limits


@pytest.fixture
def node(sqlite_node: Node) -> Node:
    return sqlite_node


def test_everything_in_the_document_well_and_badly_asked(
    node, site, programs, cast, clock, monkeypatch
):
    for name in ("BY_ADDRESS", "BY_TOKEN", "WRITES"):
        monkeypatch.setattr(limits, name, limits.Policy(name, 10**9))
    round_ = Round(node, cast, clock)
    round_.goods("감자", stock=1000)
    round_.draft().offer().to("open")
    round_.order("alice", {round_.products[0]: 1})
    cast.person("frank")
    site.config["PROPAGATE_EXCEPTIONS"] = False
    site.config["TESTING"] = False
    wrong = fuzz(
        site, programs.of("bob").token, examples=int(os.environ.get("WIZZLE_FUZZ_EXAMPLES", "2"))
    )
    assert wrong == []


def test_what_breaks_is_found():
    """The fuzzer itself: an answer of 5xx, and one that takes what it should refuse."""
    site = Flask("broken")
    kind = {"type": "integer", "minimum": 1, "maximum": 9}
    operation = {
        "parameters": [{"name": "n", "in": "query", "required": True, "schema": kind}],
        "responses": {"200": {"description": "fine"}, "4XX": {"description": "not"}},
    }
    document = {
        "openapi": "3.1.0", "info": {"title": "broken", "version": "1"},
        "paths": {"/breaks": {"get": operation}, "/takes": {"get": operation}},
    }  # fmt: skip
    site.add_url_rule("/api/v1/openapi.json", "document", lambda: document)
    site.add_url_rule("/breaks", "breaks", lambda: ("", 500))
    site.add_url_rule("/takes", "takes", lambda: ("", 200))
    wrong = fuzz(site, "-", examples=3)
    assert any("/breaks" in each and "Server error" in each for each in wrong), wrong
    assert any("/takes" in each and "negative" in each for each in wrong), wrong
