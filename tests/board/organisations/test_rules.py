"""Numbers in registers, and what an organisation can take out: rules without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.errors import Invalid
from wizzle.plugins.board.organisations import rules

WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def tax_number(first: list[int]) -> str:
    total = sum(d * w for d, w in zip(first, WEIGHTS, strict=True)) + first[8] * 5 // 10
    return "".join(map(str, [*first, (10 - total % 10) % 10]))


@given(st.lists(st.integers(0, 9), min_size=9, max_size=9), st.integers(1, 9))
def test_a_tax_number_is_kept_with_hyphens_and_one_wrong_figure_is_found(first, off):
    number = tax_number(first)
    kept = rules.number_form(number)
    assert kept == f"{number[:3]}-{number[3:5]}-{number[5:]}" == rules.number_form(kept)
    wrong = number[:9] + str((int(number[9]) + off) % 10)
    with pytest.raises(Invalid):
        rules.number_form(wrong)


@given(st.from_regex(r"[0-9]{6}[ -]?[1-8][0-9]{6}", fullmatch=True))
def test_a_resident_registration_number_is_never_kept(number):
    for text in (number, f"제{number}호", f" {number} "):
        with pytest.raises(Invalid):
            rules.number_form(text)


@pytest.mark.parametrize("number", ["제2024-12호", "2021-3-강북-12", "제 77 호", "서울 제1234호"])
def test_numbers_of_registers_are_kept_as_authorities_write_them(number):
    assert rules.number_form(number) == number


@pytest.mark.parametrize("text", ["호", "<script>1</script>", "감자😀1", "a" * 41, "1"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(Invalid):
        rules.number_form(text)


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["income", "expense"]), st.sampled_from(["bank", "cash"]),
        st.integers(1, 10**6),
    ),
    max_size=30,
)  # fmt: skip


@given(ENTRIES)
def test_what_can_be_taken_out_keeps_both_holders_from_falling_below_nothing(entries):
    bank = cash = 0
    for kind, holder, amount in entries:
        room = rules.at_hand(holder, owned=bank + cash, cash=cash)
        if kind == "expense" and amount > room:
            continue
        legs = rules.legs(kind, holder, amount, 7)
        assert sum(won for _, won in legs) == 0
        moved = dict(legs)
        bank, cash = bank + moved.get("bank", 0), cash + moved.get("cash:7", 0)
        assert bank >= 0
        assert cash >= 0
        assert moved["organisation:7"] == (-amount if kind == "income" else amount)
