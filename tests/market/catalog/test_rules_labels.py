"""Allergens, certificates, ways of keeping and weights, as people write them."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.errors import Refused
from wizzle.plugins.market.catalog.rules import (
    ALLERGENS,
    CERTIFICATIONS,
    STORAGES,
    Certificate,
    certificate_of,
    check_piece,
    grams_text,
    most_grams,
    parse_allergens,
    parse_certification,
    parse_day,
    parse_grams,
    parse_sold_by,
    parse_unit,
    piece_price,
    storage_code,
    titled,
    weighed_amount,
)

DAY = date(2026, 11, 23)


def test_the_law_names_twenty_two_allergens_with_the_shellfish_apart():
    assert len(ALLERGENS) == 22
    assert len(",".join(ALLERGENS)) <= 200, "all of them fit the column"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("우유, 대두, 밀", "milk,soybean,wheat"),
        ("밀·우유/계란", "egg,milk,wheat"),
        ("조개류(굴, 전복, 홍합 포함)", "shellfish,oyster,abalone,mussel"),
        ("소고기 및 돼지고기 함유", "pork,beef"),
        ("아황산류(10mg/kg 이상)", "sulphites"),
        ("Pine nuts and milk", "milk,pine_nut"),
        ("milk,milk,egg", "egg,milk"),
        ("없음", ""),
    ],
)
def test_allergens_are_read_as_people_write_them(written, kept):
    assert parse_allergens(written) == kept


def test_a_word_that_is_no_allergen_is_refused_and_not_dropped():
    with pytest.raises(Refused, match="고수"):
        parse_allergens("우유, 고수")


@given(st.sets(st.sampled_from(sorted(ALLERGENS))))
def test_what_is_said_of_allergens_is_read_back(codes):
    kept = ",".join(code for code in ALLERGENS if code in codes)
    assert parse_allergens(", ".join(str(ALLERGENS[code]) for code in codes)) == kept


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_a_download_says_is_read_back_in_each_language(node, language):
    say = node.catalogues.tongue(language).say
    for code, name in ALLERGENS.items():
        assert parse_allergens(say(name)) == code
    for code, name in CERTIFICATIONS.items():
        assert parse_certification(say(name)) == code
    for code, name in STORAGES.items():
        assert storage_code(say(name)) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [("유기농", "organic"), ("유기농 인증", "organic"), ("GAP인증", "gap"),
     ("무항생제", "antibiotic_free"), ("동물복지", "animal_welfare"), ("없음", ""),
     ("haccp", "haccp")],
)  # fmt: skip
def test_certifications_are_read_as_people_write_them(written, code):
    assert parse_certification(written) == code


@pytest.mark.parametrize(
    "written", ["2027-05-01", "2027.5.1", "2027. 5. 1.", "2027년 5월 1일", "20270501"]
)
def test_a_day_is_read_in_every_usual_form(written):
    assert parse_day(written) == date(2027, 5, 1)


@pytest.mark.parametrize("written", ["내년", "2027-02-30", "27-05-01", "05/01/2027"])
def test_a_day_that_is_none_is_refused(written):
    with pytest.raises(Refused):
        parse_day(written)


def good(**other):
    return SimpleNamespace(
        **{
            "certification": "organic", "certificate_number": "15-1", "certificate_until": DAY,
            "price": 12_900, "sold_by": "weight", "expected_g": 1_200, **other,
        }
    )  # fmt: skip


def test_a_certificate_holds_to_its_last_day_and_not_a_day_longer():
    assert str(certificate_of(good(), DAY)) == "organic 15-1 2026-11-23"
    assert certificate_of(good(), date(2026, 11, 24)) is None
    assert certificate_of(good(certificate_until=None), DAY) is None
    assert certificate_of(good(certification=""), DAY) is None


@given(
    st.sampled_from(sorted(CERTIFICATIONS)), st.text("0123456789-가제호", max_size=60), st.dates()
)
def test_a_kept_certificate_is_read_back(kind, number, until):
    made = Certificate(kind, number, until)
    assert Certificate.read(str(made)) == made


def test_what_is_no_certificate_is_read_as_none():
    assert Certificate.read("") is None
    assert Certificate.read("손글씨 인증") is None


@pytest.mark.parametrize(
    ("written", "grams"), [("1.2kg", 1_200), ("약 1.2kg", 1_200), ("800 g", 800), ("1키로", 1_000)]
)
def test_a_weight_is_read(written, grams):
    assert parse_grams(written) == grams


@pytest.mark.parametrize("written", ["1200", "무거움", "5g", "500kg", "1L", "한 마리"])
def test_what_is_no_weight_of_a_piece_is_refused(written):
    with pytest.raises(Refused):
        parse_grams(written)


def test_what_is_weighed_is_ordered_by_the_piece():
    check_piece(parse_unit("마리"))
    with pytest.raises(Refused, match="1 kg"):
        check_piece(parse_unit("1kg"))


def test_by_weight_or_by_the_piece():
    assert parse_sold_by("무게") == parse_sold_by("weight") == "weight"
    assert parse_sold_by("개수") == parse_sold_by("piece") == "piece"
    with pytest.raises(Refused):
        parse_sold_by("대충")


def test_a_piece_costs_what_its_expected_weight_costs():
    assert piece_price(good()) == 15_480
    assert piece_price(good(sold_by="piece")) == 12_900
    assert most_grams(1_200) == 1_440
    assert grams_text(1_200) == "1.2kg"
    assert grams_text(800) == "800g"


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_won_of_grams_are_rounded_once_half_up(price, grams):
    exact = price * grams
    assert (
        weighed_amount(price, grams) * 1_000 - 500
        <= exact
        < weighed_amount(price, grams) * 1_000 + 500
    )


def test_a_variant_stands_behind_the_name():
    assert titled("사과", "대") == "사과 (대)"
    assert titled("사과", "") == "사과"
