"""A storm between two nodes in two processes, each killed again and again: nothing is lost.

``make storm ARGS="--seconds 600"`` lets it rage for longer.
"""

from __future__ import annotations

import os
import random

import pytest
from support.postgres import Server
from support.storm.storm import Storm

SECONDS = 10.0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the nodes come out of a process by a fork")
def test_both_books_are_right_after_a_storm(tmp_path, postgres: Server):
    seed = random.SystemRandom().randrange(10_000)
    print(f"make storm ARGS='--seed {seed} --seconds {SECONDS:.0f}'")  # shown if it fails
    with (
        postgres.database() as url,
        Storm(tmp_path / "nodes", seed, urls={"wanju": url}, say=print) as storm,
    ):
        storm.rage(SECONDS)
        storm.calm()
        assert storm.judge() == []
        assert storm.happened["jump"]
