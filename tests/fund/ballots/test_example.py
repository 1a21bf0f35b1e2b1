"""The example holds a vote that decided and one in which one can take part; twice is once."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from wizzle.core import ledger
from wizzle.core.node import Node
from wizzle.plugins.fund.ballots import actions, queries
from wizzle.plugins.fund.ballots.models import Vote, Voter


@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
def test_the_example_twice_is_the_example_once(node: Node, cast):
    cast.person("bob")
    for _ in range(2):
        with node.db.write() as session:
            actions.load_example(node, session)
    with node.db.read() as session:
        past, open_ = session.scalars(select(Vote).order_by(Vote.id)).all()
        assert (past.state, open_.state) == ("closed", "open")
        told = queries.result_of(session, past.id)
        assert (told["ballots"], told["decided"], past.bound_at is not None) == (140, True, True)
        shares, greedy = told["rules"]["equal-shares"], told["rules"]["greedy"]
        assert shares["without"] * 4 < greedy["without"]
        assert queries.turnout(session, open_.id).voted == 60
        assert session.scalar(select(func.count()).select_from(Voter)) == 300
        assert ledger.verify(session).ok
