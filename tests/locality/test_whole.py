"""The locality as a whole: its example, and somebody who leaves."""

from __future__ import annotations

from sqlalchemy import func, select
from support.every_page import load_example

from wizzle.core.web import create_app
from wizzle.plugins.locality.directory.models import Listing, Need
from wizzle.plugins.locality.introduction.models import Agreement, Charter, Edition, Moment
from wizzle.plugins.locality.neighbours.models import Neighbour, Quarter, Vouching

TABLES = (Agreement, Charter, Edition, Listing, Moment, Need, Neighbour, Quarter, Vouching)


def counts(node):
    with node.db.read() as session:
        return [session.scalar(select(func.count()).select_from(each)) for each in TABLES]


def test_the_example_loads_once_and_fills_the_pages(sqlite_node):
    load_example(sqlite_node)
    before = counts(sqlite_node)
    assert min(before) > 0
    load_example(sqlite_node)
    assert counts(sqlite_node) == before
    client = create_app(sqlite_node).test_client()
    assert client.get("/directory").text.count('class="map-pin') >= 6
    assert "수유 텃밭 모임" in client.get("/alliance").text
    assert "두 해" in client.get("/alliance/charter").text
    assert "솔샘 두부집" in client.get("/layers").text


def test_it_loads_without_any_other_plugin(new_node):
    node = new_node(plugins=("locality",))
    load_example(node)
    client = create_app(node).test_client()
    for path in ("/", "/directory", "/alliance", "/layers", "/alliance/charter"):
        assert client.get(path).status_code == 200


def test_elsewhere_no_sketch_of_gangbuk_is_drawn(new_node):
    from dataclasses import replace

    node = new_node(plugins=("locality",))
    settings = replace(node.settings, node=replace(node.settings.node, county="완주군"))
    load_example(replace(node, settings=settings))
    assert sum(counts(node)) == 0


def test_nothing_of_somebody_who_left_stays(node, as_, cast):
    from wizzle.plugins.locality.neighbours import actions

    with node.db.write() as session:
        actions.offer(node, session, ["수유1동"], actor_id=cast.person("bob").id)
    with node.db.read() as session:
        quarter = session.scalars(select(Quarter.id)).one()
    alice, person_id = as_("alice"), cast.person("alice").id
    alice.post("/neighbours", data={"quarter": quarter, "agree": "yes"})
    alice.post("/directory/me", data={"name": "앨리스", "offer": "food", "agree": "yes"})
    with node.db.read() as session:
        found = node.host.collect("personal_data", node=node, session=session, person_id=person_id)
        rows = {each.name: list(each.rows) for each in found}
    assert rows["neighbour"][0]["quarter"] == "수유1동"
    assert rows["directory_needs"] == [{"way": "offer", "need": "food"}]
    from wizzle.core.facts import PersonLeft

    with node.db.write() as session:
        fact = PersonLeft(person_id, "앨리스", "alice@example.com", "ko")
        node.hooks.person_left(node=node, session=session, fact=fact)
    with node.db.read() as session:
        for table in (Listing, Need, Neighbour, Vouching, Agreement):
            assert session.scalar(select(func.count()).select_from(table)) == 0
