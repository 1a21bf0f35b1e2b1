"""Activists find producers of other nodes, follow them and pick their goods into rounds."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from support.cast import Cast
from support.rounds import Round
from support.visitors import queries as asked

from wizzle.core import members
from wizzle.core.errors import Forbidden
from wizzle.core.models import Grant, Space
from wizzle.core.node import Node
from wizzle.core.outbox import run_due
from wizzle.core.testing import FixedClock
from wizzle.core.work import works
from wizzle.plugins.market import Item, OrderLine, Product, Short, change_order
from wizzle.plugins.market.catalog.actions import Draft, Hand, RunElsewhere, add_product
from wizzle.plugins.market.imports.actions import import_products
from wizzle.plugins.market.imports.rules import KnownProducer, Table
from wizzle.plugins.trade.copies.models import Copy, Source

from .conftest import BASE, SELLER


@pytest.fixture
def round_(node: Node, cast: Cast, clock: FixedClock) -> Round:
    return Round(node, cast, clock).draft()


@pytest.fixture
def dana(as_: Callable[[str], FlaskClient]) -> FlaskClient:
    return as_("dana")


def the_source(node: Node) -> Source:
    with node.db.read() as session:
        found = session.scalars(select(Source)).one()
        session.expunge_all()
        return found


def products(node: Node) -> list[Product]:
    with node.db.read() as session:
        home = select(Space.id).where(Space.home != "")
        found = session.scalars(
            select(Product).where(Product.seller_id.in_(home)).order_by(Product.name)
        ).all()
        session.expunge_all()
        return list(found)


def pick(node: Node, dana: FlaskClient, round_: Round, *names: str) -> Any:
    with node.db.read() as session:
        wanted = select(Copy.id).where(Copy.name.in_(names)) if names else select(Copy.id)
        ids = [str(id_) for id_ in session.scalars(wanted)]
    path = f"/trade/sources/{the_source(node).id}/pick"
    return dana.post(path, data={"copy": ids, "round": str(round_.id)}, follow_redirects=True)


def test_strangers_and_members_do_not_come_here(as_, client):
    assert client.get("/trade/sources").status_code == 302
    for name in ("alice", "erin", "frank"):
        assert as_(name).get("/trade/sources").status_code == 403
    for name in ("dana", "bob"):
        assert as_(name).get("/trade/sources").status_code == 200


def test_a_node_that_stands_alone_says_so(dana):
    assert dana.get("/trade/peers/wanju.example").status_code == 404


def test_a_producer_is_found_and_followed(node, ties, dana):
    page = dana.get("/trade/peers/wanju.example")
    assert "완주농부" in page.text
    assert "evil" not in page.text
    assert 'href="/trade/peers/wanju.example?after=50"' in page.text
    for _ in range(2):
        answer = dana.post("/trade/peers/wanju.example/follow", data={"actor": SELLER})
        assert answer.status_code == 302
    assert ties.told == [("follow", SELLER, "catalog", None)] * 2
    with node.db.read() as session:
        space = session.get_one(Space, the_source(node).seller_id)
        assert (space.name, space.home) == ("완주농부 · 완주위즐", SELLER)
        assert (space.representative, space.county) == ("김완주", "완주군")


def test_only_whom_the_peer_lists_can_be_followed(node, ties, dana):
    for actor in ("https://evil.example/orgs/1", f"{BASE}/orgs/99", ""):
        dana.post("/trade/peers/wanju.example/follow", data={"actor": actor})
    assert ties.told == []
    with node.db.read() as session:
        assert session.scalars(select(Source)).all() == []


def test_goods_are_picked_into_a_round_as_their_copies_are(node, ties, wanju, dana, round_):
    wanju.offer(2, available=None, minimum=2, step=2, variant="대")
    wanju.send()
    page = dana.get(f"/trade/sources/{the_source(node).id}")
    assert "배추 1" in page.text
    answer = pick(node, dana, round_, "배추 1", "배추 2")
    assert answer.status_code == 200
    one, two = products(node)
    assert (one.name, one.price, one.stock, one.unit_label) == ("배추 1", 3001, 10, "포기")
    assert (two.stock, two.minimum, two.step, two.variant) == (None, 2, 2, "대")
    pick(node, dana, round_, "배추 1")
    assert len(products(node)) == 2
    offers = dana.get(f"/rounds/{round_.id}/offers/{the_source(node).seller_id}")
    assert offers.text.count(" checked") == 2


def test_another_hubs_round_cannot_be_filled(node, ties, wanju, as_, round_, cast):
    wanju.send()
    round_.other_hub("gina")
    pick(node, as_("gina"), round_, "배추 1")
    assert products(node) == []


def test_later_versions_change_new_orders_and_not_placed_ones(
    node, ties, wanju, dana, round_, cast
):
    wanju.send()
    pick(node, dana, round_, "배추 1")
    (product,) = products(node)
    round_.to("open")
    order = round_.order("alice", {product.id: 3})
    uri = wanju.offer(1, price=9000, available=8)
    wanju.send([wanju.item(uri)])
    (product,) = products(node)
    # Three of the eight are ordered here, and the seller does not know of them yet.
    assert (product.price, product.stock) == (9000, 5)
    with node.db.read() as session:
        line = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).one()
        assert (line.price, line.amount) == (3001, 9003)


def test_what_the_producer_takes_off_cannot_be_raised_and_is_flagged(
    node, ties, wanju, dana, round_, cast
):
    wanju.send()
    pick(node, dana, round_, "배추 1")
    (product,) = products(node)
    round_.to("open")
    order = round_.order("alice", {product.id: 3})
    wanju.send([wanju.end(f"{BASE}/proposals/1")])
    assert products(node)[0].listed is False
    assert "배추 1" in dana.get("/trade/sources").text
    alice = cast.viewer("alice")
    with pytest.raises(Short), node.db.write() as session:
        change_order(
            node, session, alice, order.id, items=[Item(product.id, 4)], version=order.version
        )
    with node.db.read() as session:
        line = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).one()
        assert (line.quantity, line.delivered) == (3, 3)


def test_copies_that_nobody_compared_for_a_week_cannot_be_ordered(
    node, ties, wanju, dana, round_, clock
):
    wanju.send()
    pick(node, dana, round_, "배추 1")
    clock.advance(days=6)
    wanju.send([])
    clock.advance(days=2)
    run_due(node.db, clock, works(node))
    assert products(node)[0].listed is True
    clock.advance(days=6)
    run_due(node.db, clock, works(node))
    assert products(node)[0].listed is False
    answer = pick(node, dana, round_, "배추 2")
    assert len(products(node)) == 1
    assert "너무 오래" in answer.text
    wanju.send([])
    assert products(node)[0].listed is True


def test_tiles_and_pages_say_whose_copy_it_is_and_how_old(
    node, ties, wanju, dana, round_, clock, client, cast
):
    wanju.send()
    pick(node, dana, round_, "배추 1")
    round_.goods("무")
    clock.advance(hours=3)
    client.get("/")
    market = client.get("/market").text
    assert market.count("wanju.example의 사본, 3시간 전 확인") == 1
    (product,) = products(node)
    assert "wanju.example의 사본, 3시간 전 확인" in client.get(f"/market/{product.id}").text
    clock.advance(hours=1)
    assert "4시간 전" in client.get("/market").text


def test_goods_sold_here_cost_no_query_more(node, cast, clock, client):
    Round(node, cast, clock).goods("무", "배추")
    client.get("/market")
    with asked(node) as seen:
        client.get("/market")
    assert not [each for each in seen if "trade_" in each]


def test_nobody_here_sets_a_price_or_runs_the_page(node, ties, wanju, dana, round_, as_):
    wanju.send()
    pick(node, dana, round_, "배추 1")
    (product,) = products(node)
    with node.db.read() as session:
        slug = session.get_one(Space, product.seller_id).slug
    bob = as_("bob")
    day = f"/spaces/{slug}/today/goods/{product.id}"
    changed = {"price": "1", "stock": "10", "was": "10", "version": str(product.version)}
    assert bob.post(day, data=changed).status_code == 403
    assert bob.post(f"{day}/listed", data={"listed": "no"}).status_code == 403
    assert bob.get(f"/spaces/{slug}/goods").status_code == 403
    for path in ("edit", "people", "today", "catalogue"):
        assert bob.get(f"/spaces/{slug}/{path}").status_code in (403, 404)
    people = bob.post(f"/spaces/{slug}/people", data={"email": "charlie@example.com"})
    assert people.status_code == 403
    with node.db.read() as session:
        held = session.scalars(select(Grant).where(Grant.space_id == product.seller_id)).all()
        assert held == []
    assert [(each.price, each.stock, each.listed) for each in products(node)] == [(3001, 10, True)]


def test_no_action_changes_goods_of_a_seller_of_another_node(node, wanju, cast, clock):
    wanju.send()
    seller, charlie = the_source(node).seller_id, cast.person("charlie").id
    hand = Hand(clock.now(), None, sets_price=True)
    with pytest.raises(Forbidden), node.db.write() as session:
        members.grant(session, charlie, "owner", seller, at=clock.now())
    with pytest.raises(RunElsewhere), node.db.write() as session:
        add_product(session, seller, Draft("무", "piece", "개", 1000), stock=None, hand=hand)
    with pytest.raises(RunElsewhere), node.db.write() as session:
        import_products(
            session, Table((), (), 1), sellers=[KnownProducer(seller, "x", {})], file_name="x",
            hand=hand,
        )  # fmt: skip


def test_a_following_ends_and_its_goods_go_off_the_list(node, ties, wanju, dana, round_, client):
    wanju.send()
    pick(node, dana, round_, "배추 1")
    source = the_source(node)
    answer = dana.post(f"/trade/sources/{source.id}/unfollow", follow_redirects=True)
    assert answer.status_code == 200
    assert ties.told == [("unfollow", SELLER, "catalog", None)]
    assert products(node)[0].listed is False
    assert "배추 1" not in client.get("/market").text
    assert dana.get(f"/trade/sources/{source.id}").status_code == 404
    assert dana.post(f"/trade/sources/{source.id}/unfollow").status_code == 404


def test_pages_of_copies_go_on_where_they_ended(node, ties, wanju, dana):
    for number in range(10, 75):
        wanju.offer(number)
    wanju.send()
    path = f"/trade/sources/{the_source(node).id}"
    first = dana.get(path).text
    following = re.search(rf'href="({path}\?after=[^"]+)"', first)
    assert following
    second = dana.get(following.group(1).replace("&amp;", "&")).text
    shown = re.findall(r'name="copy" value="(\d+)"', first + second)
    assert len(shown) == len(set(shown)) == 68
    assert re.findall(r'name="copy" value="(\d+)"', dana.get(f"{path}?q=배추 74").text) != []


def test_the_page_of_a_mirrored_producer_says_where_it_is_at_home(node, wanju, client):
    wanju.send()
    with node.db.read() as session:
        slug = session.get_one(Space, the_source(node).seller_id).slug
    page = client.get(f"/spaces/{slug}")
    assert page.status_code == 200
    assert "wanju.example" in page.text
    with node.db.write() as session:
        session.execute(update(Source).values(fetched_at=None))
    assert client.get(f"/spaces/{slug}").status_code == 200
