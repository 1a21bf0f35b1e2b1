"""No page asks the database more often because its list is longer."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from wizzle.plugins.market import add_to_basket
from wizzle.plugins.market.orders.actions import check_out
from wizzle.plugins.market.orders.queries import basket_of


@contextmanager
def counted(node):
    """Count the statements of a block."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            seen.append(statement)

    event.listen(node.db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(node.db.engine, "before_cursor_execute", note)


@pytest.fixture
def asks(stall):
    """How often a page asks the database."""

    def asks(browser, path):
        browser.get(path)
        with counted(stall.node) as seen:
            assert browser.get(path).status_code == 200
        return len(seen)

    return asks


def test_longer_lists_ask_no_more(stall, as_, asks):
    alice, frank = as_("alice"), as_("frank")
    viewer = stall.cast.viewer("alice")
    shop = f"shop:{stall.cast.space('shop').id}"

    def grow(number):
        for index in range(number):
            product = stall.product(f"감자 {index}", stock=None)
            book = stall.product(f"책 {index}", seller="shop", stock=None)
            with stall.node.db.write() as session:
                add_to_basket(
                    stall.node, session, viewer, occasion="fair:1", product_id=product, quantity=1
                )
            stall.order("alice", {product: 1})
            stall.order("alice", {book: 1}, occasion=shop)

    grow(1)
    paths = [(alice, "/basket"), (alice, "/checkout"), (alice, "/orders"), (alice, "/me"),
             (frank, "/spaces/shop/orders")]  # fmt: skip
    few = [asks(*each) for each in paths]
    grow(15)
    assert [asks(*each) for each in paths] == few
    assert max(few) <= 20  # one's own page asks each room of the fund once


def test_an_order_of_many_lines_takes_few_statements(stall):
    products = [stall.product(f"감자 {number}", stock=None) for number in range(30)]
    viewer = stall.cast.viewer("alice")
    stall.cast.viewer = lambda _name: viewer
    with counted(stall.node) as seen:
        stall.order("alice", dict.fromkeys(products, 1))
    assert len(seen) == 9, seen


def test_a_checkout_of_many_lines_takes_few_statements(stall):
    node, viewer = stall.node, stall.cast.viewer("alice")
    products = [stall.product(f"감자 {number}", stock=None) for number in range(30)]
    with node.db.write() as session:
        for product in products:
            add_to_basket(node, session, viewer, occasion="fair:1", product_id=product, quantity=1)
        shown = basket_of(node, session, viewer.id).shown
    with counted(node) as seen, node.db.write() as session:
        check_out(node, session, viewer, key="once", payment="at_collection", shown=shown)
    assert len(seen) == 10, seen
