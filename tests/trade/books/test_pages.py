"""The pages and the commands of the books between nodes, for stewards."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from sqlalchemy import update
from support.trading import GANGBUK, WANJU, Pair

from wizzle.core.web import create_app
from wizzle.plugins.trade.books import commands
from wizzle.plugins.trade.books.actions import make_statement
from wizzle.plugins.trade.books.models import Booking
from wizzle.plugins.trade.goods.models import Catalogue


def browser(pair: Pair, name: str, *, there: bool = False) -> FlaskClient:
    site = create_app(pair.wanju if there else pair.gangbuk)
    site.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return (pair.there if there else pair.sold.cast).signed_in(site, name)


@pytest.fixture
def settled(pair: Pair) -> Pair:
    """Gangbuk owes Wanju 3,366 won; December has begun."""
    pair.grow("대파", price=990, stock=100)
    pair.ordered({"alice": {"대파": 3}, "gina": {"대파": 1}}).settle_down()
    pair.sold.to("distributing").hand_over()
    pair.sold.settle()
    pair.sold.clock.advance(days=6)
    return pair.settle_down()


def test_books_are_for_stewards(settled: Pair):
    for path in ("/trade/books", f"/trade/books/{WANJU}"):
        assert browser(settled, "bob").get(path).status_code == 200
        assert browser(settled, "dana").get(path).status_code == 403
    assert "3,366원" in browser(settled, "bob").get("/me").text


def test_a_payment_from_the_page_to_the_other_bank_account(settled: Pair):
    bob, there = browser(settled, "bob"), browser(settled, "bob", there=True)
    page = bob.get(f"/trade/books/{WANJU}").text
    assert 'value="3366"' in page
    typed = {"amount": "3366", "reference": "강북위즐", "idempotency_key": "k1"}
    assert bob.post(f"/trade/books/{WANJU}", data={**typed, "amount": "3367"}).status_code == 409
    for _ in range(2):
        assert bob.post(f"/trade/books/{WANJU}", data=typed).status_code == 302
    settled.settle_down()
    waiting = settled.bookings(settled.wanju)[-1]
    path = f"/trade/books/{GANGBUK}/payments/{waiting.id}/arrived"
    assert "강북위즐" in there.get(f"/trade/books/{GANGBUK}").text
    there.post(path)
    settled.settle_down()
    assert settled.mirrors() == (0, 0)


def test_the_statement_of_a_month_can_be_printed(settled: Pair):
    bob = browser(settled, "bob")
    assert bob.post(f"/trade/books/{WANJU}/statements", data={"month": "x"}).status_code == 302
    made = bob.post(f"/trade/books/{WANJU}/statements", data={"month": "2026-11"})
    settled.settle_down()
    page = bob.get(made.location).text
    assert "3,366원" in page
    assert "서로 확인함" in page
    assert bob.get(f"{made.location}.pdf").data.startswith(b"%PDF")
    assert "3366" in bob.get(f"{made.location}.csv").data.decode("utf-8-sig")
    assert browser(settled, "dana").get(made.location).status_code == 403


def test_a_statement_of_the_running_month_says_until_when(settled: Pair):
    node = settled.gangbuk
    settled.sold.id = 0
    made = settled.do(node, make_statement, WANJU, "2026-12", so_far=True)
    bob = browser(settled, "bob")
    assert "여기까지의 기록" in bob.get(f"/trade/statements/{made.id}").text
    assert bob.get(f"/trade/statements/{made.id}.pdf").data.startswith(b"%PDF")
    whole = settled.do(node, make_statement, WANJU, "2026-11")
    assert "여기까지의 기록" not in bob.get(f"/trade/statements/{whole.id}").text


def test_both_sides_see_who_got_what_of_an_order(settled: Pair):
    for node, name, there in ((settled.gangbuk, "dana", False), (settled.wanju, "erin", True)):
        path = f"/trade/orders/{settled.order(node).id}"
        person = browser(settled, name, there=there)
        assert f"{path}/money" in person.get(path).text
        page = person.get(f"{path}/money").text
        assert all(sum_ in page for sum_ in ("3,960원", "277원", "317원", "3,366원")), page
        assert browser(settled, "frank", there=there).get(f"{path}/money").status_code in {403, 404}


def test_an_order_that_is_not_settled_has_no_money_yet(settled: Pair):
    settled.sold.id = 0
    settled.ordered({"alice": {"대파": 1}})
    path = f"/trade/orders/{settled.here.id}"
    dana = browser(settled, "dana")
    assert "/money" not in dana.get(path).text
    assert dana.get(f"{path}/money").status_code == 404


@pytest.fixture
def run(settled: Pair, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    monkeypatch.setattr(commands, "the_node", lambda: settled.gangbuk)

    def go(*arguments: str) -> Result:
        return CliRunner().invoke(commands.trade_group, list(arguments))

    return go


def test_statement_on_the_command_line(settled: Pair, run):
    shown = run("statement", WANJU, "--month", "2026-11", "--json")
    told = json.loads(shown.output)
    assert (told["opening"], told["closing"], len(told["events"])) == (0, 3366, 1)
    assert run("statement", WANJU, "--month", "2026-11").output.count("3,366") == 2
    assert run("statement", WANJU, "--month", "2026-13").exit_code == 2
    assert run("statement", "stranger.example", "--month", "2026-10").exit_code == 2


def test_books_on_the_command_line(settled: Pair, run):
    run("statement", WANJU, "--month", "2026-11")
    (book,) = json.loads(run("books", "--json").output)
    assert (book["host"], book["owed"], book["ledger"]) == (WANJU, 3366, 3366)
    assert [each["closing"] for each in book["statements"]] == [3366]
    assert run("books").output.count("3,366") == 3


def test_books_that_the_ledger_does_not_bear_out_end_with_1(settled: Pair, run):
    with settled.gangbuk.db.write() as session:
        session.execute(update(Booking).values(amount=Booking.amount + 1))
    assert run("books").exit_code == 1


def test_orders_on_the_command_line(settled: Pair, run):
    assert json.loads(run("orders", "--json").output) == {"orders": []}
    settled.sold.id = 0
    settled.ordered({"alice": {"대파": 1}})
    (order,) = json.loads(run("orders", "--json").output)["orders"]
    assert (order["state"], order["with"]) == ("offered", WANJU)
    assert WANJU in run("orders").output


def test_publishing_is_offered_above_the_goods_as_long_as_other_nodes_see_none(settled: Pair):
    def places() -> tuple[int, int]:
        page = browser(settled, "erin", there=True).get("/spaces/farm/today").text
        return page.index("/spaces/farm/catalogue"), page.index("/spaces/farm/today/goods/")

    catalogue, goods = places()
    assert catalogue > goods
    with settled.wanju.db.write() as session:
        session.execute(update(Catalogue).values(published=False))
    catalogue, goods = places()
    assert catalogue < goods
