"""Pure rules of neighbours: codes, days, names."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.testing import MONDAY
from wizzle.plugins.locality.neighbours.rules import (
    ALPHABET,
    can_renew,
    expiry,
    holds,
    plain_code,
    quarter_names,
    seal,
    shown_code,
)

CODES = st.text(ALPHABET, min_size=1, max_size=16)


@given(CODES)
def test_a_code_is_the_same_however_it_is_written(code):
    shown = shown_code(code)
    assert plain_code(shown) == code
    assert plain_code(f" {shown.lower().replace('-', ' - ')} ") == code


@given(CODES, CODES)
def test_seals_tell_codes_purposes_and_nodes_apart(one, other):
    assert (seal("key", "asking", one) == seal("key", "asking", other)) is (one == other)
    assert seal("key", "asking", one) != seal("key", "paper", one)
    assert seal("key", "asking", one) != seal("other key", "asking", one)
    assert len(seal("key", "asking", one)) == 64


def test_a_confirmation_holds_for_a_year_and_can_be_renewed_before_its_end():
    end = expiry(MONDAY)
    assert (end.year, end.month, end.day) == (2027, 11, 23)
    assert holds(end, end - timedelta(seconds=1))
    assert not holds(end, end)
    assert not holds(None, MONDAY)
    assert can_renew(None, MONDAY)
    assert not can_renew(end, end - timedelta(days=61))
    assert can_renew(end, end - timedelta(days=60))


def test_names_of_parts_stand_once_and_without_empty_lines():
    assert quarter_names(" 수유1동 \n\n번2동\r\n수유1동\n  ") == ["수유1동", "번2동"]
    assert [len(name) for name in quarter_names("가" * 90)] == [40]
