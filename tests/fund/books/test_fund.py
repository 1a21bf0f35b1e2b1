"""The fund: what comes in, from where, and that everyone may read it."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from support.cast import Cast
from support.sales import Sales

from wizzle.core import ledger
from wizzle.core.facts import SharesReversed
from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
from wizzle.core.values import Split, Won
from wizzle.core.web import create_app
from wizzle.plugins.fund.books.queries import by_month, entries
from wizzle.plugins.fund.books.rules import months

SEOUL = ZoneInfo("Asia/Seoul")
NUMBERS = count(1)
"""Of rounds and lines: examples of one test play on one node."""


def amounts(page: str) -> list[int]:
    """The won of every entry on a page, in order."""
    listed = page.partition("들어오고 나간 내역")[2]
    return [int(found.replace(",", "")) for found in re.findall(r"<dd>([\d,]+)원</dd>", listed)]


def test_the_centres_share_comes_in_and_nothing_stays_with_the_centre(sales: Sales):
    sales.settle(1, {"farm": 238, "other_farm": 400})
    assert sales.balance() == 638
    assert sales.balance("centre") == 0
    with sales.node.db.read() as session:
        assert ledger.verify(session).ok


def test_the_same_fact_again_changes_nothing(sales: Sales):
    fact = sales.settle(1, {"farm": 238})
    sales.tell(fact)
    sales.tell(fact)
    assert sales.balance() == 238
    with sales.node.db.read() as session:
        assert len(entries(sales.node, session)) == 1


def test_a_share_of_nothing_makes_no_entry(sales: Sales):
    sales.settle(1, {"farm": 0, "other_farm": 5})
    with sales.node.db.read() as session:
        assert [entry.line.amount for entry in entries(sales.node, session)] == [5]


def test_a_round_without_sales_is_heard_as_well(sales: Sales):
    sales.settle(1, {})
    assert sales.balance() == 0


def test_strangers_read_balance_and_source_of_every_entry(sales: Sales, client: FlaskClient):
    sales.settle(7, {"farm": 12_345, "other_farm": 400})
    page = client.get("/fund/entries").text
    assert "12,745원" in client.get("/fund").text
    for words in ("회차 7", "수유 마을부엌", "완주로컬푸드협동조합", "12,345원"):
        assert words in page
    assert sorted(amounts(page)) == [400, 12_345]


def test_entries_lead_to_their_round_while_somebody_tells_of_it(sales: Sales, client: FlaskClient):
    sales.settle(7, {"farm": 500})
    assert 'href="/rounds/7"' in client.get("/fund/entries").text


def test_all_pages_together_are_the_ledger_to_the_won(sales: Sales, client: FlaskClient):
    for number in range(1, 41):
        sales.settle(number, {"farm": number, "other_farm": 1_000 + number})
    found, url, pages = [], "/fund/entries", 0
    while url:
        page = client.get(url).text
        found += amounts(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        url, pages = html.unescape(following[1]) if following else "", pages + 1
    assert pages == 3
    assert len(found) == 80
    assert sum(found) == sales.balance()


def test_it_stands_alone_without_dead_links(new_node):
    node = new_node("alone", plugins=("fund",))
    sales = Sales(node, Cast(node))
    sales.settle(7, {"farm": 500})
    client = create_app(node).test_client()
    assert client.get("/fund").status_code == 200
    page = client.get("/fund/entries")
    assert page.status_code == 200
    assert amounts(page.text) == [500]
    assert "/rounds/" not in page.text


def test_switched_off_and_on_again_it_has_lost_nothing(new_node):
    node = new_node("first")
    Sales(node, Cast(node)).settle(1, {"farm": 500})
    url = str(node.db.url)
    off = new_node("off", plugins=("market", "assembly"), url=url, migrated=True)
    assert create_app(off).test_client().get("/fund").status_code == 404
    on = new_node("on", url=url, migrated=True)
    assert amounts(create_app(on).test_client().get("/fund/entries").text) == [500]


def test_home_shows_what_the_fund_holds(sales: Sales, client: FlaskClient):
    assert "마을기금" in client.get("/").text
    sales.settle(1, {"farm": 1_234})
    home = client.get("/").text
    assert "1,234원이 더 모였어요" in home


def test_months_are_those_of_the_neighbourhood(sales: Sales, clock: FixedClock):
    clock.set(datetime(2026, 11, 30, 14, 30, tzinfo=UTC))  # 23:30 in Seoul
    sales.settle(1, {"farm": 10})
    clock.set(datetime(2026, 11, 30, 15, 0, tzinfo=UTC))  # midnight
    sales.settle(2, {"farm": 200})
    clock.set(datetime(2026, 12, 31, 14, 59, tzinfo=UTC))
    sales.settle(3, {"farm": 3_000})
    with sales.node.db.read() as session:
        found = by_month(sales.node, session, 3)
    assert [(m.start.year, m.start.month, m.amount) for m in found] == [
        (2026, 12, 3_200), (2026, 11, 10), (2026, 10, 0),
    ]  # fmt: skip


def test_months_are_drawn_once_there_is_something(sales: Sales, client: FlaskClient):
    assert "2026년 11월" not in client.get("/fund").text
    sales.settle(1, {"farm": 10})
    assert "2026년 11월" in client.get("/fund").text


@given(now=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), count=st.integers(1, 40))
def test_months_follow_each_other_without_a_gap(now: datetime, count: int):
    starts = months(now.replace(tzinfo=UTC), SEOUL, count)
    assert starts[0] <= now.replace(tzinfo=UTC)
    assert all(start.day == 1 and start.hour == 0 for start in starts)
    places = [start.year * 12 + start.month for start in starts]
    assert places == list(range(places[0], places[0] - count, -1))


def test_an_entry_that_is_no_sale_says_what_the_ledger_says(
    sales: Sales, site: Flask, clock: FixedClock
):
    draft = ledger.Draft("gift:1", "gift:1", "이웃의 기부", (("cash:1", 900), ("fund", -900)))
    with sales.node.db.write() as session:
        ledger.post(session, [draft], clock.now())
    page = site.test_client().get("/fund/entries").text
    assert "이웃의 기부" in page
    assert amounts(page) == [900]


@pytest.mark.parametrize("statement", ["UPDATE {} SET title = ''", "DELETE FROM {}"])
def test_where_money_came_from_cannot_be_rewritten(sales: Sales, statement: str):
    sales.settle(1, {"farm": 10})
    with pytest.raises(DBAPIError, match="append-only"), sales.node.db.write() as session:
        session.execute(text(statement.format("fund_income")))


def test_the_page_asks_no_more_of_the_database_as_the_list_grows(
    sales: Sales, client: FlaskClient, node: Node
):
    asked: list[str] = []
    event.listen(node.db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for number in (1, 2, 3, 4, 5, 6):
        sales.settle(number, {"farm": 10, "other_farm": 20})
        asked.clear()
        assert client.get("/fund/entries").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1
    assert counts[0] <= 6


def reversed_share(sales: Sales, centre: int, posting: str = "corrected:1:k") -> SharesReversed:
    """Take back what a sale gave the centre, as whoever corrects it tells it."""
    farm, hub = sales.cast.space("farm"), sales.cast.space("hub")
    fact = SharesReversed(
        "cycle:7", "회차 7", hub.id, farm.id, farm.name,
        Split(Won(9), Won(1), Won(centre)), posting, sales.node.clock.now(),
    )  # fmt: skip
    entries = (("centre", centre), ("resident:1", -centre))
    drafts = [ledger.Draft(posting, "cycle:7", "-", entries)] if centre else []
    with sales.node.db.write() as session:
        ledger.post(session, drafts, fact.at)
        sales.node.hooks.shares_reversed(node=sales.node, session=session, fact=fact)
    return fact


def test_what_a_correction_takes_back_goes_out_once_and_is_shown(sales: Sales, client: FlaskClient):
    sales.settle(7, {"farm": 500})
    fact = reversed_share(sales, 79)
    with sales.node.db.write() as session:
        sales.node.hooks.shares_reversed(node=sales.node, session=session, fact=fact)
    assert sales.balance() == 421
    assert sales.balance("centre") == 0
    page = client.get("/fund/entries").text
    assert "이웃에게 돌려준 돈" in page
    assert "-79원" in page
    with sales.node.db.read() as session:
        found = [entry.line.amount for entry in entries(sales.node, session)]
        assert ledger.verify(session).ok
    assert sum(found) == sales.balance()


def test_a_correction_that_took_nothing_of_the_centres_makes_no_entry(sales: Sales):
    sales.settle(7, {"farm": 500})
    reversed_share(sales, 0)
    assert sales.balance() == 500


@given(
    shares=st.lists(st.integers(0, 10_000), max_size=6),
    back=st.lists(st.integers(1, 9_999), max_size=6),
)
def test_the_fund_is_what_centres_got_less_what_was_taken_back(
    sqlite_node: Node, shares: list[int], back: list[int]
):
    sales = Sales(sqlite_node, Cast(sqlite_node))
    before = sales.balance()
    for share in shares:
        sales.settle(next(NUMBERS), {"farm": share})
    for amount in back:
        reversed_share(sales, amount, f"corrected:{next(NUMBERS)}:k")
    assert sales.balance() == before + sum(shares) - sum(back)
    assert sales.balance("centre") == 0
