"""What the node reaches the world through: its randomness."""

from __future__ import annotations

from collections import Counter

import pytest

from wizzle.core.ports import SeededRandomness, SystemRandomness

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@pytest.mark.parametrize("length", [0, 1, 4, 200])
@pytest.mark.parametrize("randomness", [SystemRandomness(), SeededRandomness(1)])
def test_a_code_has_the_letters_asked_for(randomness, length):
    drawn = randomness.code(length, LETTERS)
    assert len(drawn) == length
    assert set(drawn) <= set(LETTERS)


def test_no_letter_is_drawn_more_often_than_another():
    drawn = Counter(SystemRandomness().code(31_000, LETTERS))
    assert set(drawn) == set(LETTERS)
    # 1,000 of each are to be expected; so far off by chance in less than one run of a million.
    assert all(800 < times < 1_200 for times in drawn.values())
