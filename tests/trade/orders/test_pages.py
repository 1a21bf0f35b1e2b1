"""The pages of an order, on both sides: who sees them, and what they do."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from support.trading import Pair

from wizzle.core.node import Node
from wizzle.core.web import create_app


def browser(pair: Pair, node: Node, name: str) -> FlaskClient:
    site = create_app(node)
    site.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    cast = pair.there if node is pair.wanju else pair.sold.cast
    return cast.signed_in(site, name)


@pytest.fixture
def leek(pair: Pair) -> Pair:
    """Three leeks that alice wants, asked for in Wanju."""
    pair.grow("대파", price=990, stock=10)
    pair.there.person("erin")
    return pair.ordered({"alice": {"대파": 3}}).settle_down()


def test_only_those_who_run_the_space_see_an_order(leek: Pair):
    path = f"/trade/orders/{leek.theirs.id}"
    assert browser(leek, leek.wanju, "erin").get(path).status_code == 200
    assert browser(leek, leek.wanju, "bob").get(path).status_code == 200
    assert browser(leek, leek.wanju, "frank").get(path).status_code == 404
    assert browser(leek, leek.wanju, "charlie").get(path).status_code == 403
    assert create_app(leek.wanju).test_client().get(path).status_code == 302


def test_producer_makes_ready_ships_and_hands_out_the_sheet(leek: Pair):
    erin, order = browser(leek, leek.wanju, "erin"), leek.theirs.id
    assert "대파" in erin.get("/spaces/farm/today").text
    page = erin.get(f"/trade/orders/{order}")
    assert "수유 마을부엌" in page.text
    erin.post(f"/trade/orders/{order}/ready")
    wrong = erin.post(f"/trade/orders/{order}", data={"units-1": "4", "lot-1": ""})
    assert wrong.status_code == 422
    assert 'value="4"' in wrong.text
    erin.post(f"/trade/orders/{order}", data={"units-1": "3", "lot-1": "밭 3"})
    leek.settle_down()
    assert leek.states == ("shipped", "shipped")
    assert "밭 3" in browser(leek, leek.gangbuk, "dana").get(f"/trade/orders/{leek.here.id}").text
    table = erin.get(f"/trade/orders/{order}.csv")
    assert "대파" in table.data.decode("utf-8-sig")
    assert erin.get(f"/trade/orders/{order}.pdf").data.startswith(b"%PDF")


def test_the_hub_counts_beginning_with_the_delivery_note(leek: Pair):
    from wizzle.plugins.trade.orders.actions import Sent as Goods

    leek.ship({"대파": Goods(2, None, "밭 3")})
    leek.settle_down()
    leek.sold.to("sent")
    page = browser(leek, leek.gangbuk, "dana").get(f"/rounds/{leek.sold.id}/receiving").text
    assert f'name="came-{leek.copies["대파"]}" value="2"' in page
    assert "밭 3" in page


def test_producer_cancels_with_a_reason_only(leek: Pair):
    erin, path = browser(leek, leek.wanju, "erin"), f"/trade/orders/{leek.theirs.id}/decline"
    erin.post(path, data={"reason": "no such reason"})
    assert leek.theirs.state == "accepted"
    erin.post(path, data={"reason": "weather"})
    leek.settle_down()
    assert leek.states == ("cancelled", "cancelled")
    page = browser(leek, leek.gangbuk, "dana").get(f"/trade/orders/{leek.here.id}").text
    assert "날씨" in page


def test_activist_of_another_hub_and_the_other_side_cannot_act(leek: Pair):
    here, theirs = leek.here.id, leek.theirs.id
    assert browser(leek, leek.gangbuk, "erin").post(
        f"/trade/orders/{here}/cancel").status_code in (403, 404)  # fmt: skip
    assert browser(leek, leek.wanju, "frank").post(
        f"/trade/orders/{theirs}/ready").status_code in (403, 404)  # fmt: skip
    assert browser(leek, leek.wanju, "erin").post(
        f"/trade/orders/{theirs}/cancel").status_code == 403  # fmt: skip
    assert leek.states == ("accepted", "accepted")


def test_activist_decides_on_dearer_goods(pair: Pair):
    pair.grow("대파", price=990, stock=10)
    pair.grow("감자", price=3000, stock=10)
    pair.change("대파", price=1200)
    pair.ordered({"alice": {"대파": 3, "감자": 1}}).settle_down()
    dana, path = browser(pair, pair.gangbuk, "dana"), f"/trade/orders/{pair.here.id}"
    page = dana.get(path).text
    assert "1,200원" in page
    assert "비싸진 물품 빼기" in page
    dana.post(f"{path}/drop")
    pair.settle_down()
    assert pair.states == ("accepted", "accepted")


def test_by_hand_a_person_confirms(pair: Pair, monkeypatch: pytest.MonkeyPatch):
    settings = {**pair.wanju.host.settings("trade"), "confirm": "hand"}
    monkeypatch.setattr(pair.wanju.host, "settings", lambda name: settings)
    pair.grow("대파", price=990, stock=10)
    pair.there.person("erin")
    pair.ordered({"alice": {"대파": 3}}).settle_down()
    assert pair.states == ("offered", "offered")
    assert pair.stock("대파") == 7
    browser(pair, pair.wanju, "erin").post(f"/trade/orders/{pair.theirs.id}/confirm")
    pair.settle_down()
    assert pair.states == ("accepted", "accepted")


def test_view_of_an_order_is_for_the_other_side_alone(leek: Pair):
    client, path = create_app(leek.wanju).test_client(), f"/trade/bundles/{leek.theirs.uid}"
    assert client.get(path).status_code == 401
    leek.post.asking.append("stranger.example")
    assert client.get(path).status_code == 404
    assert client.get(f"/trade/offers/{leek.theirs.order_ref}").status_code == 404
    leek.post.asking.append("gangbuk.example")
    shown = client.get(path).get_json(force=True)
    assert shown["state"] == "accepted"
    assert len(shown["viewHash"]) == 64
    assert client.get(f"/trade/offers/{leek.theirs.order_ref}").get_json(force=True) == shown


def test_lists_and_one_s_own_page(leek: Pair):
    erin = browser(leek, leek.wanju, "erin")
    assert "수유 마을부엌" in erin.get("/trade/orders").text
    assert "/trade/orders" in erin.get("/me").text
    assert "수유 마을부엌" not in browser(leek, leek.wanju, "frank").get("/trade/orders").text
    assert browser(leek, leek.wanju, "charlie").get("/trade/orders").status_code == 403
