"""Codes of certificates are read however they are typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wizzle.core import certificates


@given(st.text(alphabet=certificates.SIGNS, min_size=16, max_size=16))
def test_a_code_is_read_however_it_is_typed(code):
    shown = certificates.shown_code(code)
    for typed in (code, shown, shown.lower(), f" {shown} ", shown.replace("-", " ")):
        assert certificates.code_form(typed) == code
    assert certificates.code_form(code.replace("0", "o").replace("1", "l")) == code


@given(st.text(max_size=60))
def test_what_is_no_code_is_none(text):
    found = certificates.code_form(text)
    assert found == "" or (len(found) == 16 and set(found) <= set(certificates.SIGNS))
