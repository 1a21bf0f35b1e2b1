"""Catalogues of other nodes are taken in: by versions, whole or in parts, never half believed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from support.visitors import queries as asked

from wizzle.core.models import Space
from wizzle.core.node import Node
from wizzle.core.testing import make_node
from wizzle.core.values import EMPTY_DIGEST
from wizzle.plugins.trade.copies import actions
from wizzle.plugins.trade.copies.models import Copy, RefusedItem, Source

from ..conftest import PLUGINS
from .conftest import BASE, SELLER, Farm


def copies(node: Node) -> list[Copy]:
    with node.db.read() as session:
        found = list(session.scalars(select(Copy).order_by(Copy.uri)))
        session.expunge_all()
        return found


def source(node: Node) -> Source:
    with node.db.read() as session:
        found = session.scalars(select(Source)).one()
        session.expunge_all()
        return found


def test_a_whole_reading_is_held_as_the_other_node_holds_it(node, wanju):
    taken = wanju.send()
    assert (taken.count, taken.digest, taken.refused) == (3, wanju.digest(), {})
    first = copies(node)[0]
    assert (first.name, first.price, first.available, first.unit_code) == (
        "배추 1", 3001, 10, "head",
    )  # fmt: skip
    assert first.details == {"category": "채소", "producer": "완주농부"}
    assert source(node).fetched_at == wanju.clock.now()


def test_a_space_stands_for_the_producer_and_says_whose_it_is(node, wanju):
    wanju.send()
    with node.db.read() as session:
        space = session.get_one(Space, source(node).seller_id)
        assert (space.kind, space.home) == ("producer", SELLER)
        assert "wanju.example" in space.name


def test_the_same_page_twice_is_like_once(node, wanju):
    first = wanju.send()
    again = wanju.send([wanju.item(uri) for uri in wanju.goods])
    assert again == first
    assert len(copies(node)) == 3


def test_changes_move_the_digest_and_older_versions_are_ignored(node, wanju):
    wanju.send()
    uri = f"{BASE}/proposals/1"
    old = wanju.item(uri)
    wanju.offer(1, price=9000, available=None)
    taken = wanju.send([wanju.item(uri)])
    assert (taken.count, taken.digest) == (3, wanju.digest())
    assert wanju.send([old]) == taken
    assert (copies(node)[0].price, copies(node)[0].available) == (9000, None)


def test_of_two_versions_on_one_page_the_higher_one_is_taken(node, wanju):
    uri = f"{BASE}/proposals/1"
    old = wanju.item(uri)
    wanju.offer(1, price=9000)
    wanju.send([wanju.item(uri), old])
    assert [copy.price for copy in copies(node)] == [9000]


def test_a_tombstone_ends_a_copy_and_a_later_version_brings_it_back(node, wanju):
    wanju.send()
    uri = f"{BASE}/proposals/2"
    standing = wanju.item(uri)
    taken = wanju.send([wanju.end(uri)])
    assert (taken.count, taken.digest) == (2, wanju.digest())
    assert copies(node)[1].gone_at is not None
    assert wanju.send([standing]) == taken
    wanju.offer(2, price=100)
    taken = wanju.send([wanju.item(uri)])
    assert (taken.count, taken.digest) == (3, wanju.digest())
    assert (copies(node)[1].gone_at, copies(node)[1].price) == (None, 100)


def test_a_tombstone_of_something_never_seen_is_nothing(node, wanju):
    uri = wanju.offer(9)
    assert wanju.send([wanju.end(uri)]).count == 0
    assert copies(node) == []


def test_what_a_full_reading_does_not_show_is_gone(node, wanju):
    wanju.send()
    del wanju.goods[f"{BASE}/proposals/1"]
    taken = wanju.send()
    assert (taken.count, taken.digest) == (2, wanju.digest())
    assert [copy.gone_at is None for copy in copies(node)] == [False, True, True]


def test_a_full_reading_of_several_pages_ends_with_the_last_of_them(node, wanju, clock):
    wanju.send()
    first = clock.now()
    clock.advance(hours=5)
    items = [wanju.item(uri) for uri in wanju.goods]
    assert wanju.send(items[:1], first=True).count == 3
    assert source(node).fetched_at == first
    wanju.send(items[1:2])
    taken = wanju.send([], complete=True)
    assert taken.count == 2
    assert source(node).fetched_at == clock.now()


def test_a_reading_that_was_broken_off_takes_nothing_away(node, wanju):
    wanju.send()
    items = [wanju.item(uri) for uri in wanju.goods]
    wanju.send(items[:1], first=True)
    taken = wanju.send(items, first=True, complete=True)
    assert (taken.count, taken.digest) == (3, wanju.digest())


def test_nothing_new_makes_the_copies_fresh(node, wanju, clock):
    wanju.send()
    clock.advance(hours=30)
    wanju.send([])
    assert source(node).fetched_at == clock.now()


def test_what_cannot_be_used_is_refused_alone_with_its_reason(node, wanju):
    uri = f"{BASE}/proposals/2"
    bad = wanju.item(uri, **{"wizzle:currency": "EUR"})
    items = [bad if item == uri else wanju.item(item) for item in wanju.goods]
    taken = wanju.send(items, first=True, complete=True)
    assert taken.refused == {uri: "It is not paid in won."}
    # The other node goes on holding it, so that the two can still be compared.
    assert (taken.count, taken.digest) == (3, wanju.digest())
    assert len(copies(node)) == 2


def test_a_copy_that_becomes_unusable_cannot_be_had_until_it_is_right_again(node, wanju):
    wanju.send()
    uri = wanju.offer(2, price=1)
    wanju.send([wanju.item(uri, **{"wizzle:taxClass": "none"})])
    assert copies(node)[1].gone_at is not None
    uri = wanju.offer(2, price=5000)
    taken = wanju.send([wanju.item(uri)])
    assert (taken.count, taken.digest) == (3, wanju.digest())
    assert (copies(node)[1].gone_at, copies(node)[1].price) == (None, 5000)
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(RefusedItem)) == 0


def test_what_was_refused_goes_with_its_tombstone_or_a_full_reading(node, wanju):
    uri, other = f"{BASE}/proposals/1", f"{BASE}/proposals/2"
    wrong = {"wizzle:step": 0}
    wanju.send([wanju.item(uri, **wrong), wanju.item(other, **wrong)])
    wanju.send([wanju.end(uri)])
    del wanju.goods[other]
    taken = wanju.send()
    assert (taken.count, taken.digest) == (1, wanju.digest())


@pytest.mark.parametrize(
    "uri",
    ["https://evil.example/proposals/1", "https://wanju.example.evil/1", "x",
     "http://wanju.example/proposals/1", f"{BASE}/{'x' * 300}"],
)  # fmt: skip
def test_things_of_other_places_are_not_taken(node, wanju, uri):
    item = replace(wanju.item(f"{BASE}/proposals/1"), uri=uri)
    taken = wanju.send([item])
    assert (taken.count, taken.digest) == (0, EMPTY_DIGEST)
    assert list(taken.refused.values()) == ["It belongs to somebody else."]


def test_a_producer_cannot_take_over_what_another_offers(node, wanju):
    wanju.send()
    thief = Farm(node, wanju.clock, actor=f"{BASE}/orgs/5")
    uri = thief.offer(1, price=1)
    thief.versions[uri] = 50
    thief.offer(1, price=1)
    taken = thief.send()
    assert taken.refused == {uri: "It belongs to somebody else."}
    assert copies(node)[0].price == 3001


def test_letting_go_forgets_what_was_never_picked(node, wanju):
    wanju.send()
    with node.db.write() as session:
        actions.forget(node, session, SELLER)
        actions.forget(node, session, SELLER)
    assert copies(node) == []
    standing = source(node)
    assert (standing.count, standing.digest) == (0, EMPTY_DIGEST)
    with node.db.read() as session:
        assert session.get_one(Space, standing.seller_id).closed_at is not None
    taken = wanju.send()
    assert (taken.count, taken.digest) == (3, wanju.digest())
    assert source(node).ended_at is None


steps = st.lists(
    st.tuples(
        st.sampled_from(["offer", "end", "page", "whole", "wrong", "replay"]), st.integers(0, 4)
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_after_any_history_both_nodes_hold_the_same(tmp_path_factory, trade_sqlite, steps: Any):
    """Whatever came, was lost, or came again: after one whole reading count and digest agree."""
    home = tmp_path_factory.mktemp("history")
    shutil.copyfile(trade_sqlite, home / "wizzle.db")
    node = make_node(home, plugins=PLUGINS, migrated=True)
    wanju, sent = Farm(node, node.clock), []  # type: ignore[arg-type]
    for what, number in steps:
        uri = f"{BASE}/proposals/{number}"
        if what == "offer":
            wanju.offer(number)
        elif what == "end" and uri in wanju.goods:
            sent.append(wanju.end(uri))
        elif what == "page" and uri in wanju.goods:
            sent.append(wanju.item(uri))
            wanju.send(sent[-1:])
        elif what == "wrong" and uri in wanju.goods:
            wanju.send([wanju.item(uri, type="Note")])
        elif what == "replay" and sent:
            wanju.send([sent[number % len(sent)]])
        elif what == "whole":
            wanju.send()
    taken = wanju.send()
    assert (taken.count, taken.digest) == (len(wanju.goods), wanju.digest())
    with node.db.read() as session:
        standing = session.scalars(select(Copy).where(Copy.gone_at.is_(None))).all()
        assert {copy.uri: copy.version for copy in standing} == {
            uri: good.version for uri, good in wanju.goods.items()
        }
    node.close()


def test_a_page_costs_a_few_statements_however_much_is_on_it(node, wanju):
    for number in range(10, 200):
        wanju.offer(number)
    wanju.send()
    for uri in list(wanju.goods)[:50]:
        wanju.offer(int(uri.rpartition("/")[2]), price=77)
    with asked(node) as seen:
        wanju.send()
    about_things = [each for each in seen if "trade_copy" in each or "trade_refused" in each]
    assert len(about_things) <= 6


def test_a_node_that_began_anew_is_believed_with_lower_versions(node, wanju):
    uri, gone = f"{BASE}/proposals/1", f"{BASE}/proposals/3"
    backup = dict(wanju.goods), dict(wanju.versions)
    wanju.send()
    for price in (4000, 5000, 6000):
        wanju.offer(1, price=price)
    wanju.send([wanju.item(uri)])
    wanju.send([wanju.end(gone)])
    wanju.goods, wanju.versions = dict(backup[0]), dict(backup[1])
    wanju.offer(2, price=7777)  # the version that the lost life gave to something else
    del wanju.goods[gone]
    assert wanju.send().digest != wanju.digest()
    taken = wanju.send(anew=True)
    assert (taken.count, taken.digest) == (2, wanju.digest())
    assert [copy.price for copy in copies(node)][:2] == [3001, 7777]
    wanju.goods[gone] = backup[0][gone]
    again = wanju.send([wanju.item(gone)])  # comes back with a version that was passed long ago
    assert again.digest == wanju.digest()
