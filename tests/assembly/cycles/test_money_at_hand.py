"""Taking the money on hub day: credit, small differences, boxes, and which way a refund goes."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from support.rounds import Round

from wizzle.core import ledger
from wizzle.plugins.market import Order, OrderLine, containers_held
from wizzle.plugins.market.accounts import actions as accounts


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def value(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return found[1]


@pytest.fixture
def order(round_: Round) -> Order:
    """alice ordered three potatoes in a box that costs 700 won; she has 1,000 won of credit."""
    node, dana = round_.node, round_.cast.person("dana").id
    with node.db.write() as session:
        box = accounts.add_container(node, session, name="상자", deposit=700, actor_id=dana).id
    round_.to("open")
    order = round_.order("alice", {round_.products[0]: 3})
    code = f"resident:{order.person_id}"
    with node.db.write() as session:
        session.execute(
            update(OrderLine).where(OrderLine.order_id == order.id).values(container_id=box)
        )
        draft = ledger.Draft("gift", "test", "", (("bank", 1_000), (code, -1_000)))
        ledger.post(session, [draft], node.clock.now())
    round_.to("distributing")
    return order


def account(round_: Round, order: Order) -> int:
    with round_.node.db.read() as session:
        assert ledger.verify(session).ok
        return ledger.balance(session, f"resident:{order.person_id}")


def test_the_page_asks_for_what_is_to_be_taken(
    round_: Round, order: Order, dana: FlaskClient
) -> None:
    here = f"/rounds/{round_.id}/handover/{order.id}"
    page = dana.get(here).get_data(as_text=True)
    for shown in ("3,000원", "2,100원", "-1,000원", "4,100원"):
        assert shown in words(page)
    refused = dana.post(here, data={"shown": value(page, "shown"), "cash": "41000"})
    assert refused.status_code in (302, 409)
    dana.post(here, data={"shown": value(page, "shown"), "cash": "4000"})
    assert account(round_, order) == -100
    with round_.node.db.read() as session:
        [held] = containers_held(session, order.person_id)
        assert (held.name, held.number) == ("상자", 3)


def test_boxes_are_taken_back_where_the_order_is_handed_over(
    round_: Round, order: Order, dana: FlaskClient
) -> None:
    here = f"/rounds/{round_.id}/handover/{order.id}"
    dana.post(here, data={"shown": "4100"})
    page = dana.get(here).get_data(as_text=True)
    [action] = re.findall(r'action="(/market/people/[^"]+)"', page)
    form = {"number": "2", "host_id": value(page, "host_id"), "way": "balance",
            "idempotency_key": value(page, "idempotency_key")}  # fmt: skip
    answer = dana.post(action, data=form)
    assert answer.location == here
    assert "1,400원" in words(dana.get(here).get_data(as_text=True))
    assert account(round_, order) == 1_400


def test_a_refund_says_what_to_give_in_cash(round_: Round, order: Order, dana: FlaskClient) -> None:
    here = f"/rounds/{round_.id}/handover/{order.id}"
    dana.post(here, data={"shown": "4100"})
    with round_.node.db.read() as session:
        [line] = session.scalars(select(OrderLine.id).where(OrderLine.order_id == order.id))
    form = {"amount": "1500", "reason": "두 알이 상했어요", "idempotency_key": "k" * 16}
    page = dana.post(f"{here}/lines/{line}/refund", data=form, follow_redirects=True)
    assert "현금으로 500원을" in words(page.get_data(as_text=True))
    assert "1,000원은 주민의 잔액" in words(page.get_data(as_text=True))
    assert account(round_, order) == 1_000
