"""What happens side by side: a basket in two windows, a seller's change, a seller's file."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from wizzle.core.errors import Refused
from wizzle.plugins.market import Item, Order, add_to_basket, place_order
from wizzle.plugins.market.imports.queries import known_products
from wizzle.plugins.market.orders.actions import check_out
from wizzle.plugins.market.orders.queries import basket_of


def test_a_basket_in_two_windows_is_ordered_once(stall):
    product = stall.product(stock=50)
    node, alice = stall.node, stall.cast.viewer("alice")
    with node.db.write() as session:
        add_to_basket(node, session, alice, occasion="fair:1", product_id=product, quantity=3)
        shown = basket_of(node, session, alice.id).shown
    begun = threading.Event()

    def press(session: Session, key: str) -> list[Order]:
        return check_out(
            node, session, alice, key=key, payment="at_collection", shown=shown
        )[0]  # fmt: skip

    def other_window() -> None:
        with node.db.write() as session:
            begun.set()
            press(session, "b" * 20)

    with ThreadPoolExecutor(1) as pool:
        with node.db.write() as session:
            press(session, "a" * 20)
            late = pool.submit(other_window)
            begun.wait(1)  # on SQLite it cannot begin yet
            time.sleep(0.5)  # long enough for it to have read the basket
        with pytest.raises(Refused):
            late.result()
    assert [order.key for order in stall.orders()] == ["a" * 20 + "/fair:1"]
    assert stall.stock(product) == 47


@pytest.mark.parametrize("change", [{"unit_label": "500g"}, {"name": "못난이 감자"}, {"price": 1}])
def test_what_became_another_thing_meanwhile_is_not_ordered(stall, change):
    product = stall.product(stock=50)
    node, alice = stall.node, stall.cast.viewer("alice")
    with node.db.write() as session:
        add_to_basket(node, session, alice, occasion="fair:1", product_id=product, quantity=3)
        shown = basket_of(node, session, alice.id).shown
    stall.set(product, **change)
    with pytest.raises(Refused), node.db.write() as session:
        check_out(node, session, alice, key="k" * 20, payment="at_collection", shown=shown)
    assert stall.orders() == []
    with node.db.read() as session:
        assert len(basket_of(node, session, alice.id).ready) == 1


def test_a_file_does_not_wait_for_orders_that_take_nothing_of_its_goods(stall):
    product, farm = stall.product(stock=None), stall.cast.space("farm").id
    node, alice = stall.node, stall.cast.viewer("alice")
    with node.db.write() as ordering:
        place_order(
            node, ordering, alice,
            occasion="fair:1", items=[Item(product, 1)], key="k" * 20,
        )  # fmt: skip
        with node.db.read() as reading:
            if not node.db.is_sqlite:
                reading.execute(text("SET LOCAL lock_timeout = '2s'"))
            assert [known.id for known in known_products(reading, [farm])] == [product]
