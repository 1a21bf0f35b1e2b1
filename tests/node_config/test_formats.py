"""Addresses, databases, registrations and the other values that have a form of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.node_config import formats, readers
from wizzle.node_config.mistakes import Complaint, Wrong


def code(read: Callable[[object], object], value: object) -> str:
    """Return the code of what is wrong with ``value``."""
    with pytest.raises(Wrong) as raised:
        read(value)
    complaint = raised.value.messages[0]
    assert isinstance(complaint, Complaint)
    return complaint.code


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://gangbuk.example.org", "https://gangbuk.example.org"),
        ("HTTPS://Gangbuk.Example.org:443/", "https://gangbuk.example.org"),
        ("https://강북.example", "https://xn--939ak44a.example"),
        ("https://gangbuk.example.org:8443", "https://gangbuk.example.org:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("http://wanju.localhost", "http://wanju.localhost"),
    ],
)
def test_public_address_in_one_form(written: str, kept: str) -> None:
    assert formats.base_url(written) == kept
    assert formats.base_url(kept) == kept


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("gangbuk.example.org", "url_scheme"),
        ("localhost:8000", "url_scheme"),
        ("ftp://gangbuk.example.org", "url_scheme"),
        ("https://", "url_host"),
        ("https://:8000", "url_host"),
        ("https://a..b", "url_host"),
        ("https://강북..example", "url_host"),
        ("https://our node.example", "url_host"),
        ("https://node.example:99999", "url_host"),
        ("https://node.example:0", "url_host"),
        ("https://[::1", "url_host"),
        ("https://node.example/path", "url_extra"),
        ("https://node.example?x", "url_extra"),
        ("https://alice:pw@node.example", "url_extra"),
        ("http://gangbuk.example.org", "url_https"),
        ("http://192.168.0.5:8000", "url_https"),
        ("http://127.0.0.1.example.org", "url_https"),
        ("http://localhost.example.org", "url_https"),
        (8000, "text"),
        ("", "empty"),
    ],
)
def test_addresses_that_cannot_be_public(written: object, wrong: str) -> None:
    assert code(formats.base_url, written) == wrong


@given(st.text())
def test_no_text_breaks_the_reading_of_addresses(written: str) -> None:
    try:
        kept = formats.base_url(written)
    except Wrong:
        return
    assert formats.base_url(kept) == kept


@pytest.mark.parametrize("written", ["sqlite:///wizzle.db", "postgresql+psycopg://a:b@h:1/c"])
def test_databases(written: str) -> None:
    assert formats.database_url(written) == written


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("wizzle.db", "database_scheme"),
        ("postgres://h/d", "database_scheme"),
        ("postgresql+asyncpg://h/d", "database_scheme"),
        ("mysql://h/d", "database_scheme"),
        ("sqlite://wizzle.db", "database_file"),
        ("sqlite://", "database_file"),
        ("sqlite:///", "database_file"),
        ("sqlite:///:memory:", "database_file"),
        ("postgresql://host", "database_name"),
        ("postgresql://host/", "database_name"),
        ("postgresql://host/?sslmode=require", "database_name"),
    ],
)
def test_databases_that_cannot_be_used(written: str, wrong: str) -> None:
    assert code(formats.database_url, written) == wrong


@pytest.mark.parametrize("written", ["123-45-67891", "1234567891", " 123 45 67891 "])
def test_business_number(written: str) -> None:
    assert formats.business_number(written) == "123-45-67891"


@pytest.mark.parametrize(
    "written", ["123-45-6789", "123-45-678910", "abc-de-fghij", "-", "１234567891"]
)
def test_business_numbers_without_ten_digits(written: str) -> None:
    assert code(formats.business_number, written) == "business_number"


@given(st.integers(0, 9), st.integers(0, 9))
def test_one_wrong_digit_of_a_business_number_is_noticed(place: int, digit: int) -> None:
    right = "1234567891"
    changed = right[:place] + str(digit) + right[place + 1 :]
    # The ninth digit counts through a division, as the tax office has it; all others singly.
    if changed == right:
        assert formats.business_number(changed)
    elif place != 8:
        assert code(formats.business_number, changed) == "business_checksum"


@pytest.mark.parametrize(
    "written", ["02-000-1234", "1588-0000", "+82 2 000 1234", "(063) 000-0033"]
)
def test_telephones(written: str) -> None:
    assert formats.phone(written) == written


@pytest.mark.parametrize("written", ["112", "전화", "010-0000-0000 (alice)", "--------"])
def test_no_telephones(written: str) -> None:
    assert code(formats.phone, written) == "phone"


@pytest.mark.parametrize("written", ["강북 위즐 <a@b.example>", "a@b.example", ""])
def test_senders(written: str) -> None:
    assert formats.sender(written) == written


@pytest.mark.parametrize("written", ["alice", "a@b", "강북 위즐 <a@b>", "a@b.example, c@d.example"])
def test_no_senders(written: str) -> None:
    assert code(formats.sender, written) == "email"


def test_report_numbers_are_kept_as_offices_write_them() -> None:
    for written in ("제2026-서울강북-0001호", "강북-1234호", ""):
        assert formats.mail_order_number(written) == written
    assert code(formats.mail_order_number, "신고함") == "mail_order_number"


def test_a_line_break_cannot_slip_into_a_header() -> None:
    assert code(formats.sender, "a@b.example\nBcc: c@d.example") == "one_line"
    assert code(readers.text, "a\0b") == "one_line"


@pytest.mark.parametrize(
    "written", ["Asia", "../etc/passwd", "/etc/localtime", "서울", "Asia/Soul"]
)
def test_no_time_zones(written: str) -> None:
    assert code(formats.time_zone, written) in ("time_zone", "time_zone_near")


def test_time_zones() -> None:
    assert formats.time_zone("Asia/Seoul") == "Asia/Seoul"
    assert formats.time_zone("Europe/Berlin") == "Europe/Berlin"


@pytest.mark.parametrize("written", [True, 1.0, "8000", 0, 65_536, None])
def test_no_ports(written: object) -> None:
    assert code(lambda value: readers.whole(value, 1, 65_535), written) == "whole"


def test_a_text_has_an_end() -> None:
    assert readers.text("가" * 200) == "가" * 200
    assert code(readers.text, "가" * 201) == "long"
