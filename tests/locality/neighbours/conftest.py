"""A neighbourhood with two parts of town."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from support.cast import Cast

from wizzle.core.node import Node
from wizzle.plugins.locality.neighbours import actions
from wizzle.plugins.locality.neighbours.models import Quarter

Choose = Callable[..., int]


@pytest.fixture
def quarters(node: Node, cast: Cast) -> dict[str, int]:
    """The parts of town that can be chosen, by name."""
    with node.db.write() as session:
        names = ["수유1동", "번2동"]
        actions.offer(node, session, names, actor_id=cast.person("bob").id)
        session.flush()
        return {row.name: row.id for row in session.scalars(select(Quarter))}


@pytest.fixture
def live(node: Node, cast: Cast, quarters: dict[str, int]) -> Choose:
    """``live("alice")`` lets her say that she lives in 수유1동, and returns her id."""

    def chosen(name: str, quarter: str = "수유1동") -> int:
        person_id = cast.person(name).id
        with node.db.write() as session:
            actions.choose(node, session, person_id, quarters[quarter])
        return person_id

    return chosen
