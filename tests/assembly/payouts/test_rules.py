"""Numbers of accounts and of runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.banks import account_number, masked
from wizzle.core.errors import Refused
from wizzle.plugins.assembly.payouts.rules import run_number


@pytest.mark.parametrize(
    "number", ["", "12", "1234567a", "1" * 31, "-123456", "123456-", "１２３４５６７"]
)
def test_what_is_no_account_number_is_refused(number: str):
    with pytest.raises(Refused, match="figures"):
        account_number(number)


def test_a_masked_number_shows_four_figures():
    assert masked("302-1234-5678-91") == "····7891"


@given(numbers=st.lists(st.integers(0, 3), max_size=5))
def test_numbers_of_runs_follow_each_other_without_a_gap(numbers: list[int]):
    found = [run_number(2026 + year, sum(n == year for n in numbers[:place]))
             for place, year in enumerate(numbers)]  # fmt: skip
    assert len(set(found)) == len(found)
    for year in set(numbers):
        own = [int(n.partition("-")[2]) for n in found if n.startswith(f"{2026 + year}-")]
        assert own == list(range(1, len(own) + 1))
