"""The page of one product: who sells it, who gets what, and where it can be ordered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import ModuleType

import pytest

from wizzle.core.answers import SaleTerms
from wizzle.core.hookspecs import hookimpl
from wizzle.core.values import Message


@pytest.fixture
def fair(node, cast):
    """An occasion at which everything is sold: 7 % to the activist, 8 % to the centre."""
    now = node.clock.now()
    held = SaleTerms(
        occasion="fair:1", title="목요 장터", place="수유 마을부엌", address="수유로 1",
        cut_off=now + timedelta(days=2), collect_from=now + timedelta(days=3),
        collect_until=now + timedelta(days=3, hours=3), host_id=cast.space("hub").id,
        activist_bp=700, centre_bp=800, offered=frozenset(range(1000)), url="/fair",
    )  # fmt: skip
    hooks = ModuleType("fair")
    hooks.terms = [held]
    hooks.sale_occasions = hookimpl(lambda product_ids: hooks.terms)
    node.host._manager.register(hooks, name="fair")
    return hooks


def main(page):
    return page.text.partition("<main")[2].partition("</main>")[0]


def test_who_gets_what_is_shown_to_the_won(client, shelve, fair):
    page = main(client.get(f"/market/{shelve(price=2970)}"))
    assert "2,524원" in page
    assert "208원" in page
    assert "238원" in page
    assert "85%" in page


def test_logged_in_one_can_put_it_into_the_basket(as_, client, shelve, fair):
    made = shelve(minimum=3, step=3, stock=30)
    assert "/log-in" in main(client.get(f"/market/{made}"))
    page = main(as_("alice").get(f"/market/{made}"))
    assert 'name="occasion" value="fair:1"' in page
    assert f'name="product_id" value="{made}"' in page
    assert 'name="quantity"' in page
    assert 'min="3" step="3" max="30"' in page


def test_where_it_is_not_sold_or_closed_there_is_no_button(as_, shelve, fair):
    made = shelve()
    alice = as_("alice")
    fair.terms = [replace(fair.terms[0], offered=frozenset())]
    assert "fair:1" not in main(alice.get(f"/market/{made}"))
    fair.terms = [
        replace(fair.terms[0], offered=frozenset({made}), closed=Message("The fair is over.", {}))
    ]
    assert "fair:1" not in main(alice.get(f"/market/{made}"))


def test_sold_out_cannot_be_put_into_the_basket(as_, shelve, fair):
    made = shelve(stock=0)
    assert 'name="quantity"' not in main(as_("alice").get(f"/market/{made}"))


def test_a_shops_goods_are_sold_at_the_shop_and_all_of_the_price_is_its(as_, shelve):
    made = shelve("엽서", seller="shop", unit_code="piece", unit_label="1장", price=1500)
    page = main(as_("alice").get(f"/market/{made}"))
    assert "shop:" in page
    assert "수유 책방" in page


def test_the_sellers_identity_and_the_brokers_notice_stand_before_any_order(client, shelve):
    page = main(client.get(f"/market/{shelve()}"))
    for item in ("완주로컬푸드협동조합", "홍길동", "전북 완주군 1", "063-000-0000",
                 "farm@example.com", "000-00-00000"):  # fmt: skip
        assert item in page
    assert "강북 운영센터" in page


def test_there_is_no_such_product(client):
    for number in ("0", "999", "99999999999999999999", "-1", "x"):
        assert client.get(f"/market/{number}").status_code == 404, number


def test_a_plugin_that_fails_to_answer_does_not_take_the_page_down(client, shelve, fair):
    fair.terms = None
    assert client.get(f"/market/{shelve()}").status_code == 200
