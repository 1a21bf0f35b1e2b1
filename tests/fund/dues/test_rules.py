"""Periods, reminders, how far dues are paid, whose a deposit is: rules without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.deposits import Paid
from wizzle.plugins.fund.dues import rules
from wizzle.plugins.fund.dues.rules import CAPITAL, DUES, Claim, Owed, decide, spread

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
OWED = st.lists(st.tuples(st.integers(1, 900), st.booleans()), max_size=8)


@given(st.integers(0, 5_000), OWED)
def test_each_won_pays_once_the_oldest_first_and_the_rest_is_credit(received, owed):
    dues = [Owed(number, *each) for number, each in enumerate(owed)]
    paid, credit = spread(received, dues)
    assert credit >= 0
    assert sum(paid.values()) + credit == received
    for each in dues:
        assert 0 <= paid[each.id] <= (0 if each.waived else each.amount)
    open_ = [each for each in dues if not each.waived and paid[each.id] < each.amount]
    assert not (open_ and credit)
    if open_:
        later = [each.id for each in dues if each.id > open_[0].id]
        assert not any(paid[number] for number in later)


@given(DAYS, st.integers(0, 1_000), st.sampled_from(["month", "year", "never"]))
def test_a_period_follows_the_other_and_none_begins_after_today(since, days, every):
    today = since + timedelta(days=days)
    found = rules.periods(since, today, every)
    assert all(day.day == 1 and day <= today for day in found)
    if every == "never":
        assert found == []
        return
    step = rules.YEAR if every == "year" else rules.MONTH
    assert found[0] == since.replace(day=1)
    assert found == rules.periods(since, today, every)
    for one, other in pairwise(found):
        assert rules.month_later(one, 12 if step == rules.YEAR else 1) == other


@given(DAYS, st.integers(1, 28), DAYS)
def test_nobody_is_late_in_their_first_fortnight(period, day, joined):
    assert rules.due_on(period.replace(day=1), day, joined) >= joined + timedelta(days=14)


@given(DAYS, st.integers(-10, 300))
def test_reminders_come_before_after_and_three_times_more(due, days):
    moments = [rules.reminder(due, number) for number in range(rules.REMINDERS)]
    assert moments[:2] == [due - timedelta(days=3), due + timedelta(days=1)]
    assert len(moments) == 5
    assert rules.reminder(due, rules.REMINDERS) is None
    told = rules.reminders_by(due, 0, due + timedelta(days=days))
    assert told == sum(1 for each in moments if each <= due + timedelta(days=days))


@pytest.mark.parametrize(("left", "ends", "months", "due"), [
    ("2026-05-03", 12, 3, "2027-04-01"), ("2026-12-31", 12, 0, "2027-01-01"),
    ("2026-03-01", 2, 1, "2027-04-01"), ("2026-02-28", 2, 0, "2026-03-01"),
])  # fmt: skip
def test_capital_comes_back_after_the_business_year(left, ends, months, due):
    assert str(rules.repay_on(date.fromisoformat(left), ends, months)) == due


def paid(amount: int, depositor: str, memo: str = "") -> Paid:
    return Paid(1, datetime(2026, 11, 23, tzinfo=UTC), amount, depositor, memo, "m")


def claims() -> list[Claim]:
    return [
        Claim(DUES, 1, "DABC234", "김민", 10_000), Claim(DUES, 2, "DXYZ789", "김민수", 10_000),
        Claim(DUES, 3, "DJKL345", "김민", 5_000), Claim(CAPITAL, 2, "CQRS456", "김민수", 50_000, 7),
        Claim(CAPITAL, 1, "CTUV567", "김민", 20_000, 8, done=True),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "amount", "state", "member"), [
    ("DABC234", 3_000, "matched", 1), ("dxyz789 회비", 99_000, "matched", 2),
    ("김민수", 10_000, "matched", 2), ("김민", 5_000, "matched", 3),
    ("김민", 7_000, "unmatched", 0),
    ("CQRS456", 50_000, "matched", 2), ("CQRS456", 49_000, "unmatched", 0),
    ("CTUV567", 20_000, "unmatched", 0), ("DABC234 DXYZ789", 10_000, "ambiguous", 0),
    ("박수유", 10_000, "unmatched", 0), ("XDABC234", 10_000, "unmatched", 0),
])  # fmt: skip
def test_a_deposit_is_matched_by_code_or_by_name_and_sum_alone(text, amount, state, member):
    found = decide(paid(amount, text), claims())
    assert (found.state, found.claim.member_id if found.claim else 0) == (state, member)


def test_two_of_one_name_and_sum_are_for_a_person_to_tell_apart():
    both = [Claim(DUES, 1, "DABC234", "김민", 10_000), Claim(DUES, 3, "DJKL345", "김민", 10_000)]
    assert decide(paid(10_000, "김민"), both).state == "ambiguous"
