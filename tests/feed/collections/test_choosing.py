"""What may be chosen, in which order it stands, and what falls out."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from wizzle.core.errors import Forbidden, NotFound, Refused
from wizzle.core.models import Space
from wizzle.plugins.feed.collections import actions, queries
from wizzle.plugins.feed.collections.actions import Words
from wizzle.plugins.feed.collections.rules import MOST_ITEMS, moved, parts


@given(st.lists(st.integers(0, 50), unique=True), st.integers(0, 50), st.text(max_size=6))
def test_moving_loses_and_doubles_nothing(order, one, step):
    assert sorted(moved(order, one, step)) == sorted(order)


@given(st.permutations(range(6)), st.integers(0, 5))
def test_a_step_down_undoes_a_step_up(order, one):
    order = list(order)
    if order[0] != one:
        assert moved(moved(order, one, "up"), one, "down") == order
    assert moved(order, one, "first")[0] == one
    assert moved(order, one, "last")[-1] == one


@pytest.mark.parametrize(
    "text", ["", "space", "space:", "space:x", "person:1", "circle:2", "collection:1", "weekly:1",
             "Space:1", "space:1 ", "space:1\n", "space:1234567890", "space:-1", "스페이스:1"],
)  # fmt: skip
def test_what_names_nothing_that_can_be_chosen(text):
    assert parts(text) is None


def test_the_same_form_twice_makes_one_collection_and_one_item(shelf):
    assert shelf.made() == shelf.made()
    number = shelf.made()
    one = shelf.add(number, shelf.space(), reason="처음")
    assert shelf.add(number, shelf.space(), reason="다시") == one
    assert [item.reason for item in shelf.items(number)] == ["다시"]


def test_only_what_everyone_can_see_is_chosen(shelf):
    number = shelf.made()
    for subject in ("space:999", "product:999", "nothing:1", "person:1"):
        with pytest.raises(NotFound):
            shelf.add(number, subject)
    shelf.close("shop")
    with pytest.raises(NotFound):
        shelf.add(number, shelf.space())


def test_what_is_closed_falls_out_and_its_curator_is_told(shelf, as_, client):
    number = shelf.public()
    shelf.add(number, shelf.space("hub"), reason="목요일마다")
    assert "수유 책방" in client.get(f"/collections/{number}").text
    shelf.close("shop")
    page = client.get(f"/collections/{number}").text
    assert "수유 책방" not in page
    assert "목요일마다" in page
    own = as_("alice").get(f"/collections/{number}").text
    assert "수유 책방" in own  # named to alice, so that she knows what is missing
    assert 'class="pick-title"><a href="/spaces/shop"' not in own


def test_an_item_goes_to_any_place(shelf, as_):
    number = shelf.made()
    first, second, third = (
        shelf.add(number, shelf.space(name)) for name in ("shop", "hub", "farm")
    )
    alice, url = as_("alice"), f"/collections/{number}/items/{third}"
    alice.post(url, data={"reason": "가장 먼저", "place": "1"})
    assert [item.id for item in shelf.items(number)] == [third, first, second]
    alice.post(url, data={"reason": "맨 끝", "place": "900"})
    assert [item.id for item in shelf.items(number)] == [first, second, third]
    assert alice.post(url, data={"reason": "어디", "place": "0"}).status_code == 422


def test_a_place_in_words_needs_no_page(shelf, client):
    number = shelf.public()
    shelf.add(
        number,
        None,
        title="우이천 벚나무 아래",
        address="수유교에서 오른쪽",
        reason="그늘이 좋아요",
    )
    page = client.get(f"/collections/{number}").text
    assert "우이천 벚나무 아래" in page
    assert "수유교에서 오른쪽" in page


def test_the_curator_sorts(shelf, as_):
    number = shelf.made()
    shop, hub = shelf.add(number, shelf.space()), shelf.add(number, shelf.space("hub"))
    alice = as_("alice")
    alice.post(f"/collections/{number}/items/{hub}/move", data={"step": "up"})
    assert [item.id for item in shelf.items(number)] == [hub, shop]
    alice.post(f"/collections/{number}/items/{hub}/move", data={"step": "sideways"})
    alice.post(f"/collections/{number}/items/{hub}/move", data={"step": "up"})
    assert [item.id for item in shelf.items(number)] == [hub, shop]


def test_a_full_page_asks_once_for_each_kind(shelf, node):
    number = shelf.made()
    for name in ("shop", "hub", "farm", "other_farm"):
        shelf.add(number, shelf.space(name))
    from support.visitors import queries as asked

    with asked(node) as statements, node.db.read() as session:
        assert len(queries.shown_items(node, session, number)) == 4
    assert len([each for each in statements if each.startswith("SELECT")]) == 2


def test_nobody_changes_what_is_somebody_elses(shelf, as_):
    draft = shelf.made()
    item = shelf.add(draft, shelf.space())
    with pytest.raises(NotFound):
        shelf.add(draft, shelf.space("hub"), "gina")
    shelf.do(actions.publish, "alice", draft)
    for step, more in ((actions.take_out, (item,)), (actions.move, (item, "up")),
                       (actions.reword, (item, "x")), (actions.publish, ()),
                       (actions.withdraw, ()), (actions.remove, ())):  # fmt: skip
        with pytest.raises(Forbidden):
            shelf.do(step, "gina", draft, *more)
    gina = as_("gina")
    for path in ("edit", "items", "curators", f"items/{item}", "places/new"):
        assert gina.get(f"/collections/{draft}/{path}").status_code == 404
    assert [row.id for row in shelf.items(draft)] == [item]


def test_an_item_of_another_collection_is_not_reached_through_ones_own(shelf):
    other = shelf.made("gina")
    item = shelf.add(other, shelf.space(), "gina")
    mine = shelf.made("alice")
    for step, more in ((actions.take_out, ()), (actions.reword, ("x",))):
        with pytest.raises(NotFound):
            shelf.do(step, "alice", mine, item, *more)
    shelf.do(actions.move, "alice", mine, item, "up")
    assert [row.id for row in shelf.items(other)] == [item]


def test_a_hidden_space_is_not_shown_either(shelf, node, client):
    number = shelf.public()
    with node.db.write() as session:
        now = node.clock.now()
        session.execute(
            update(Space).where(Space.slug == "shop").values(hidden_at=now, closed_at=now)
        )
    assert "수유 책방" not in client.get(f"/collections/{number}").text


def at_once(*steps):
    """Do these in threads of their own, and return what each raised or returned."""
    gate, found = threading.Barrier(len(steps)), []

    def run(step):
        gate.wait()
        try:
            found.append(step())
        except Exception as error:
            found.append(error)

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_two_editors_at_once_begin_one_selection(shelf, cast):
    cast.person("bob")

    def begin():
        return shelf.do(actions.begin_week, "bob", Words("이번 주")).id

    assert len(set(at_once(begin, begin, begin))) == 1


def test_a_form_sent_twice_at_once_makes_one_collection(shelf, cast):
    cast.person("alice")
    assert len(set(at_once(shelf.made, shelf.made, shelf.made))) == 1


def test_two_curators_at_once_never_go_over_the_edge(shelf):
    shelf.settle("alice")
    number = shelf.made()
    for place in range(MOST_ITEMS - 1):
        shelf.add(number, None, title=f"{place}번째 나무")

    def add():
        return shelf.add(number, None, title="마지막 나무")

    found = at_once(add, add, add)
    assert len([each for each in found if isinstance(each, Refused)]) == 2
    assert len(shelf.items(number)) == MOST_ITEMS
