"""Reports: settled lines less what was corrected, grouped as asked, not told to others."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from support.settling import Sold

from wizzle.plugins.assembly.corrections.actions import correct
from wizzle.plugins.assembly.reports.queries import report
from wizzle.plugins.assembly.reports.rules import By, Scope, added, first_day

As = Callable[[str], FlaskClient]
SEOUL = ZoneInfo("Asia/Seoul")


def made(sold: Sold, by: By, **scope: Any) -> dict[str, tuple[int, int, int]]:
    with sold.node.db.read() as session:
        rows = report(session, by, Scope(**scope), SEOUL)
    return {
        row.label: (row.figures.quantity, row.figures.exempt, row.figures.taxed) for row in rows
    }


def take_back(sold: Sold, product: str, amount: int) -> None:
    line = next(line for line in sold.settled_lines() if line.product_name == product)
    with sold.node.db.write() as session:
        correct(sold.node, session, line.line_id, amount, reason="-", key="k", actor_id=None)


def test_every_grouping_holds_exempt_and_taxed_apart(sold: Sold):
    sold.settle()
    assert made(sold, By.PRODUCT) == {
        "쌀 한 봉": (1, 5000, 0), "대파 한 봉": (2, 4600, 0), "매실청 한 봉": (3, 0, 2970)
    }  # fmt: skip
    farm, other = (sold.cast.space(name).name for name in ("farm", "other_farm"))
    assert made(sold, By.PRODUCER) == {farm: (5, 4600, 2970), other: (1, 5000, 0)}
    assert made(sold, By.HUB) == {sold.cast.space("hub").name: (6, 9600, 2970)}
    assert made(sold, By.CYCLE) == {"이번 회차": (6, 9600, 2970)}
    names = {name: sold.cast.person(name).name for name in ("alice", "gina")}
    assert made(sold, By.RESIDENT) == {
        names["gina"]: (2, 7300, 0), names["alice"]: (4, 2300, 2970)
    }  # fmt: skip
    at = sold.clock.now().astimezone(SEOUL)
    assert made(sold, By.MONTH) == {f"{at.year}-{at.month:02}": (6, 9600, 2970)}


def test_a_correction_counts_on_the_day_on_which_it_was_made(sold: Sold):
    sold.settle()
    settled_at = sold.clock.now()
    sold.clock.advance(days=40)
    take_back(sold, "매실청", 990)
    later = settled_at + timedelta(days=1)
    assert made(sold, By.PRODUCT, end=later)["매실청 한 봉"] == (3, 0, 2970)
    assert made(sold, By.PRODUCT, start=later) == {"매실청 한 봉": (0, 0, -990)}
    assert made(sold, By.PRODUCT)["매실청 한 봉"] == (3, 0, 1980)
    assert [each[2] for each in made(sold, By.MONTH).values()] == [-990, 2970]


@pytest.mark.parametrize("by", list(By))
def test_one_seller_or_one_hub_alone(sold: Sold, by: By):
    sold.settle()
    take_back(sold, "쌀", 1000)
    with sold.node.db.read() as session:
        for scope, paid in (
            (Scope(seller_ids=(sold.cast.space("other_farm").id,)), 4000),
            (Scope(hub_ids=(sold.cast.space("hub").id,)), 11_570),
            (Scope(hub_ids=(999,)), 0),
            (Scope(seller_ids=()), 0),
        ):
            assert added(report(session, by, scope, SEOUL)).paid == paid


def test_every_grouping_comes_to_the_same_and_to_the_books(sold: Sold):
    @settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def weeks(data: st.DataObject) -> None:
        (good,) = sold.goods("사과", price=data.draw(st.integers(100, 9_999)))
        sold.ready({"alice": {good: 2}, "gina": {good: 1}}).hand_over().settle()
        take_back(sold, "사과", data.draw(st.integers(1, 100)))
        sold.clock.advance(days=data.draw(st.integers(0, 40)))
        with sold.node.db.read() as session:
            sums = {added(report(session, by, Scope(), SEOUL)) for by in By}
        assert len(sums) == 1
        (whole,) = sums
        assert whole.producer == sold.balance("producer", "farm") + sold.balance(
            "producer", "other_farm"
        )
        assert whole.activist == sold.balance("activist", "hub")
        assert whole.centre == sold.balance("fund")
        assert whole.paid == whole.producer + whole.activist + whole.centre

    sold.settle()
    weeks()


def test_who_sees_what(sold: Sold, as_: As):
    sold.settle()
    alice = sold.cast.person("alice").name
    assert as_("alice").get("/reports").status_code == 403
    assert as_("charlie").get("/reports").status_code == 403
    erins = as_("erin").get("/reports?by=resident").text
    assert alice not in erins
    assert "쌀" not in erins
    assert "매실청" in erins
    other = sold.cast.space("other_farm").id
    assert "쌀" not in as_("erin").get(f"/reports?seller={other}").text
    assert alice not in as_("erin").get("/reports.csv?by=resident").text
    assert alice in as_("dana").get("/reports?by=resident").text
    assert "쌀" in as_("bob").get("/reports").text


def test_a_report_is_kept_in_every_format(sold: Sold, as_: As):
    sold.settle()
    bob = as_("bob")
    for ending in ("csv", "xlsx", "ods", "pdf"):
        assert bob.get(f"/reports.{ending}?by=producer").status_code == 200, ending
    text = bob.get("/reports.csv?by=product").get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert sum(int(row[6]) for row in rows[1:]) == 12_570


@pytest.mark.parametrize(
    "query",
    ["start=2026-13-45", "until=x", "by=nonsense", "of=all", "seller=99999999999999", "after=7"],
)
def test_what_cannot_be_read_is_passed_over(sold: Sold, as_: As, query: str):
    sold.settle()
    assert as_("dana").get(f"/reports?{query}").status_code == 200


def test_the_page_asks_no_more_of_the_database_as_sales_grow(sold: Sold, as_: As):
    sold.settle()
    bob, counts, asked = as_("bob"), [], list[str]()
    event.listen(
        sold.node.db.engine, "before_cursor_execute", lambda *given: asked.append(given[2])
    )
    for _ in range(2):
        bob.get("/reports")  # when somebody was here last is written down once a while
        for by in By:
            asked.clear()
            assert bob.get(f"/reports?by={by}").status_code == 200
            counts.append(len(asked))
        (good,) = sold.goods("사과")
        sold.ready({"alice": {good: 2}}).hand_over().settle()
    assert counts[:6] == counts[6:]
    assert max(counts) <= 8


def test_months_are_counted_back_over_the_year():
    assert first_day(date(2026, 1, 31), 2) == date(2025, 11, 1)
    assert first_day(date(2026, 11, 23), 0) == date(2026, 11, 1)
