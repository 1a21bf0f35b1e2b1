"""Units as people write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.errors import Refused
from wizzle.plugins.market.catalog.rules import UNIT_KINDS, Unit, parse_unit, unit_text

KOREAN = {
    "bunch": "단", "bag": "봉", "box": "박스", "head": "포기", "bottle": "병", "tray": "판",
    "piece": "개", "set": "세트", "pack": "팩", "net": "망", "animal": "마리", "pouch": "포",
}  # fmt: skip
COUNTED = sorted(code for code, kind in UNIT_KINDS.items() if not kind.measured)


def written_units(kinds: list[str]) -> st.SearchStrategy[Unit]:
    """Units with one reading: beside several containers only weight or volume is clear."""
    kind, size = st.sampled_from(kinds), st.integers(1, 10**7)
    count = st.integers(1, 9_999)
    return st.one_of(
        size.map(lambda grams: Unit("mass", size=grams, measure="g")),
        size.map(lambda ml: Unit("volume", size=ml, measure="ml")),
        st.builds(Unit, kind, count),
        kind.map(lambda code: Unit(code, half=True)),
        st.builds(
            lambda code, many, amount, measure: Unit(code, many, size=amount, measure=measure),
            kind, count, size, st.sampled_from(["g", "ml"]),
        ),
        st.builds(lambda code, many, of: Unit(code, size=many, measure=of), kind, count, kind),
    )  # fmt: skip


@given(written_units(COUNTED))
def test_a_unit_is_read_back_from_its_english_text(unit: Unit) -> None:
    assert parse_unit(unit_text(unit)) == unit


@given(written_units(sorted(KOREAN)))
def test_a_unit_is_read_back_from_its_korean_text(unit: Unit) -> None:
    words = {UNIT_KINDS[code].label: word for code, word in KOREAN.items()}
    words |= {UNIT_KINDS[code].plural: word for code, word in KOREAN.items()}
    words |= {"%(count)s %(unit)s": "%(count)s%(unit)s", "half a %(unit)s": "반 %(unit)s"}
    assert parse_unit(unit_text(unit, words.__getitem__)) == unit


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.5kg", "mass/1500g"),
        ("1.5 ㎏", "mass/1500g"),
        ("1,500g", "mass/1500g"),
        ("500 그램", "mass/500g"),
        ("１００ g", "mass/100g"),
        ("kg", "mass/1000g"),
        ("반 kg", "mass/500g"),
        ("두 되", ""),
        ("500ml", "volume/500ml"),
        ("1L", "volume/1000ml"),
        ("1.8 리터", "volume/1800ml"),
        ("한 단", "bunch"),
        ("단", "bunch"),
        ("두 봉", "2*bag"),
        ("네 봉지", "4*bag"),
        ("이 단", "2*bunch"),
        ("스무 마리", "20*animal"),
        ("열두 개", "12*piece"),
        ("3개입", "3*piece"),
        ("30구", "30*piece"),
        ("10 EA", "10*piece"),
        ("한 판", "tray"),
        ("반 판", "half*tray"),
        ("1/2 박스", "half*box"),
        ("한 판(30구)", "tray/30piece"),
        ("30구 한 판", "tray/30piece"),
        ("1박스(10kg)", "box/10000g"),
        ("10kg 박스", "box/10000g"),
        ("10kg/박스", "box/10000g"),
        ("병 500ml", "bottle/500ml"),
        ("봉 500g", "bag/500g"),
        ("봉지 (10개입)", "bag/10piece"),
        ("500g x 2봉", "2*bag/500g"),
        ("1톳(100장)", "tot/100sheet"),
        ("1망(3포기)", "net/3head"),
        ("1박스(30포)", "box/30pouch"),
        ("세트", "set"),
        ("세 세트", "3*set"),
        ("2인분", "2*serving"),
        ("포기", "head"),
    ],
)  # fmt: skip
def test_what_people_write(text: str, code: str) -> None:
    if code:
        assert parse_unit(text).code == code
    else:
        with pytest.raises(Refused, match="different weight"):
            parse_unit(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("반 말", "different weight"),
        ("한 근", "different weight"),
        ("2봉 500g", "in each, or altogether"),
        ("500g 2봉", "in each, or altogether"),
        ("2봉(500g)", "in each, or altogether"),
        ("반 박스 5kg", "in each, or altogether"),
        ("봉(약 500g)", "exact amount"),
        ("500g 내외", "exact amount"),
        ("0.3333kg", "whole number of grams"),
        ("500mg", "whole number of grams"),
        ("1,5kg", "whole number of grams"),
        ("0g", "whole number of grams"),
        ("십구", "not a unit"),
        ("1.5단", "not a unit"),
        ("0봉", "not a unit"),
        ("1+1", "not a unit"),
        ("특대", "not a unit"),
        ("", "missing"),
    ],
)
def test_what_is_not_clear_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        parse_unit(text)


PIECES = st.sampled_from([*"한두반10.,g봉단구x()/약십㎏½근입개 ", "kg"])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_text_is_a_unit_or_refused(text: str) -> None:
    with suppress(Refused):
        unit = parse_unit(text)
        assert Unit.from_code(unit.code) == unit
