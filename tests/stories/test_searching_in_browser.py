"""A neighbour looks for something to eat in a real browser, without and with a script."""

from __future__ import annotations

import pytest
from support.cast import Cast
from support.rounds import Round
from support.served import Served

from wizzle.core import search

from .conftest import Enter


@pytest.mark.parametrize("javascript", [True, False])
def test_a_neighbour_finds_goods_however_they_are_spaced(
    town: Served, cast: Cast, stranger: Enter, javascript: bool
) -> None:
    this_round = Round(town.node, cast, town.node.clock)
    [product] = this_round.goods("햇감자")
    this_round.draft().offer().to("open")
    search.begin_anew(town.node)  # goods of a test are put on the shelf past everybody
    search.keep_up(town.node)
    naru = stranger(javascript=javascript)
    naru.goes_to("/")
    naru.presses("찾기", place="header")
    naru.page.get_by_role("searchbox").fill("햇 감자")
    naru.page.get_by_role("searchbox").press("Enter")
    naru.page.wait_for_url("**/search?q=*")
    naru.sees("상품", "햇감자", "1,000원")
    naru.presses("햇감자")
    assert naru.path == f"/market/{product}"
    naru.goes_to("/search?q=햇감자를")
    naru.sees("찾지 못했어요")
    naru.presses("햇감자")
    naru.sees("1,000원")
