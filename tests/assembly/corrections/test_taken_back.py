"""Out of which shares money goes back: in proportion, and all of it with the last won."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.values import NOTHING, Split, Won, split
from wizzle.plugins.assembly.corrections.rules import taken_back


def test_the_whole_line_at_once_gives_every_share_back():
    line = split(2970, 700, 800)
    assert taken_back(line, NOTHING, 2970) == line


def test_a_half_takes_half_of_each_share_half_a_won_up():
    line = split(1000, 700, 800)
    assert taken_back(line, NOTHING, 500) == Split(Won(425), Won(35), Won(40))


def test_the_last_won_takes_what_is_left():
    line = split(990 * 3, 700, 800)
    first = taken_back(line, NOTHING, 1000)
    assert first + taken_back(line, first, 1970) == line


@pytest.mark.parametrize("amount", [0, -1, 101])
def test_more_than_is_left_is_a_mistake_of_the_program(amount: int):
    with pytest.raises(ValueError, match="cannot go back"):
        taken_back(split(100, 700, 800), NOTHING, amount)


@given(
    paid=st.integers(1, 50_000),
    rates=st.tuples(st.integers(0, 800), st.integers(0, 800)),
    data=st.data(),
)
def test_whatever_the_steps_no_share_gives_more_than_it_had_and_all_end_at_zero(
    paid: int, rates: tuple[int, int], data: st.DataObject
):
    line, done, steps = split(paid, *rates), NOTHING, 0
    while done.paid < paid:
        left, steps = paid - done.paid, steps + 1
        small = st.integers(1, min(left, 3))
        # To draw costs more than to take back: after some steps the rest goes won by won.
        drawn = data.draw(st.one_of(st.integers(1, left), small)) if left > 30 else 1
        amount = drawn if steps < 40 else max(1, left - 30)
        back = taken_back(line, done, amount)
        assert back.paid == amount
        assert min(back.producer, back.activist, back.centre) >= 0
        done += back
        for name, whole in (("activist", line.activist), ("centre", line.centre)):
            due = whole * done.paid / paid
            assert abs(getattr(done, name) - due) <= 1.5, (name, done)
        assert done.producer <= line.producer
    assert done == line
