"""The database's arithmetic splits a line as ``core.values.split`` does."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Integer, column, select, values

from wizzle.core.node import Node
from wizzle.core.values import Split, split
from wizzle.node_config.settings import RATE_LEAST_BP, RATE_MOST_BP
from wizzle.plugins.assembly.settlement.queries import shares

LINES = values(
    column("id", Integer), column("paid", BigInteger), column("activist_bp", Integer),
    column("centre_bp", Integer), name="lines",
)  # fmt: skip
amounts = st.integers(1, 10**12) | st.integers(1, 100_000)
rates = st.integers(RATE_LEAST_BP, RATE_MOST_BP) | st.integers(0, 5_000)


def split_by(node: Node, lines: list[tuple[int, int, int]]) -> list[Split]:
    rows = LINES.data([(id_, *line) for id_, line in enumerate(lines)]).cte()
    parts = shares(rows.c.paid, rows.c.activist_bp, rows.c.centre_bp)
    with node.db.read() as session:
        return [Split(*row) for row in session.execute(select(*parts).order_by(rows.c.id))]


@settings(max_examples=40)
@given(lines=st.lists(st.tuples(amounts, rates, rates), min_size=1, max_size=150))
def test_any_line_is_split_as_the_rule_says(node: Node, lines: list[tuple[int, int, int]]):
    assert split_by(node, lines) == [split(*line) for line in lines]


def test_what_the_food_facts_name_is_split_once_per_line(node: Node):
    assert split_by(node, [(990 * 3, 700, 800)]) == [Split(2524, 208, 238)]


def test_half_a_won_goes_up_and_the_producer_has_the_rest(node: Node):
    assert split_by(node, [(50, 500, 500), (49, 500, 500), (1, 800, 800)]) == [
        Split(44, 3, 3), Split(45, 2, 2), Split(1, 0, 0),
    ]  # fmt: skip
