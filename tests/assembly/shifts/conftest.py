"""A round of dana's hub with a shift on its day of collection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from support.rounds import Round

from wizzle.core.node import Node
from wizzle.plugins.assembly.shifts import actions
from wizzle.plugins.assembly.shifts.rules import Plan

Make = Callable[..., int]


@pytest.fixture
def this_round(node: Node, cast: Any, clock: Any) -> Round:
    return Round(node, cast, clock).draft()


@pytest.fixture
def make(node: Node, cast: Any, this_round: Round) -> Make:
    """Make a shift of the round, three days ahead, and return its id."""

    def made(**changes: Any) -> int:
        row = this_round.row()
        plan = {
            "title": "봉투 담기", "starts_at": row.collect_from, "places": 2,
            "ends_at": row.collect_from + timedelta(hours=2), "cycle_id": row.id, **changes,
        }  # fmt: skip
        with node.db.write() as session:
            dana = cast.person("dana").id
            hub = cast.space("hub").id
            return actions.make(node, session, hub, Plan(**plan), actor_id=dana).id

    return made
