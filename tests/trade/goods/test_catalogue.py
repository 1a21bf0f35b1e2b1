"""A seller's catalogue as other nodes follow it: published by the owner, each change a version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from support.cast import Cast
from support.rounds import Round
from support.visitors import queries as asked

from wizzle.core.models import AuditRecord, Space
from wizzle.core.node import Node
from wizzle.core.talk import Publication
from wizzle.core.testing import FixedClock
from wizzle.core.values import EMPTY_DIGEST, item_mark, xor
from wizzle.plugins.market import Product
from wizzle.plugins.trade.goods import actions
from wizzle.plugins.trade.goods.rules import from_proposal

BASE = "http://127.0.0.1:8000"


@pytest.fixture
def goods(node: Node, cast: Cast, clock: FixedClock) -> list[int]:
    """Three products of erin's farm."""
    return Round(node, cast, clock).goods("배추", "무", "사과", stock=5)


@pytest.fixture
def catalog(node: Node) -> Publication:
    (found,) = node.host.collect("publications", node=node)
    return found


@pytest.fixture
def farm(cast: Cast) -> Space:
    return cast.space("farm")


def switch(node: Node, cast: Cast, on: bool = True) -> None:
    farm, erin = cast.space("farm").id, cast.person("erin").id
    with node.db.write() as session:
        actions.switch(node, session, session.get_one(Space, farm), on=on, person_id=erin)


def freshen(node: Node, farm: Space) -> list[Any]:
    with node.db.write() as session:
        return list(actions.freshen(node, session, farm.id))


def change(node: Node, product: int, **values: Any) -> None:
    with node.db.write() as session:
        session.execute(update(Product).where(Product.id == product).values(**values))


def read(node: Node, catalog: Publication, farm: Space, after: int = 0, since: bool = False) -> Any:
    with node.db.read() as session:
        state = catalog.state(node, session, farm.id)
        return state, list(catalog.page(node, session, farm.id, after, 100, since))


def digest_of(items: list[Any]) -> bytes:
    digest = EMPTY_DIGEST
    for each in items:
        digest = xor(digest, item_mark(each.uri, each.version))
    return digest


def test_nothing_is_published_before_the_owner_wants_it(node, catalog, farm, goods, client):
    assert freshen(node, farm) == []
    assert read(node, catalog, farm) == (None, [])
    assert client.get(f"/proposals/{goods[0]}").status_code == 404
    assert client.get("/trade/producers").json["orderedItems"] == []


def test_what_is_published_is_told_with_a_count_and_a_digest(node, cast, catalog, farm, goods):
    switch(node, cast)
    state, items = read(node, catalog, farm)
    assert [item.uri for item in items] == [f"{BASE}/proposals/{id_}" for id_ in goods]
    assert [item.seq for item in items] == [1, 2, 3]
    assert (state.count, state.seq, state.digest) == (3, 3, digest_of(items))
    good = from_proposal(
        items[0].document, uri=items[0].uri, seller=f"{BASE}/orgs/{farm.id}", version=1
    )
    assert (good.name, good.price, good.available) == ("배추", 1000, 5)


def test_each_change_is_a_new_version_and_nothing_else_is(node, cast, catalog, farm, goods):
    switch(node, cast)
    assert freshen(node, farm) == []
    change(node, goods[1], price=2000, version=Product.version + 1)
    change(node, goods[2], stock=4)  # somebody has ordered one
    changed = freshen(node, farm)
    assert [(item.uri, item.version, item.seq) for item in changed] == [
        (f"{BASE}/proposals/{goods[1]}", 2, 4), (f"{BASE}/proposals/{goods[2]}", 2, 5),
    ]  # fmt: skip
    state, items = read(node, catalog, farm)
    assert (state.count, state.digest) == (3, digest_of(items))
    _, news = read(node, catalog, farm, after=3, since=True)
    assert news == changed


def test_what_becomes_unlimited_is_told_and_not_taken_for_sold_out(node, cast, farm, goods):
    switch(node, cast)
    change(node, goods[0], stock=None)
    (changed,) = freshen(node, farm)
    assert "availableQuantity" not in changed.document["publishes"]
    change(node, goods[0], stock=0)
    (changed,) = freshen(node, farm)
    assert changed.document["publishes"]["availableQuantity"]["hasNumericalValue"] == "0"


def test_what_is_taken_off_leaves_a_tombstone_and_its_version_goes_on(
    node, cast, catalog, farm, goods, clock
):
    switch(node, cast)
    change(node, goods[0], listed=False)
    (gone,) = freshen(node, farm)
    assert (gone.gone, gone.version, gone.document["type"]) == (True, 2, "Tombstone")
    state, items = read(node, catalog, farm)
    assert (state.count, len(items), state.digest) == (2, 2, digest_of(items))
    assert [item.gone for item in read(node, catalog, farm, 3, since=True)[1]] == [True]
    change(node, goods[0], listed=True)
    (back,) = freshen(node, farm)
    assert (back.gone, back.version) == (False, 3)


