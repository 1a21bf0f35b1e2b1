"""The canonical form of JSON, by the examples of RFC 8785 and by its own rules."""

from __future__ import annotations

import json
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.federation.signatures.canonical import canonical

# RFC 8785, appendix B: the bits of a double, and how it is spelled.
NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}


@pytest.mark.parametrize(("bits", "spelled"), NUMBERS.items())
def test_numbers_of_the_rfc(bits, spelled):
    [value] = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical(value) == spelled.encode()


def test_names_are_in_the_order_of_utf_16():
    names = ["€", "\r", "\ufb33", "1", "😀", "\u0080", "ö"]
    ordered = ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"]
    assert list(json.loads(canonical(dict.fromkeys(names, 0)))) == ordered


def test_letters_are_escaped_only_where_they_must():
    assert canonical('€$\x0f\nA\'B"\\\\"/\x7f감') == (
        '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f감"'.encode()
    )


def test_the_whole_of_the_rfc_s_example():
    value = {
        "numbers": [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
        "string": '€$\x0f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    assert canonical(value).decode() == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_double_comes_back(value):
    assert float(canonical(value)) == value


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**53, -(2**53), {1: 2}, b"", "\ud800"])
def test_what_has_no_one_spelling_is_refused(value):
    with pytest.raises((ValueError, AttributeError)):
        canonical(value)
