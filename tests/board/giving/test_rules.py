"""What the law asks of appeals, whatever numbers come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError
from support.campaigns import TODAY, notice

from wizzle.core.donations import MOST_COST_BP, UNREGISTERED, check_room
from wizzle.core.errors import Invalid, Refused
from wizzle.plugins.board.giving.rules import check_cost, result_due
from wizzle.plugins.board.giving.schemas import Percent

WON = st.integers(0, 30_000_000)


@given(st.lists(st.integers(1, 3_000_000), max_size=40))
def test_whatever_is_given_in_whatever_order_stays_below_the_threshold(amounts):
    counted = 0
    for amount in amounts:
        try:
            check_room(counted, amount)
            counted += amount
        except Refused:
            assert counted + amount >= UNREGISTERED
    assert counted < UNREGISTERED


@given(WON, WON, st.integers(1, 3_000_000))
def test_costs_never_pass_fifteen_per_cent(raised, costs, amount):
    try:
        check_cost(raised, costs, amount)
    except Refused:
        assert (costs + amount) * 100 > raised * 15
    else:
        assert (costs + amount) * 100 <= raised * 15


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("reward", {"reward": "감사 선물로 사과 한 상자"}),
        ("cost_bp", {"cost_bp": MOST_COST_BP + 1}),
        ("collect_until", {"collect_until": TODAY + timedelta(days=366)}),
        ("collect_until", {"collect_until": TODAY - timedelta(days=1)}),
        ("use_until", {"use_until": date(2029, 1, 1)}),
        ("registration", {"goal": UNREGISTERED}),
        ("office", {"goal": UNREGISTERED, "registration": "2026-1"}),
    ],
)
def test_a_notice_that_the_law_does_not_allow_says_why_at_its_field(field, change):
    with pytest.raises(Invalid) as caught:
        notice(**change).check()
    assert list(caught.value.fields) == [field]


def test_a_whole_notice_is_allowed_up_to_the_very_limits():
    notice(goal=UNREGISTERED - 1, cost_bp=MOST_COST_BP).check()
    notice(collect_until=TODAY + timedelta(days=364), use_until=date(2028, 11, 20)).check()
    notice(goal=UNREGISTERED, office="서울특별시", registration="2026-1").check()


def test_the_account_is_due_thirty_days_after_the_end_the_earlier_one():
    assert result_due(date(2026, 12, 31), None) == date(2027, 1, 30)
    assert result_due(date(2026, 12, 31), date(2026, 12, 1)) == date(2026, 12, 31)
    assert result_due(date(2026, 12, 31), date(2027, 1, 1)) == date(2027, 1, 30)


@pytest.mark.parametrize(
    ("typed", "bp"), [("15", 1500), ("7.5", 750), ("0", 0), ("12.34%", 1234), (" 3 ", 300)]
)
def test_rates_are_read_as_people_write_them(typed, bp):
    assert Percent().deserialize(typed) == bp


@pytest.mark.parametrize("typed", ["", "-1", "1.234", "９", "1e3", "nan", "1,5", "." * 9])
def test_other_rates_are_refused(typed):
    with pytest.raises(ValidationError):
        Percent(required=True).deserialize(typed)
