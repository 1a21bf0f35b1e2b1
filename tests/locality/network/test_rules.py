"""Rules of the network: provinces, who is near, codes, and which sums may be shown."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.plugins.locality.network.rules.calls import (
    ENDS,
    STATES,
    code_of,
    id_of,
    may_become,
    next_by_stewards,
)
from wizzle.plugins.locality.network.rules.circulation import (
    LEAST,
    RESIDENTS,
    Part,
    moves,
    of_thousand,
    protected,
    stayed,
    together,
)
from wizzle.plugins.locality.network.rules.picture import drawn
from wizzle.plugins.locality.network.rules.provinces import (
    ELSEWHERE,
    HERE,
    PROVINCES,
    SAME_PROVINCE,
    counted,
    nearness,
    province_of,
    tiles,
)

HOME = ("서울특별시", "강북구")


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("서울특별시", "서울"), ("충청남도", "충남"), ("전라북도", "전북"), ("경상남도", "경남"),
        ("전북특별자치도", "전북"), ("세종특별자치시", "세종"), ("강원도", "강원"),
        ("제주", "제주"),
        (" 경기 도", "경기"), ("전남광주통합특별시", "전남"), ("광주광역시", "광주"),
    ],
)  # fmt: skip
def test_a_province_is_known_by_all_its_names(text, short):
    found = province_of(text)
    assert found is not None
    assert found.names.ko == short


@pytest.mark.parametrize("text", ["", "도", "충청", "서울시청", "<script>", "平壤", "🥔" * 200])
def test_what_is_no_province_is_none(text):
    assert province_of(text) is None


def test_every_province_has_a_tile_of_its_own():
    assert len(PROVINCES) == 17
    assert len({(each.x, each.y) for each in PROVINCES}) == 17
    for one, other in combinations(PROVINCES, 2):  # a tile is two wide, and rows are staggered
        assert one.y != other.y or abs(one.x - other.x) >= 2
        assert (one.x + one.y) % 2 == (other.x + other.y) % 2


def test_the_numbers_on_the_map_are_those_of_the_spaces():
    numbers, unknown = counted([("전북", 3), ("전라북도", 2), ("", 4), ("충남", 1)])
    assert (numbers, unknown) == ({"jeonbuk": 5, "chungnam": 1}, 4)
    shown = {tile.province.key: (tile.number, tile.shade) for tile in tiles(numbers)}
    assert shown["jeonbuk"] == (5, 3)
    assert shown["chungnam"] == (1, 1)
    assert shown["jeju"] == (0, 0)


def test_near_is_the_county_then_the_province_and_who_says_nothing_is_elsewhere():
    assert nearness("서울", "강북", HOME) == HERE
    assert nearness("서울특별시", "강북구", HOME) == HERE
    assert nearness("서울", "도봉구", HOME) == SAME_PROVINCE
    assert nearness("전북", "완주군", HOME) == ELSEWHERE
    assert nearness("", "강북구", HOME) == ELSEWHERE
    assert nearness("세종", "", ("세종특별자치시", "")) == HERE


codes = st.sampled_from(
    ["cash:1", "bank", "resident:5", "held", "deposit", "producer:1", "producer:2", "activist:3",
     "centre", "fund", "earmark:2", "organisation:4"]
)  # fmt: skip


@given(st.dictionaries(codes, st.integers(-9_999, 9_999).filter(bool), min_size=1, max_size=6))
def test_what_moves_is_what_the_accounts_gained_and_no_person_is_told_apart(entries):
    rest = -sum(entries.values())
    posting = [*entries.items(), *([("held", rest)] if rest else [])]
    found = moves("cycle:1", posting, reverses=False)
    gained: dict[str, int] = {}
    for payer, receiver, amount in found:
        assert "resident:" not in payer + receiver
        gained[receiver] = gained.get(receiver, 0) + amount
        if payer == RESIDENTS and not receiver.startswith(("organisation:", "fund")):
            assert amount == -entries[receiver]
    assert RESIDENTS not in gained or len(found) == 1 or not gained[RESIDENTS]


def test_payouts_and_cash_brought_to_the_bank_are_no_trade():
    assert moves("payout:3", [("producer:1", 500), ("bank", -500)]) == []
    assert moves("space:3", [("bank", 500), ("cash:3", -500)]) == []
    assert moves("order:9", [("cash:3", 500), ("held", -500)]) == []


def test_what_an_organisation_spends_is_no_gift_taken_back():
    gift = [("bank", 500), ("organisation:4", -500)]
    back = [("bank", -500), ("organisation:4", 500)]
    assert moves("organisation:4", gift) == [(RESIDENTS, "organisation:4", 500)]
    assert moves("organisation:4", back) == []
    assert moves("organisation:4", back, reverses=True) == [(RESIDENTS, "organisation:4", -500)]
    assert moves("fund:1", [("fund", 500), ("earmark:2", -500)]) == []
    assert moves("fund:2", [("earmark:2", 500), ("bank", -500)]) == []
    assert moves("fund:3", [("bank", 500), ("fund", -500)]) == [(RESIDENTS, "fund", 500)]
    assert moves("grant:1", [("fund", 500), ("organisation:4", -500)]) == [
        ("fund", "organisation:4", 500)
    ]


parts = st.lists(
    st.tuples(st.integers(-500, 9_999), st.integers(0, 12)), min_size=0, max_size=6
).map(
    lambda found: [Part((f"k{number}",), *each) for number, each in enumerate(found)]
)  # fmt: skip


@given(parts)
def test_nothing_shown_and_no_difference_of_it_tells_about_fewer_than_five(given_parts):
    shown = protected(given_parts)
    behind = {part.keys[0]: part for part in given_parts}
    if shown.total is None:
        assert shown.parts == ()
        return
    assert sum(part.amount for part in shown.parts) == shown.total
    known = sum(part.amount for part in given_parts)
    assert known == shown.total
    for size in range(len(shown.parts) + 1):  # whatever somebody adds up or takes off
        for some in combinations(shown.parts, size):
            for keys in ([k for p in some for k in p.keys],
                         [k for p in shown.parts if p not in some for k in p.keys]):  # fmt: skip
                told = [behind[key] for key in keys]
                assert not told or max(each.residents for each in told) >= LEAST


@given(st.lists(parts, max_size=4))
def test_sums_of_what_may_be_shown_sum_up(several):
    found = [protected(each) for each in several]
    joined = together(found)
    assert (joined.total or 0) == sum(each.total or 0 for each in found)
    assert sum(part.amount for part in joined.parts) == (joined.total or 0)


def test_what_stayed_is_not_told_where_it_would_tell_the_rest():
    near, far = Part((HERE,), 600, 3), Part((ELSEWHERE,), 400, 9)
    assert stayed(protected([near, far]), frozenset({HERE})) is None
    shown = protected([Part((HERE,), 600, 8), far])
    assert stayed(shown, frozenset({HERE})) == 600
    assert of_thousand([(600, 1_000)]) == 600
    assert of_thousand([(1, 3)]) == 333
    assert of_thousand([(-5, 10), (0, -10)]) is None
    assert of_thousand([]) is None


@given(st.lists(st.integers(-100, 10**9), min_size=1, max_size=5))
def test_a_band_is_as_thick_as_its_share_and_words_never_lie_over_another(amounts):
    picture = drawn([(f"n{number}", each, "here") for number, each in enumerate(amounts)])
    places = [band.words_y for band in picture.bands]
    assert all(after - before >= 40 for before, after in pairwise(places))
    assert all(0 < place < picture.height for place in places)
    thick = {band.amount: band.bar_height for band in picture.bands}
    assert thick[max(thick)] == max(thick.values())


@given(st.integers(1, 10**6), st.text(max_size=30))
def test_only_the_right_code_opens_an_application(number, noise):
    code = code_of("secret", number)
    assert id_of(code, "secret") == number
    assert id_of(f"  {code.lower()} ", "secret") == number
    assert id_of(code, "another") is None
    assert id_of(code[:-1] + ("A" if code[-1] != "A" else "B"), "secret") is None
    assert id_of(noise, "secret") is None


def test_every_way_of_an_application_ends_and_stewards_take_nothing_back():
    for state in STATES:
        for new in STATES:
            if may_become(state, new):
                assert state not in ENDS
    assert next_by_stewards("received") == ("review",)
    assert next_by_stewards("talk") == ("accepted", "refused")
    assert next_by_stewards("accepted") == ()
