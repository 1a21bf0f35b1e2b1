"""Plans of repayment sum to the loan, stay within the cap, and a payment pays what it should."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizzle.core.errors import Invalid, Refused
from wizzle.plugins.fund.loans.rules import (
    ANNUITY,
    AT_END,
    CAP_BP,
    EQUAL,
    WAYS,
    Due,
    Lending,
    Paid,
    by_day,
    check_cap,
    early,
    guaranteed,
    later_plan,
    months_after,
    plan,
    split,
    stands,
)

START = date(2026, 1, 31)
LOANS = st.tuples(
    st.integers(1, 50_000_000), st.integers(0, CAP_BP), st.integers(1, 60), st.sampled_from(WAYS),
    st.integers(0, 59),
)  # fmt: skip


def planned(loan, fee: int = 0) -> tuple[Due, ...]:
    amount, rate_bp, months, way, grace = loan
    return plan(amount, rate_bp, months, way=way, start=START, grace=grace % months, fee=fee)


@given(LOANS)
@settings(max_examples=40)
def test_every_plan_sums_to_the_loan_and_asks_no_interest_beyond_its_rate(loan):
    amount, rate_bp, months, _, grace = loan
    dues = planned(loan)
    assert sum(due.principal for due in dues) == amount
    assert [due.number for due in dues] == list(range(1, months + 1))
    assert [due.due_on for due in dues] == [months_after(START, each + 1) for each in range(months)]
    assert all(due.principal == 0 for due in dues[: grace % months])
    left = amount
    for due in dues:
        assert due.principal >= 0
        assert due.interest == left * rate_bp // 120_000
        left -= due.principal
    check_cap(dues, CAP_BP)  # never refused without a fee


@pytest.mark.parametrize(("way", "first", "last", "interest"), [
    (EQUAL, 83_333, 83_337, 32_496),
    (ANNUITY, 81_066, 85_638, 32_792),
    (AT_END, 0, 1_000_000, 60_000),
])  # fmt: skip
def test_a_million_over_a_year_at_six_per_cent(way, first, last, interest):
    dues = plan(1_000_000, 600, 12, way=way, start=date(2026, 1, 5))
    assert (dues[0].principal, dues[-1].principal) == (first, last)
    assert sum(due.interest for due in dues) == interest
    if way == ANNUITY:  # the same each month, but for the rest in the last one
        assert {due.amount for due in dues[:-1]} == {86_066}


def test_the_last_day_of_a_month_stays_the_last_day():
    dues = plan(300, 0, 3, way=EQUAL, start=START)
    assert [due.due_on for due in dues] == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_fees_count_as_interest_also_for_who_pays_early():
    check_cap(plan(1_000_000, 1_800, 12, way=EQUAL, start=START, fee=10_000))
    with pytest.raises(Invalid):
        check_cap(plan(1_000_000, 1_800, 12, way=EQUAL, start=START, fee=11_000))
    with pytest.raises(Invalid):
        check_cap(plan(1_000_000, CAP_BP, 12, way=AT_END, start=START, fee=12))
    with pytest.raises(Invalid):
        check_cap(plan(1_000_000, 0, 12, way=AT_END, start=START), CAP_BP + 1)


@given(LOANS, st.integers(0, 5_000_000))
@settings(max_examples=30)
def test_what_the_cap_lets_through_never_takes_more_than_it_by_any_month(loan, fee):
    dues = planned(loan, fee)
    taken, most, left, over = 0, 0, loan[0], False
    for due in dues:
        taken, most = taken + due.interest, most + left * CAP_BP // 120_000
        left, over = left - due.principal, over or taken > most
    refused = False
    try:
        check_cap(dues)
    except Invalid:
        refused = True
    assert refused == over
    assert over or fee <= loan[0] * CAP_BP * loan[2] // 120_000


def test_no_year_comes_to_more_than_its_rate():
    for begun in (date(2027, 1, 1), date(2027, 7, 1), date(2028, 1, 1)):
        year = by_day(1_000_000, CAP_BP, begun, begun.replace(year=begun.year + 1))
        assert 199_000 < year <= 200_000
    assert by_day(1_000_000, CAP_BP, START, START) == by_day(9, 9, START, date(2025, 1, 1)) == 0


PLAN = plan(1_200_000, 600, 12, way=EQUAL, start=date(2026, 1, 10))


def stand(day: date, *paid: Paid, dues=PLAN):
    return stands(dues, paid, day, start=date(2026, 1, 10), rate_bp=600, late_bp=1_200)


def test_a_payment_pays_late_interest_then_interest_then_the_loan():
    now = stand(date(2026, 3, 20))  # two instalments are due, 38 and 10 days late
    late = by_day(100_000, 1_200, date(2026, 2, 10), date(2026, 3, 20)) + by_day(
        100_000, 1_200, date(2026, 3, 10), date(2026, 3, 20)
    )
    assert (now.now.late, now.now.interest, now.now.principal) == (late, 11_500, 200_000)
    assert (now.late_since, now.days_late) == (date(2026, 2, 10), 38)
    assert split(now, 1_000).late == 1_000
    parts = split(now, 50_000)
    assert (parts.late, parts.interest, parts.principal) == (late, 11_500, 38_500 - late)
    after = stand(date(2026, 3, 20), Paid(date(2026, 3, 20), parts))
    assert after.now.late == after.now.interest == 0
    assert after.now.principal == 161_500 + late
    later = stand(date(2026, 3, 21), Paid(date(2026, 3, 20), parts))
    left = 61_500 + late  # of the first instalment, and all of the second one
    day = (date(2026, 3, 20), date(2026, 3, 21))
    assert later.now.late == by_day(left, 1_200, *day) + by_day(100_000, 1_200, *day)


def test_more_than_the_next_instalment_is_no_ordinary_payment():
    now = stand(date(2026, 1, 20))
    assert split(now, 106_000).principal == 100_000
    with pytest.raises(Refused):
        split(now, 106_001)
    ahead = stand(date(2026, 1, 20), Paid(date(2026, 1, 20), split(now, 50_000)))
    assert ahead.next.amount == 56_000
    assert stand(date(2026, 2, 10), Paid(date(2026, 1, 20), split(now, 106_000))).now.amount == 0


def test_before_time_costs_interest_to_the_day_and_no_fee():
    paid = Paid(date(2026, 2, 10), split(stand(date(2026, 2, 10)), 106_000))
    now = stand(date(2026, 2, 20), paid)
    whole = early(now)
    assert whole.interest == by_day(1_100_000, 600, date(2026, 2, 10), date(2026, 2, 20)) == 1_803
    assert (whole.late, whole.principal) == (0, 1_100_000)
    part = early(now, 501_803)
    assert part.principal == 500_000
    with pytest.raises(Refused):
        early(now, 1_200_000)
    with pytest.raises(Refused):
        early(now, 1_803)
    dues = later_plan(now, out_on=date(2026, 1, 10), rate_bp=600, way=EQUAL, principal=600_000)
    assert (len(dues), sum(due.principal for due in dues)) == (11, 600_000)
    assert dues[0].due_on == date(2026, 3, 10)
    assert dues[0].interest == by_day(600_000, 600, date(2026, 2, 20), date(2026, 3, 10))


def test_a_later_plan_keeps_the_days_and_takes_no_interest_on_interest():
    now = stand(date(2026, 3, 20))
    carried = now.now.late + now.now.interest + now.accrued
    dues = later_plan(
        now, out_on=date(2026, 1, 10), rate_bp=600, way=EQUAL, grace=3, carried=carried
    )
    assert sum(due.principal for due in dues) == 1_200_000
    assert [due.principal for due in dues[:4]] == [0, 0, 0, 120_000]
    assert dues[3].interest == 6_000 + carried
    assert dues[1].interest == 6_000
    assert dues[0].due_on == date(2026, 4, 10)
    assert len(dues) == 13
    past = stand(date(2027, 6, 1))  # all of it is due long ago
    late = later_plan(past, out_on=date(2026, 1, 10), rate_bp=600, way=EQUAL, grace=2)
    assert [due.principal for due in late] == [600_000, 600_000]


@given(LOANS, st.lists(st.tuples(st.integers(0, 90), st.integers(1, 9_999)), max_size=6))
@settings(max_examples=30)
def test_whatever_is_paid_when_no_won_is_lost(loan, steps):
    amount, rate_bp, *_ = loan
    dues, day, paid = planned(loan), START, []
    late_bp = max(rate_bp, 1_200)

    def now():
        return stands(dues, paid, day, start=START, rate_bp=rate_bp, late_bp=late_bp)

    for days, part in steps:
        day += timedelta(days=days)
        before = now()
        most = before.now.amount + (before.next.amount if before.next else 0)
        sent = most * part // 9_999
        if not sent:
            continue
        parts = split(before, sent)
        assert parts.amount == sent
        assert min(parts.late, parts.interest, parts.principal) >= 0
        paid.append(Paid(day, parts))
        after = now()
        assert after.principal == before.principal - parts.principal
        assert after.now.amount == max(0, before.now.amount - sent)
    whole = early(now())
    paid.append(Paid(day, whole))
    end = now()
    assert end.principal == end.now.late == end.now.principal == 0
    assert sum(each.parts.principal for each in paid) == amount


def test_terms_above_the_law_are_refused_at_their_field():
    fine = Lending("꽃가게", "credit_union", "1", "02", 1, 1, 500, 800, "살림")
    fine.check()
    for name, changed in {
        "rate_bp": {"rate_bp": 2_001}, "late_bp": {"late_bp": 2_001},
        "capital": {"kind": "social_coop"}, "letter_days": {"letter_days": 91},
    }.items():  # fmt: skip
        with pytest.raises(Invalid) as error:
            Lending(**{**{k: getattr(fine, k) for k in fine.__slots__}, **changed}).check()
        assert name in error.value.fields
    with pytest.raises(Invalid):
        Lending("가", "credit_union", "1", "02", 1, 1, 800, 500, "살림").check()


def test_a_guarantor_answers_for_no_more_than_they_agreed_nor_than_is_owed():
    assert [guaranteed(500, owed) for owed in (900, 300, 0)] == [500, 300, 0]
