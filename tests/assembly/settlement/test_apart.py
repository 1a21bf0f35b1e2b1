"""I13 and I15: parts sum to their whole, exempt and taxed stay apart, numbers are used once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from support.settling import Sold

from wizzle.core.values import Won, split
from wizzle.plugins.assembly.settlement.models import SettledLine, Settlement, Statement
from wizzle.plugins.assembly.settlement.queries import seller_statements
from wizzle.plugins.assembly.settlement.rules import (
    Part,
    Sums,
    added,
    by_hub,
    by_seller,
    by_seller_and_hub,
    centre_number,
    hub_number,
    number,
    read_number,
)

from .test_whole_rounds import play, weeks

ids = st.integers(1, 999_999_999)
sums = st.builds(
    lambda exempt, taxed, bp: Sums(
        1, Won(exempt), Won(taxed), split(exempt, bp, 800) + split(taxed, bp, 800)
    ),
    st.integers(0, 10**9), st.integers(0, 10**9), st.integers(500, 800),
)  # fmt: skip
# As the database groups them: one for each seller at each hub.
parts = st.dictionaries(st.tuples(st.integers(1, 6), st.integers(1, 4)), sums, max_size=20).map(
    lambda found: [Part(seller, "농장", hub, each) for (seller, hub), each in found.items()]
)


@given(parts=parts)
def test_shared_among_sellers_or_among_hubs_it_is_the_same_whole(parts: list[Part]) -> None:
    """Shares are rounded line by line and only added up afterwards: no division leaves a rest."""
    whole = added(parts)
    assert added(by_seller(parts)) == whole
    hubs = by_hub(parts)
    assert sum(each.split.activist for each in hubs.values()) == whole.split.activist
    assert sum(each.paid for each in hubs.values()) == whole.paid == whole.split.paid
    crossed = by_seller_and_hub(parts)
    assert sum(won for row in crossed.values() for won in row.values()) == whole.split.activist


@given(numbers=st.lists(st.tuples(ids, ids), max_size=30))
def test_a_number_names_one_statement_and_is_read_back(numbers: list[tuple[int, int]]) -> None:
    written = [number(*pair) for pair in numbers]
    assert [read_number(text) for text in written] == numbers
    assert len(set(written)) == len(set(numbers))
    others = {hub_number(*pair) for pair in numbers} | {centre_number(one) for one, _ in numbers}
    assert not others & set(written)
    assert all(read_number(text) is None for text in others)


def test_exempt_and_taxed_stay_apart_for_every_seller(empty: Sold) -> None:
    @settings(max_examples=4)
    @given(week=weeks)
    def a_week(week: dict[str, object]) -> None:
        play(empty, week)
        empty.settle()
        lines = empty.settled_lines()
        with empty.node.db.read() as session:
            sellers = seller_statements(session, empty.id)
        for each in sellers:
            own = [line for line in lines if line.seller_id == each.seller_id]
            for kind, total in (("exempt", each.sums.exempt), ("taxed", each.sums.taxed)):
                assert total == sum(line.paid for line in own if line.tax_class == kind)
        assert {each.seller_id for each in sellers} == {line.seller_id for line in lines}

    a_week()


def test_what_a_number_stands_for_cannot_be_changed_or_taken_away(sold: Sold) -> None:
    sold.settle()
    for table in (Statement, Settlement, SettledLine):
        for change in (update(table).values(exempt=1) if table is not SettledLine
                       else update(table).values(paid=1), delete(table)):  # fmt: skip
            with pytest.raises(DBAPIError), sold.node.db.write() as session:
                session.execute(change.execution_options(synchronize_session=False))
        with sold.node.db.read() as session:
            assert session.scalars(select(table).limit(1)).first() is not None
