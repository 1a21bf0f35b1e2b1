"""An occasion has one name: an order under another one would be seen by nobody who serves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from support.cast import Cast
from support.rounds import Round

from wizzle.core.node import Node
from wizzle.plugins.market.orders.queries import basket_of

As = Callable[[str], FlaskClient]


@pytest.mark.parametrize("name", ["cycle:0{}", "cycle:{:٠>2}", "cycle:{}\u200b", " cycle:{}"])
def test_a_round_under_another_name_takes_nothing(
    as_: As, cast: Cast, node: Node, round_: Round, name: str
) -> None:
    wish = {
        "occasion": name.format(str(round_.id)),
        "product_id": str(round_.products[0]), "quantity": "1",
    }  # fmt: skip
    assert as_("alice").post("/basket/add", data=wish).status_code == 409
    with node.db.read() as session:
        assert not basket_of(node, session, cast.person("alice").id).parts


def test_a_shop_under_another_name_takes_nothing(
    as_: As, cast: Cast, node: Node, round_: Round
) -> None:
    book = round_.goods("책", farm="shop")[-1]
    wish = {
        "occasion": f"shop:0{cast.space('shop').id}", "product_id": str(book), "quantity": "1",
    }  # fmt: skip
    assert as_("alice").post("/basket/add", data=wish).status_code == 409
    with node.db.read() as session:
        assert not basket_of(node, session, cast.person("alice").id).parts


def test_a_form_of_thousands_of_goods_does_not_keep_the_database(
    as_: As, node: Node, round_: Round
) -> None:
    asked = []

    def count(*_: object) -> None:
        asked.append(1)

    alice = as_("alice")
    event.listen(node.db.engine, "before_cursor_execute", count)
    wish = {f"q{number}": "1" for number in range(1, 5_001)}
    answer = alice.post(f"/rounds/{round_.id}/basket", data=wish)
    event.remove(node.db.engine, "before_cursor_execute", count)
    assert answer.status_code == 302
    assert len(asked) < 1_000