def test_a_deleted_product_leaves_a_tombstone_too(node, cast, farm, goods, client):
    switch(node, cast)
    with node.db.write() as session:
        session.execute(delete(Product).where(Product.id == goods[0]))
    (gone,) = freshen(node, farm)
    assert (gone.gone, gone.version) == (True, 2)
    assert client.get(f"/proposals/{goods[0]}").status_code == 410


def test_tombstones_are_told_for_ninety_days(node, cast, catalog, farm, goods, clock):
    switch(node, cast)
    change(node, goods[0], listed=False)
    freshen(node, farm)
    with node.db.read() as session:
        assert catalog.oldest(node, session, farm.id) == 0
    clock.advance(days=91)
    with node.db.read() as session:
        assert catalog.oldest(node, session, farm.id) == 4


def test_a_new_name_of_the_seller_is_told_with_all_goods(node, cast, farm, goods):
    switch(node, cast)
    with node.db.write() as session:
        session.get_one(Space, farm.id).name = "새 이름"
    changed = freshen(node, farm)
    assert [item.document["wizzle:producer"] for item in changed] == ["새 이름"] * 3
    assert freshen(node, farm) == []


def test_switching_off_withdraws_everything_and_on_again_brings_it_back(
    node, cast, catalog, farm, goods, client
):
    switch(node, cast)
    switch(node, cast, on=False)
    assert read(node, catalog, farm)[0] is None
    answer = client.get(f"/proposals/{goods[0]}")
    assert (answer.status_code, answer.json["type"]) == (410, "Tombstone")
    switch(node, cast)
    switch(node, cast)
    state, items = read(node, catalog, farm)
    assert (state.count, state.seq) == (3, 9)
    assert {item.version for item in items} == {3}


def test_a_closed_page_publishes_nothing(node, cast, catalog, farm, goods, clock, client):
    switch(node, cast)
    with node.db.write() as session:
        session.get_one(Space, farm.id).closed_at = clock.now()
    assert [item.gone for item in freshen(node, farm)] == [True] * 3
    assert read(node, catalog, farm)[0] is None


def test_a_proposal_is_read_by_programs_and_people_see_the_product(node, cast, goods, client):
    switch(node, cast)
    answer = client.get(f"/proposals/{goods[0]}", headers={"Accept": "application/activity+json"})
    assert (answer.status_code, answer.mimetype) == (200, "application/activity+json")
    assert answer.headers["ETag"] == '"1"'
    assert "Set-Cookie" not in answer.headers
    again = client.get(f"/proposals/{goods[0]}", headers={"If-None-Match": '"1"'})
    assert (again.status_code, again.data) == (304, b"")
    page = client.get(f"/proposals/{goods[0]}", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.location) == (303, f"/market/{goods[0]}")
    assert client.get("/proposals/99").status_code == 404
    assert answer.json["url"] == f"{BASE}{page.location}"
    context = client.get(answer.json["@context"][1].removeprefix(BASE))
    assert context.json["@context"]["Proposal"] == "vf:Proposal"


def test_a_proposal_that_is_asked_for_is_never_an_old_one(node, cast, goods, client):
    switch(node, cast)
    change(node, goods[0], price=1500, version=2)
    answer = client.get(f"/proposals/{goods[0]}")
    assert answer.headers["ETag"] == '"2"'
    assert answer.json["reciprocal"]["resourceQuantity"]["hasNumericalValue"] == "1500"


def test_only_the_owner_switches(node, cast, goods, as_: Callable[[str], FlaskClient]):
    path = "/spaces/farm/catalogue"
    assert as_("erin").get(path).status_code == 200
    for name in ("charlie", "frank", "dana"):
        assert as_(name).post(path, data={"publish": "yes"}).status_code == 403
    assert as_("bob").post(path, data={"publish": "yes"}).status_code == 403
    answer = as_("erin").post(path, data={"publish": "yes"}, follow_redirects=True)
    assert answer.status_code == 200
    with node.db.read() as session:
        found = session.scalars(select(AuditRecord.action)).all()
        assert "trade.catalogue.published" in found
    assert as_("erin").get("/spaces/farm/today").status_code == 200


def test_the_directory_names_those_who_publish(node, cast, goods, farm, client):
    switch(node, cast)
    (listed,) = client.get("/trade/producers").json["orderedItems"]
    assert listed["id"] == f"{BASE}/orgs/{farm.id}"
    assert listed["name"] == farm.name
    assert listed["wizzle:catalogue"] == f"{BASE}/orgs/{farm.id}/catalog"
    assert (listed["wizzle:goods"], listed["wizzle:representative"]) == (3, "홍길동")


def test_a_page_of_the_catalogue_costs_one_query(node, cast, catalog, farm, goods):
    switch(node, cast)
    with node.db.read() as session, asked(node) as seen:
        catalog.page(node, session, farm.id, 0, 100, False)
    assert len([each for each in seen if each.lstrip().upper().startswith("SELECT")]) == 1
