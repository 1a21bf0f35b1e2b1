"""When rounds are collected stands in the neighbourhood's calendar, drafts do not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.rounds import Round

from wizzle.plugins.assembly.cycles.queries import happenings
from wizzle.plugins.assembly.cycles.rules import State


@pytest.fixture
def this_round(node, cast, clock):
    return Round(node, cast, clock).draft()


def found(node, row, before=1, after=1):
    with node.db.read() as session:
        since = row.collect_from - timedelta(hours=before)
        return happenings(session, since, row.collect_until + timedelta(hours=after))


def test_hours_of_collection_once_a_round_is_public(node, this_round):
    row = this_round.row()
    assert found(node, row) == []
    this_round.goods("감자")
    this_round.offer().to(State.OPEN)
    (line,) = found(node, row)
    assert (line.starts_at, line.ends_at) == (row.collect_from, row.collect_until)
    assert (line.path, line.space_id) == (f"/rounds/{row.id}", row.hub_id)
    assert found(node, row, before=-24) == []
    assert found(node, row, after=-24) == []
