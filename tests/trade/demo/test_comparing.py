"""Two nodes' tables are held against each other, and every difference is said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from wizzle.plugins.trade.demo.rules.comparing import (
    Book,
    Line,
    Shares,
    Trade,
    as_dict,
    differences,
)
from wizzle.plugins.trade.demo.rules.showing import shown, width

LINE = Line("김장무", 1_900, wanted=3, agreed=3, sent=2, came=2)


def said(closing: int, *, made_here: bool, digest: str) -> dict[str, Any]:
    return {"made_here": made_here, "state": "accepted", "closing": closing, "digest": digest}


def book(owed: int, mine: str, other: str) -> Book:
    told = (said(owed, made_here=True, digest=mine), said(owed, made_here=False, digest=other))
    return Book(owed, owed, told, ledger_ok=True)


def trade() -> Trade:
    return Trade(
        here=[LINE], there=[LINE], shares=Shares(3_800, 266, 304, 3_230), before={"김장무": 300},
        after={"김장무": 297}, book_here=book(3_230, "a1", "b2"),
        book_there=book(-3_230, "b2", "a1"),
    )  # fmt: skip


def test_two_sides_that_say_the_same_agree():
    told = as_dict(trade())
    assert (told["ok"], told["difference"], told["differences"]) == (True, 0, [])
    assert (told["gross"], told["producer"], told["shipped"]) == (3_800, 3_230, 2)
    assert (told["mirror_gangbuk"], told["mirror_wanju"]) == (3_230, -3_230)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"there": [replace(LINE, agreed=2)]}, "order sheets differ"),
        ({"here": [], "there": []}, "order sheets differ"),
        ({"here": [replace(LINE, sent=3)], "there": [replace(LINE, sent=3)]}, "One piece less"),
        ({"after": {"김장무": 298}}, "left the stock"),
        ({"shares": Shares(3_900, 266, 404, 3_230)}, "is worth 3800"),
        ({"shares": Shares(3_800, 266, 303, 3_230)}, "do not add up"),
        ({"book_here": book(3_231, "a1", "b2")}, "owes 3231 won"),
        ({"book_there": book(-3_229, "b2", "a1")}, "books differ"),
        ({"book_there": replace(book(-3_230, "b2", "a1"), ledger=0)}, "ledger there"),
        ({"book_here": replace(book(3_230, "a1", "b2"), ledger_ok=False)}, "ledger here"),
        ({"book_here": replace(book(3_230, "a1", "b2"), statements=())}, "hub's node is not"),
        ({"book_there": book(-3_230, "b2", "a9")}, "hub's node was heard otherwise"),
        ({"book_here": book(3_230, "a1", "b9")}, "farm's node was heard otherwise"),
    ],
)
def test_every_difference_is_said(wrong: dict[str, Any], word: str):
    found = differences(replace(trade(), **wrong))
    assert any(word in each for each in found), found
    assert as_dict(replace(trade(), **wrong))["ok"] is False


def test_tables_stand_in_columns_also_with_hangul():
    text = shown(trade(), "강북", "완주")
    first = text.split("\n\n")[0].splitlines()
    assert {width(line) for line in first[:2]} == {width(first[0])}
    assert "300 -> 297" in text
    assert text.endswith("Both sides agree.")
    assert "They differ:" in shown(replace(trade(), after={}), "강북", "완주")
