"""Choosing what a round offers: producers with all they have, then product by product."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from support.rounds import Round

from wizzle.core.errors import Refused
from wizzle.plugins.assembly.cycles import actions
from wizzle.plugins.assembly.cycles.models import Offer
from wizzle.plugins.market import Product, withdraw_order


def offered(round_: Round) -> set[int]:
    with round_.node.db.read() as session:
        return set(session.scalars(select(Offer.product_id).where(Offer.cycle_id == round_.id)))


def test_a_ticked_producer_offers_everything_at_first(round_: Round, dana: FlaskClient) -> None:
    corn = round_.goods("옥수수", "콩", farm="other_farm")
    farms = [round_.cast.space(farm).id for farm in ("farm", "other_farm")]
    dana.post(f"/rounds/{round_.id}/offers", data={"producer": farms})
    assert offered(round_) == set(round_.products)
    dana.post(f"/rounds/{round_.id}/offers", data={"producer": farms[1:]})
    assert offered(round_) == set(corn)


def test_single_products_are_chosen_and_stay_chosen(round_: Round, dana: FlaskClient) -> None:
    farm = round_.cast.space("farm").id
    potato = round_.products[0]
    dana.post(f"/rounds/{round_.id}/offers/{farm}", data={"product": [potato]})
    assert offered(round_) == {potato}
    # Whoever took part already is not given back what was taken out.
    dana.post(f"/rounds/{round_.id}/offers", data={"producer": [farm]})
    assert offered(round_) == {potato}


def test_the_products_of_a_new_producer_are_all_ticked(round_: Round, dana: FlaskClient) -> None:
    round_.goods("옥수수", "콩", farm="other_farm")
    other = round_.cast.space("other_farm").id
    page = dana.get(f"/rounds/{round_.id}/offers/{other}").get_data(as_text=True)
    assert page.count("checked") == 2
    assert "아직 함께하지 않는 생산자예요" in page


def test_only_listed_goods_of_producers_come_in(round_: Round, dana: FlaskClient) -> None:
    shop_goods = round_.goods("책", farm="shop")
    off = round_.goods("내린 것", listed=False)
    before = offered(round_)
    shop, farm = round_.cast.space("shop").id, round_.cast.space("farm").id
    dana.post(f"/rounds/{round_.id}/offers", data={"producer": [farm, shop, 999, "x"]})
    dana.post(f"/rounds/{round_.id}/offers/{shop}", data={"product": shop_goods})
    wanted = {"product": [*before, *off, *shop_goods, 999, "-1"]}
    dana.post(f"/rounds/{round_.id}/offers/{farm}", data=wanted)
    assert offered(round_) == before
    assert dana.get(f"/rounds/{round_.id}/offers/{shop}").status_code == 404


def test_while_it_is_open_more_comes_in_but_nothing_ordered_goes(
    round_: Round, dana: FlaskClient
) -> None:
    potato, onion = round_.products
    round_.to("open")
    round_.order("alice", {potato: 1})
    farm = round_.cast.space("farm").id
    (late,) = round_.goods("늦게 온 배추")
    dana.post(f"/rounds/{round_.id}/offers/{farm}", data={"product": [potato, onion, late]})
    assert offered(round_) == {potato, onion, late}
    page = dana.post(
        f"/rounds/{round_.id}/offers/{farm}", data={"product": [late]}, follow_redirects=True
    ).get_data(as_text=True)
    assert "감자는 이미 주문한 사람이 있어서 뺄 수 없어요." in page
    assert offered(round_) == {potato, onion, late}
    dana.post(f"/rounds/{round_.id}/offers/{farm}", data={"product": [potato, late]})
    assert offered(round_) == {potato, late}
    dana.post(f"/rounds/{round_.id}/offers", data={})
    assert offered(round_) == {potato, late}


def test_what_was_ordered_and_withdrawn_can_be_taken_out(round_: Round) -> None:
    potato, onion = round_.products
    round_.to("open")
    order = round_.order("alice", {potato: 1})
    seller, alice = round_.cast.space("farm").id, round_.cast.viewer("alice")
    with round_.node.db.write() as session:
        withdraw_order(round_.node, session, alice, order.id)
    with round_.node.db.write() as session:
        actions.choose_products(round_.node, session, round_.id, seller, [onion], actor_id=None)
    assert offered(round_) == {onion}


def test_after_the_cut_off_the_offers_stay(round_: Round, dana: FlaskClient) -> None:
    round_.to("open")
    round_.clock.set(round_.row().cut_off)
    before, farm = offered(round_), round_.cast.space("farm").id
    dana.post(f"/rounds/{round_.id}/offers", data={})
    dana.post(f"/rounds/{round_.id}/offers/{farm}", data={})
    assert offered(round_) == before
    with pytest.raises(Refused), round_.node.db.write() as session:
        actions.offer_all_of(round_.node, session, round_.id, [farm], actor_id=None)
    page = dana.get(f"/rounds/{round_.id}/offers").get_data(as_text=True)
    assert "disabled" in page


def test_a_new_round_begins_with_the_producers_of_the_last_one(
    round_: Round, dana: FlaskClient
) -> None:
    round_.goods("새로 나온 것")
    answer = dana.post(
        "/hubs/hub/rounds/new",
        data={
            "title": "둘째 회차",
            "opens_at": "2026-11-23T09:00",
            "cut_off": "2026-11-24T21:00",
            "collect_from": "2026-11-26T16:00",
            "collect_until": "2026-11-26T20:00",
        },
    )
    second = int(answer.location.split("/")[2])
    with round_.node.db.read() as session:
        rows = set(session.scalars(select(Offer.product_id).where(Offer.cycle_id == second)))
    assert rows == set(round_.products)


def test_a_product_that_left_the_list_is_not_offered_any_more(
    round_: Round, dana: FlaskClient
) -> None:
    round_.to("open")
    with round_.node.db.write() as session:
        session.execute(update(Product).where(Product.name == "대파").values(listed=False))
    page = dana.get(f"/rounds/{round_.id}").get_data(as_text=True)
    assert "감자" in page
    assert "대파" not in page
