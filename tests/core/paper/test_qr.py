"""QR codes: drawn module by module, without style, with words for those who do not see them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import segno
from markupsafe import Markup

from wizzle.core.paper import qr_svg
from wizzle.core.paper.qr import QUIET, runs

ADDRESS = "https://강북.example/collect/A7?key=abc"


def test_a_code_in_a_page_needs_no_style_and_says_what_it_is():
    drawn = qr_svg(ADDRESS, 'A7 "<수유>"')
    assert isinstance(drawn, Markup)
    assert "style" not in drawn
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'A7 "<수유>"'


def test_the_drawing_has_every_dark_module_and_a_free_margin():
    drawn = str(qr_svg(ADDRESS, ""))
    size = int(re.search(r'viewBox="0 0 (\d+)', drawn)[1])
    dark = {
        (int(y) - QUIET, int(x) - QUIET + step)
        for x, y, long in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawn)
        for step in range(int(long))
    }
    matrix = segno.make(ADDRESS, error="m", micro=False).matrix
    assert size == len(matrix) + 2 * QUIET
    assert dark == {
        (y, x) for y, line in enumerate(matrix) for x, module in enumerate(line) if module
    }


def test_what_no_code_can_hold_is_a_mistake():
    with pytest.raises(ValueError, match="too large"):
        runs("가" * 3_000)
