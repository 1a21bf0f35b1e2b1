"""Web push, encrypted as RFC 8291 says; its own example is the test vector."""

from __future__ import annotations

from base64 import urlsafe_b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from support.browsers import FakeBrowser

from wizzle.core.webpush import NoBrowser, encrypt
from wizzle.core.webpush.encryption import MOST

# RFC 8291, section 5 and appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6T"
    "lzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4"
    "a-fN"
)


def raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_example_of_the_standard_comes_out_to_the_byte():
    sender = derive_private_key(int.from_bytes(raw(SENDER), "big"), SECP256R1())
    made = encrypt(PLAIN, raw(PUBLIC), raw(AUTH), sender=sender, salt=raw(SALT))
    assert made == raw(BODY)


def test_only_the_browser_it_is_for_can_read_it():
    browser, other = FakeBrowser(), FakeBrowser()
    body = encrypt("감자가 왔어요".encode(), browser.public, browser.auth)
    assert browser.read(body).decode() == "감자가 왔어요"
    with pytest.raises(Exception):  # noqa: B017, PT011 whatever the library says
        other.read(body)


def test_the_same_words_never_look_the_same():
    browser = FakeBrowser()
    assert len({encrypt(b"x", browser.public, browser.auth) for _ in range(5)}) == 5


@pytest.mark.parametrize(
    ("public", "auth"),
    [
        (b"", b"a" * 16),
        (b"\x04" + b"\0" * 64, b"a" * 16),  # no point of the curve
        (b"\x02" + b"\1" * 32, b"a" * 16),  # a compressed point
        (b"\x05" + raw(PUBLIC)[1:], b"a" * 16),
        (raw(PUBLIC)[:-1], b"a" * 16),
        (raw(PUBLIC), b"a" * 15),
        (raw(PUBLIC), b"a" * 17),
    ],
)
def test_keys_that_are_none_are_refused(public, auth):
    with pytest.raises(NoBrowser):
        encrypt(b"x", public, auth)


def test_what_does_not_fit_into_one_record_is_refused():
    browser = FakeBrowser()
    assert len(browser.read(encrypt(b"x" * MOST, browser.public, browser.auth))) == MOST
    with pytest.raises(ValueError, match="too many"):
        encrypt(b"x" * (MOST + 1), browser.public, browser.auth)
