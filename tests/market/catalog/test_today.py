"""The page of the day: what a producer does with one thumb, and what nobody else does there."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import select
from support.rounds import Round
from support.visitors import queries

from wizzle.core.models import AuditRecord
from wizzle.core.outbox import run_due
from wizzle.core.work import works
from wizzle.plugins.assembly.cycles.models import Offer
from wizzle.plugins.market import Product

PAGE = "/spaces/farm/today"


@pytest.fixture
def potato(node, cast, clock):
    cast.person("erin")
    return Round(node, cast, clock).goods("감자", price=990, stock=10)[0]


def product(node, product_id):
    with node.db.read() as session:
        return session.get_one(Product, product_id)


def typed(**changes):
    return {"price": "990", "stock": "10", "was": "10", "version": "1", **changes}


def test_price_and_stock_are_set_with_one_button(as_, node, potato):
    erin = as_("erin")
    page = erin.get(PAGE)
    assert page.status_code == 200
    assert "이번 주 없어요" in page.text
    answer = erin.post(f"{PAGE}/goods/{potato}", data=typed(price="1,200원", stock="7"))
    assert answer.headers["Location"] == f"{PAGE}#g{potato}"
    assert (product(node, potato).price, product(node, potato).stock) == (1200, 7)


def test_an_empty_stock_is_on_demand(as_, node, potato):
    as_("erin").post(f"{PAGE}/goods/{potato}", data=typed(stock=""))
    assert product(node, potato).stock is None


@pytest.mark.parametrize(
    ("changes", "status", "why"),
    [
        ({"price": "싸게"}, 422, "싸게"),
        ({"price": "-5"}, 422, "-5"),
        ({"stock": "많이"}, 422, "많이"),
        ({"price": "1500", "version": "9"}, 409, "1500"),
        ({"price": "1500", "stock": "3", "was": "99"}, 409, "1500"),
    ],
)
def test_what_is_refused_stays_typed_and_changes_nothing(as_, node, potato, changes, status, why):
    answer = as_("erin").post(f"{PAGE}/goods/{potato}", data=typed(**changes))
    assert answer.status_code == status
    assert f'value="{why}"' in answer.text
    assert "저장하지 못했어요" in answer.text
    assert (product(node, potato).price, product(node, potato).stock) == (990, 10)


def test_saving_again_what_was_refused_as_stale_goes_through(as_, node, potato):
    erin = as_("erin")
    answer = erin.post(f"{PAGE}/goods/{potato}", data=typed(price="1500", version="9"))
    version = re.search(r'name="version" value="(\d+)"', answer.text).group(1)
    erin.post(f"{PAGE}/goods/{potato}", data=typed(price="1500", version=version))
    assert product(node, potato).price == 1500


def test_not_this_week_and_back_again(as_, node, potato, client):
    erin = as_("erin")
    erin.post(f"{PAGE}/goods/{potato}/listed", data={"listed": "no"})
    assert not product(node, potato).listed
    assert "감자" not in client.get("/market").text
    page = erin.get(PAGE).text
    assert "다시 있어요" in page
    erin.post(f"{PAGE}/goods/{potato}/listed", data={"listed": "yes"})
    assert product(node, potato).listed


def test_a_picture_from_the_camera(as_, node, potato):
    made = io.BytesIO()
    Image.new("RGB", (900, 600), "tan").save(made, "JPEG")
    made.seek(0)
    erin = as_("erin")
    answer = erin.post(f"{PAGE}/goods/{potato}/picture", data={"picture": (made, "potato.jpg")})
    assert answer.status_code == 302
    assert product(node, potato).picture_id is not None
    assert erin.post(f"{PAGE}/goods/{potato}/picture").status_code == 422
    broken = {"picture": (io.BytesIO(b"no picture"), "x.jpg")}
    assert erin.post(f"{PAGE}/goods/{potato}/picture", data=broken).status_code == 422


def test_a_steward_counts_but_does_not_set_the_price(as_, node, potato):
    bob = as_("bob")
    assert bob.post(f"{PAGE}/goods/{potato}", data=typed(stock="3")).status_code == 302
    answer = bob.post(f"{PAGE}/goods/{potato}", data=typed(price="1", stock="3", was="3"))
    assert answer.status_code == 403
    assert product(node, potato).price == 990
    with node.db.read() as session:
        last = session.scalars(select(AuditRecord.action).order_by(AuditRecord.id.desc())).first()
    assert last == "market.product.price_refused"


def test_nobody_else_has_a_hand_in_it(as_, cast, client, potato):
    cast.space("shop")
    for who in ("frank", "dana", "charlie"):
        other = as_(who)
        assert other.get(PAGE).status_code == 403
        for path in ("", "/listed", "/picture"):
            assert other.post(f"{PAGE}/goods/{potato}{path}", data=typed()).status_code == 403
    assert client.get(PAGE).status_code == 302
    # nor does an owner reach another's goods through her own page
    frank = as_("frank")
    for path in ("", "/listed", "/picture"):
        answer = frank.post(f"/spaces/shop/today/goods/{potato}{path}", data=typed())
        assert answer.status_code == 404


def test_the_page_asks_as_much_of_the_database_for_many_goods_as_for_one(
    as_, node, cast, clock, potato
):
    erin = as_("erin")
    with queries(node) as few:
        erin.get(PAGE)
    Round(node, cast, clock).goods(*(f"나물 {n:02}" for n in range(40)), price=500)
    with queries(node) as many:
        page = erin.get(PAGE)
    assert len(many) == len(few) <= 9
    assert page.text.count("day-good") == 30
    assert "after=" in page.text


def test_what_is_off_this_week_comes_back_for_the_next_round(as_, node, cast, clock, client):
    cast.person("erin")
    round_ = Round(node, cast, clock)
    potato, leek = round_.goods("감자", "대파")
    round_.draft().offer().to("open")
    erin = as_("erin")
    told = erin.post(f"{PAGE}/goods/{potato}/listed", data={"listed": "no"}, follow_redirects=True)
    assert "11월 25일(수) 오전 9:00" in told.text
    assert "감자" not in client.get(f"/rounds/{round_.id}").text
    following = Round(node, cast, clock).draft(title="다음").offer()
    clock.set(round_.row().cut_off)
    run_due(node.db, node.clock, {k: w for k, w in works(node).items() if k == "market.back"})
    assert product(node, potato).listed
    assert product(node, potato).back_at is None
    with node.db.read() as session:
        ids = select(Offer.product_id).where(Offer.cycle_id == following.id)
        offered = set(session.scalars(ids))
    assert offered == {potato, leek}


def test_without_a_round_it_comes_back_on_monday_unless_the_seller_says_otherwise(
    as_, node, clock, potato
):
    erin = as_("erin")
    erin.post(f"{PAGE}/goods/{potato}/listed", data={"listed": "no"})
    monday = clock.now() + timedelta(days=6, hours=15)
    assert product(node, potato).back_at == monday
    erin.post(f"{PAGE}/goods/{potato}/listed", data={"listed": "yes"})
    erin.post(f"/spaces/farm/goods/{potato}/listed", data={"listed": "no"})
    clock.set(monday)
    run_due(node.db, node.clock, works(node))
    assert not product(node, potato).listed
    assert "저절로 다시 나오는 때" not in erin.get(PAGE).text
