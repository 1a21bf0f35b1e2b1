"""What may go wrong with files on purpose: whose price it is, numbers used again, odd names."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from wizzle.core.node import Node
from wizzle.plugins.market.catalog.models import Product
from wizzle.plugins.market.imports.models import Import

As = Callable[[str], FlaskClient]
HEADER = "name,price,unit,origin,category,tax\n"


def _bring(who: FlaskClient, rows: str, name: str = "goods.csv") -> Any:
    sent = {
        "kind": "products", "confirmed": "yes",
        "file": (io.BytesIO((HEADER + rows).encode()), name),
    }  # fmt: skip
    return who.post("/spaces/farm/goods/import", data=sent, content_type="multipart/form-data")


def _last(node: Node) -> int:
    with node.db.read() as session:
        return session.scalars(select(Import.id).order_by(Import.id.desc())).first() or 0


def _price(node: Node) -> int:
    with node.db.read() as session:
        return session.scalars(select(Product.price)).one()


def test_a_steward_sets_no_price_by_taking_the_sellers_file_back(as_: As, node: Node) -> None:
    erin = as_("erin")
    _bring(erin, "kale,3000,1kg,here,veg,exempt\n")
    assert _bring(erin, "kale,5000,1kg,here,herbs,exempt\n").status_code == 302
    assert _price(node) == 5000
    as_("bob").post(f"/market/imports/{_last(node)}/undo")
    assert _price(node) == 5000


def test_a_seller_takes_their_own_price_back(as_: As, node: Node) -> None:
    erin = as_("erin")
    _bring(erin, "kale,3000,1kg,here,veg,exempt\n")
    _bring(erin, "kale,5000,1kg,here,veg,exempt\n")
    erin.post(f"/market/imports/{_last(node)}/undo")
    assert _price(node) == 3000


def test_a_new_product_is_never_shown_as_one_that_was_taken_back(
    as_: As, node: Node, client: FlaskClient
) -> None:
    erin = as_("erin")
    _bring(erin, "kale,3000,1kg,here,veg,exempt\n")
    assert "3,000" in client.get("/market").text
    erin.post(f"/market/imports/{_last(node)}/undo")
    _bring(erin, "leek,9000,1kg,here,veg,exempt\n")
    shown = client.get("/market").text
    assert "leek" in shown
    assert "kale" not in shown


@pytest.mark.parametrize("name", ["a\0b.csv", "\ufb2c" * 200 + ".csv", "../../x.csv"])
def test_an_odd_name_of_a_file_breaks_nothing(as_: As, name: str) -> None:
    assert _bring(as_("erin"), "kale,3000,1kg,here,veg,exempt\n", name).status_code == 302
