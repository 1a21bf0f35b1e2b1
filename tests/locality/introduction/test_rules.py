"""Pure rules of the introduction: which charter holds, blocks, links and files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.errors import Refused
from wizzle.plugins.locality.introduction.rules.blocks import (
    MOST_BLOCKS,
    lowered,
    moved,
    put,
    read,
    without,
    written,
)
from wizzle.plugins.locality.introduction.rules.papers import MOST_BYTES, check_pdf, is_link
from wizzle.plugins.locality.introduction.rules.terms import in_force, is_over

DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Version:
    id: int
    in_force_on: date


@given(st.lists(st.integers(-40, 40), max_size=8))
def test_the_last_version_whose_day_has_come_is_in_force(days):
    versions = [Version(n, DAY + timedelta(days=each)) for n, each in enumerate(days, 1)]
    found = in_force(versions, DAY)
    begun = [each for each in versions if each.in_force_on <= DAY]
    assert (found is None) is (not begun)
    if found is not None:
        assert all((each.in_force_on, each.id) <= (found.in_force_on, found.id) for each in begun)


def test_the_last_day_of_a_term_is_still_in_office():
    assert not is_over(DAY, DAY)
    assert is_over(DAY, DAY + timedelta(days=1))
    assert not is_over(None, DAY)


BLOCKS = st.lists(st.integers().map(lambda n: {"kind": "text", "text": str(n)}), max_size=6)


@given(BLOCKS, st.integers(-2, 8), st.sampled_from([-1, 1]))
def test_moving_keeps_every_part(blocks, place, step):
    if not 0 <= place < len(blocks):
        with pytest.raises(Refused):
            moved(blocks, place, step)
        return
    made = moved(blocks, place, step)
    assert sorted(map(str, made)) == sorted(map(str, blocks))
    if 0 <= place + step < len(blocks):
        assert made[place + step] == blocks[place]
    assert len(without(blocks, place)) == len(blocks) - 1
    assert read(written(made)) == made


def test_a_page_has_an_end():
    full = [{"kind": "text", "text": "x"}] * MOST_BLOCKS
    with pytest.raises(Refused):
        put(full, MOST_BLOCKS, full[0])
    assert put(full, 3, {"kind": "text", "text": "y"})[3]["text"] == "y"


def test_headings_stand_below_that_of_the_page():
    assert lowered("# 하나\n## 둘\n#해시\na # b") == "## 하나\n### 둘\n#해시\na # b"


@pytest.mark.parametrize("text", ["https://example.org", "http://example.org/a?b=c#d",
                                  "https://한글.example/문서"])  # fmt: skip
def test_links_lead_to_the_web(text):
    assert is_link(text)


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//example.org", "/path",
     "https://", "https://a b", "https://user:pass@example.org", "https://example.org\\@evil",
     "java\tscript:alert(1)", "ftp://example.org", "https://[", "mailto:a@example.org", ""],
)  # fmt: skip
def test_nothing_else_is_a_link(text):
    assert not is_link(text)


def test_a_pdf_is_whole_and_not_too_large():
    good = b"%PDF-1.7\n" + b"x" * 100 + b"\n%%EOF\n"
    check_pdf(good)
    for bad in (b"", b"PK\x03\x04", good[:-7], b"<html>%PDF", b"%PDF-" + b"x" * MOST_BYTES):
        with pytest.raises(Refused):
            check_pdf(bad)
