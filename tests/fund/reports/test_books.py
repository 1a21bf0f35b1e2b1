"""The books as anybody reads them: they are the ledger, to the won, and say nothing of persons."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from support.cast import Cast
from support.sales import Sales

from wizzle.core import ledger
from wizzle.core.errors import Refused
from wizzle.core.models import LedgerAccount, LedgerEntry
from wizzle.plugins.fund.earmarks import actions, queries
from wizzle.plugins.fund.earmarks.actions import Move
from wizzle.plugins.fund.earmarks.models import Earmark
from wizzle.plugins.fund.earmarks.queries import of_the_fund
from wizzle.plugins.fund.reports.actions import check
from wizzle.plugins.fund.reports.queries.periods import all_months, the_period, zone_of
from wizzle.plugins.fund.reports.rules import covered, month_before

NUMBERS = count(1)
ON_ONE = pytest.mark.parametrize("node", ["sqlite"], indirect=True)
KINDS = ("dues", "donation", "pledge", "grant", "loan", "claim", "other")


def move(amount, **more):
    return Move(amount, f"r:{next(NUMBERS)}", more.pop("subject", "test:1"), "시험", **more)


def in_ledger(session):
    owed = session.scalar(
        select(func.coalesce(func.sum(LedgerEntry.amount), 0))
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(of_the_fund())
    )
    return -int(owed)


STEP = st.tuples(
    st.sampled_from(["in", "out", "back", "apart", "free", "undo", "sale", "month"]),
    st.integers(1, 900), st.sampled_from(KINDS), st.booleans(),
)  # fmt: skip


def play(node, session, area, step, keys):
    what, amount, kind, set_apart = step
    place = area if set_apart else None
    draft = move(amount, kind=kind, back=what == "back")
    if what == "in":
        actions.receive(node, session, draft, target=place)
    elif what in ("out", "back"):
        actions.spend(node, session, draft, source=place)
    elif what == "apart":
        actions.shift(node, session, draft, source=None, target=area)
    elif what == "free":
        actions.shift(node, session, draft, source=area, target=None)
    elif what == "undo" and keys:
        actions.take_back(node, session, keys[amount % len(keys)], memo="-", actor_id=None)
    keys.append(draft.key) if what in ("in", "out", "back", "apart", "free") else None


def check_all(node, session):
    months = all_months(session)
    found = [the_period(node, session, each.month).report for each in months]
    total = queries.total(session)
    assert total == in_ledger(session) == (months[-1].end if months else 0)
    assert queries.sums(session) == queries.recount(session, zone_of(node))
    for report, listed in zip(found, months, strict=True):
        assert report.begin + report.came_in - report.went_out == report.end == listed.end
        assert all(amount >= 0 for _, amount in report.stands)
    for before, after in pairwise(found):
        assert before.end == after.begin
    for year in {each.month // 100 for each in months}:
        report = the_period(node, session, year).report
        of_it = [one for one, each in zip(found, months, strict=True) if each.month // 100 == year]
        assert report.came_in == sum(one.came_in for one in of_it)
        assert report.went_out == sum(one.went_out for one in of_it)
        assert report.end == of_it[-1].end
    apart = ledger.balances(session, "earmark")
    assert sum(apart.values()) <= total


@given(st.lists(STEP, max_size=14))
@settings(max_examples=12)
def test_whatever_is_done_sums_and_reports_are_the_ledger(sqlite_node, steps):
    node, keys = sqlite_node, []
    sales = Sales(node, Cast(node))
    with node.db.write() as session:
        area = actions.open_area(
            node, session, name="먹거리", purpose="", key=f"h{next(NUMBERS)}", actor_id=None
        ).id
    for step in steps:
        if step[0] == "sale":
            sales.settle(next(NUMBERS), {"farm": step[1], "shop": step[1] + 1})
        elif step[0] == "month":
            node.clock.advance(days=step[1] % 40)
        else:
            try:
                with node.db.write() as session:
                    play(node, session, session.get_one(Earmark, area), step, keys)
            except Refused:
                continue
    with node.db.read() as session:
        check_all(node, session)


def test_on_both_databases_one_posting_moves_ledger_and_sums_or_neither(node, cast):
    sales = Sales(node, cast)
    sales.settle(1, {"farm": 500, "shop": 70})
    sales.tell(sales.facts[0])
    with node.db.write() as session:
        actions.receive(node, session, move(900, kind="dues"), target=None)
        actions.spend(node, session, move(100, subject="claim:3"), source=None)
    with node.db.write() as session:
        actions.receive(node, session, move(5), target=None)
        session.rollback()
    with node.db.read() as session:
        check_all(node, session)
        kinds = {key[3]: won for key, (won, _) in queries.sums(session).items()}
        assert kinds == {"round": 500, "shop": 70, "dues": 900, "claim": -100}
    assert check(node).wrong == ""
    with node.db.write() as session:  # somebody goes past the fund's own way
        draft = ledger.Draft("x:1", "x:1", "-", (("bank", 9), ("fund", -9)))
        ledger.post(session, [draft], node.clock.now())
    assert "? ?" in check(node).wrong
    with node.db.write() as session:
        assert actions.write_sums(session, zone_of(node)) == 1
        assert queries.total(session) == in_ledger(session)


@pytest.mark.parametrize("table", ["fund_moved", "fund_opinion"])
def test_what_was_said_of_the_books_cannot_be_rewritten(node, as_, table):
    with node.db.write() as session:
        actions.receive(node, session, move(5), target=None)
    month = f"{node.clock.now():%Y%m}"
    as_("gina").post(f"/fund/audit/opinions/{month}", data={"text": "맞아요"})
    with pytest.raises(DBAPIError, match="append-only"), node.db.write() as session:
        session.execute(text(f"DELETE FROM {table}"))


@ON_ONE
def test_the_page_the_table_and_the_paper_say_the_same(node, clock, client):
    clock.set(datetime(2026, 11, 30, 15, 0, tzinfo=UTC))  # the first of December in Seoul
    Sales(node, Cast(node)).settle(1, {"farm": 12_000, "shop": 345})
    with node.db.write() as session:
        area = actions.open_area(
            node, session, name="돌봄", purpose="병원 동행", key="a", actor_id=None
        )
        actions.receive(node, session, move(8_000, kind="grant"), target=area)
        actions.shift(node, session, move(2_000), source=None, target=area)
        actions.spend(node, session, move(1_500, kind="other"), source=area)
        actions.spend(node, session, move(45, kind="other"), source=None)
    page = client.get("/fund/months/2026-12")
    assert page.status_code == 200
    for words in ("2026년 12월", "12,000원", "345원", "8,000원", "1,500원", "18,800원", "돌봄"):
        assert words in page.text
    for address in ("/fund/months", "/fund", "/fund/years/2026"):
        assert "18,800원" in client.get(address).text
    table = client.get("/fund/months/2026-12.csv").data.decode("utf-8-sig")
    won = [int(row[3].replace(",", "")) for row in list(csv.reader(io.StringIO(table)))[1:]]
    assert won[0] + 20_345 - 1_545 == won[-1] == 18_800
    assert client.get("/fund/months/2026-12.pdf").data.startswith(b"%PDF")
    for nowhere in ("2026-11", "2027-01", "2026-13", "0-1"):
        assert client.get(f"/fund/months/{nowhere}").status_code == 404
    assert client.get("/fund/years/2025").status_code == 404


@ON_ONE
def test_a_stranger_follows_a_won_from_the_sale_to_what_it_was_for(node, client):
    Sales(node, Cast(node)).settle(7, {"farm": 900})
    node.clock.advance(days=40)
    with node.db.write() as session:
        actions.spend(node, session, move(250, subject="claim:7"), source=None)
    found = re.findall(r'href="(/fund/entries/\d+)"', client.get("/fund/entries").text)
    assert len(found) == 2
    spent, came = (client.get(path).text for path in found)
    assert "회차 7" in came
    assert "완주로컬푸드협동조합" in came
    assert "/rounds/7" in came
    assert "250원" in spent
    assert "2026년 11월" in spent  # the month whose income covers it
    assert client.get("/fund/entries/1").status_code == 404  # of the sale, and not the fund's
    assert client.get("/fund/entries/99").status_code == 404


@given(st.lists(st.integers(-50, 400), max_size=8), st.integers(0, 900), st.integers(1, 900))
def test_an_expense_is_covered_by_the_oldest_money_that_is_left(income, spent, amount):
    months = list(enumerate(income))
    found = covered(months, spent, amount)
    assert sum(won for _, won in found) == max(0, min(amount, sum_left(income) - spent))
    assert [month for month, _ in found] == sorted({month for month, _ in found})
    later = covered(months, spent + amount, 10_000)
    assert all(a[0] <= b[0] for a in found for b in later)


def sum_left(income):
    """What is there when no month may give back more than came before it."""
    total = 0
    for won in income:
        total = max(0, total + won)
    return total


def test_the_month_before_january_is_december():
    assert [month_before(each) for each in (202601, 202612)] == [202512, 202611]
