"""Units, quantities and the price of a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.errors import Refused
from wizzle.plugins.market.catalog.rules import (
    MAX_QUANTITY,
    UNIT_KINDS,
    Unit,
    check_quantity,
    line_amount,
    unit_text,
)

COUNTED = sorted(code for code, kind in UNIT_KINDS.items() if not kind.measured)
SIZES = st.integers(1, 10**8)

units = st.one_of(
    st.builds(lambda size: Unit("mass", size=size, measure="g"), SIZES),
    st.builds(lambda size: Unit("volume", size=size, measure="ml"), SIZES),
    st.builds(Unit, st.sampled_from(COUNTED), st.integers(1, 10_000)),
    st.builds(lambda kind: Unit(kind, half=True), st.sampled_from(COUNTED)),
    st.builds(
        lambda kind, count, size, measure: Unit(kind, count, size=size, measure=measure),
        st.sampled_from(COUNTED),
        st.integers(1, 10_000),
        SIZES,
        st.sampled_from(["g", "ml", *COUNTED]),
    ),
)


@given(units)
def test_a_unit_can_be_kept_as_its_code(unit: Unit) -> None:
    assert Unit.from_code(unit.code) == unit
    assert len(unit.code) <= 40


@pytest.mark.parametrize(
    "code", ["", "kg", "mass", "mass/5ml", "2*mass/5g", "0*bag", "bag/0g", "x y"]
)
def test_a_code_of_no_unit_is_an_error(code: str) -> None:
    with pytest.raises(ValueError, match=r"unit|measure"):
        Unit.from_code(code)


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        (Unit("mass", size=1500, measure="g"), "1.5kg"),
        (Unit("mass", size=100, measure="g"), "100g"),
        (Unit("volume", size=1_800, measure="ml"), "1.8L"),
        (Unit("mass", size=20_000, measure="g"), "20kg"),
        (Unit("bunch"), "bunch"),
        (Unit("bunch", 3), "3 bunches"),
        (Unit("tray", half=True), "half a tray"),
        (Unit("bag", size=500, measure="g"), "bag 500g"),
        (Unit("box", size=30, measure="pouch"), "box 30 pouches"),
        (Unit("bag", 2, size=500, measure="g"), "500g × 2 bags"),
    ],
)
def test_a_unit_reads_as_people_write_it(unit: Unit, text: str) -> None:
    assert unit_text(unit) == text


def test_a_unit_speaks_the_language_of_the_reader() -> None:
    korean = {"bag": "봉", "bags": "봉", "%(count)s %(unit)s": "%(count)s%(unit)s"}
    assert unit_text(Unit("bag", 3), lambda text: korean[text]) == "3봉"


@given(
    quantity=st.integers(-5, MAX_QUANTITY + 50), minimum=st.integers(1, 50), step=st.integers(1, 50)
)
def test_a_quantity_is_the_minimum_and_whole_steps(quantity: int, minimum: int, step: int) -> None:
    fits = quantity in range(minimum, MAX_QUANTITY + 1, step)
    try:
        check_quantity(quantity, minimum, step)
    except Refused:
        assert not fits
    else:
        assert fits


def test_a_refused_quantity_names_its_neighbours() -> None:
    with pytest.raises(Refused, match="in steps of 2: take 3 or 5") as refusal:
        check_quantity(4, 3, 2)
    assert refusal.value.message.values == {"step": 2, "fewer": 3, "more": 5}
    with pytest.raises(Refused, match="at least 3"):
        check_quantity(2, 3, 2)


def test_a_line_costs_price_times_quantity() -> None:
    assert line_amount(990, 3) == 2_970
    with pytest.raises(ValueError, match="-1"):
        line_amount(990, -1)
