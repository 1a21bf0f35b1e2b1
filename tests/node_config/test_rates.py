"""Rates are exact from the percent that people write, bounded, and leave the producer a floor."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.node_config import Problem
from wizzle.node_config.document import read
from wizzle.node_config.mistakes import Wrong
from wizzle.node_config.readers import percent, percent_number, percent_text
from wizzle.node_config.render import literal

Edit = Callable[[str, str], int]
Problems = Callable[..., dict[str, Problem]]
RATE = st.integers(min_value=0, max_value=10_000)


@given(RATE)
def test_every_rate_survives_toml_exactly(rate: int) -> None:
    written = f"rate = {literal(percent_number(rate))}"
    assert percent(read(written).tables["rate"], 0, 10_000) == rate


@given(RATE, st.sampled_from(["{}", "{}%", " {} % ", "{}％"]))
def test_every_rate_survives_text_exactly(rate: int, form: str) -> None:
    assert percent(form.format(percent_text(rate)), 0, 10_000) == rate


@given(st.decimals(min_value=0, max_value=100, allow_nan=False, places=None))
def test_a_rate_is_kept_exactly_or_refused(written: Decimal) -> None:
    try:
        rate = percent(written, 0, 10_000)
    except Wrong:
        exponent = written.as_tuple().exponent
        assert isinstance(exponent, int)
        assert exponent < -2
    else:
        assert Decimal(rate) / 100 == written


@pytest.mark.parametrize(
    ("written", "rate"),
    [("7", 700), ("7.5", 750), ("7.25", 725), ('"7.5%"', 750), ('"７．５％"', 750)],
)
def test_as_people_write_it(written: str, rate: int) -> None:
    assert percent(read(f"r = {written}").tables["r"], 500, 800) == rate


@pytest.mark.parametrize(
    "written", ["7.125", '"7.125%"', "7.0000000000000000000000000000000000000001"]
)
def test_more_than_two_decimals_are_refused(edit: Edit, problems: Problems, written: str) -> None:
    edit("activist = 7", f"activist = {written}")
    assert "두 자리" in problems()["rates.activist"].message


@pytest.mark.parametrize(
    "written",
    [
        "4.99",
        "8.01",
        "0",
        "-7",
        '"-7"',
        "700",
        "0.07",
        "1e999999",
        "nan",
        "inf",
        "true",
        '"일곱"',
        '""',
    ],
)
def test_what_is_no_rate_or_out_of_bounds_is_refused(
    edit: Edit, problems: Problems, written: str
) -> None:
    edit("centre = 8", f"centre = {written}")
    assert set(problems()) == {"rates.centre"}


def test_the_floor_of_the_producer_is_a_setting(edit: Edit, problems: Problems) -> None:
    edit("activist = 7", "activist = 8")
    line = edit("producer_floor = 84", "producer_floor = 85")
    found = problems()["rates.producer_floor"]
    assert found.line == line
    assert "84 %가 남아요" in found.message
    assert "바닥 85 %" in found.message
    english = problems(WIZZLE_NODE__LANGUAGES="en")["rates.producer_floor"].message
    assert "leave the producer 84 %" in english
    assert "floor of 85 %" in english
