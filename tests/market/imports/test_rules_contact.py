"""Places, telephone numbers and business numbers as people write them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.errors import Refused
from wizzle.plugins.market.imports.rules import (
    parse_business_number,
    parse_email,
    parse_phone,
    read_province,
)


@pytest.mark.parametrize(
    ("text", "short"),
    [("서울", "서울"), ("서울특별시", "서울"), ("충청남도", "충남"), ("전라북도", "전북"),
     ("전북특별자치도", "전북"), ("강원특별자치도", "강원"), ("제주 도", "제주")],
)  # fmt: skip
def test_a_province_goes_by_its_short_name(text: str, short: str) -> None:
    assert read_province(text) == short


@pytest.mark.parametrize(
    ("text", "number"),
    [("01000000000", "010-0000-0000"), ("1000000000", "010-0000-0000"),
     ("02)000-0000", "02-000-0000"), ("041.000.0000", "041-000-0000"),
     ("+82 10-0000-0000", "010-0000-0000"), ("1588-0000", "1588-0000")],
)  # fmt: skip
def test_a_telephone_number(text: str, number: str) -> None:
    assert parse_phone(text) == number


def test_a_business_number_must_check() -> None:
    assert parse_business_number("0000012340") == "000-00-12340"
    with pytest.raises(Refused, match="business registration"):
        parse_business_number("000-00-12341")


@pytest.mark.parametrize("text", ["erin@farm.example", " erin.kim+box@mail.farm.example "])
def test_an_address_is_kept_as_it_is_written(text: str) -> None:
    assert parse_email(text) == text.strip()


@pytest.mark.parametrize("text", ["erin", "erin@farm", "Erin <erin@farm.example>", "a@b@c.example"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="not an e-mail address"):
        parse_email(text)


READERS: list[Callable[[str], object]] = [
    parse_phone,
    parse_email,
    parse_business_number,
    read_province,
]


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@given(text=st.one_of(st.text(), st.text("0123456789-()+. ", max_size=20)))
def test_any_text_is_read_or_refused(read: Callable[[str], object], text: str) -> None:
    with suppress(Refused):
        assert read(text) is not None
