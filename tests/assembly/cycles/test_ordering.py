"""Orders in a round: only while it is open by its state and by the clock, whatever runs at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from support.rounds import Round

from wizzle.core.errors import Refused
from wizzle.plugins.assembly.cycles import actions, queries
from wizzle.plugins.assembly.cycles.rules import State
from wizzle.plugins.market import Item, Order, change_order, withdraw_order


def test_a_round_takes_orders_from_its_opening_to_its_cut_off(round_: Round) -> None:
    now = round_.clock.now()
    round_.draft(opens_at=now + timedelta(hours=1)).offer().to("open")
    potato = round_.products[0]
    with pytest.raises(Refused, match="does not take orders yet"):
        round_.order("alice", {potato: 1})
    round_.clock.advance(hours=1)
    assert round_.order("alice", {potato: 1}).state == "placed"
    round_.clock.set(round_.row().cut_off)
    with pytest.raises(Refused, match="closed"):
        round_.order("gina", {potato: 1})
    assert round_.state is State.OPEN  # nobody has pressed anything: the clock alone closed it


def test_past_the_cut_off_an_order_neither_changes_nor_goes(round_: Round) -> None:
    round_.to("open")
    potato = round_.products[0]
    alice = round_.cast.viewer("alice")
    order = round_.order("alice", {potato: 1})
    round_.clock.set(round_.row().cut_off)
    with pytest.raises(Refused), round_.node.db.write() as session:
        change_order(round_.node, session, alice, order.id, [Item(potato, 2)], version=1)
    with pytest.raises(Refused), round_.node.db.write() as session:
        withdraw_order(round_.node, session, alice, order.id)
    assert [each.state for each in round_.orders()] == ["placed"]


def test_what_the_round_does_not_offer_is_not_ordered_in_it(round_: Round) -> None:
    other = round_.goods("옥수수", farm="other_farm")
    round_.to("open")
    with pytest.raises(Refused, match="not offered here"):
        round_.order("alice", {other[0]: 1})


def test_a_draft_takes_no_order_and_is_no_occasion(round_: Round) -> None:
    with pytest.raises(Refused):
        round_.order("alice", {round_.products[0]: 1})
    with round_.node.db.read() as session:
        ids = frozenset(round_.products)
        assert queries.sale_occasions(round_.node, session, ids) == []
        assert queries.sale_terms(round_.node, session, round_.occasion, ids) is None
        assert queries.sale_terms(round_.node, session, "cycle:999", ids) is None
        assert queries.sale_terms(round_.node, session, "shop:1", ids) is None


def test_the_occasion_tells_where_when_and_at_which_rates(round_: Round) -> None:
    round_.to("open")
    row, ids = round_.row(), frozenset([round_.products[0], 9999])
    with round_.node.db.read() as session:
        (terms,) = queries.sale_occasions(round_.node, session, ids)
        assert queries.sale_terms(round_.node, session, round_.occasion, ids) == terms
    assert terms.offered == {round_.products[0]}
    assert (terms.host_id, terms.place, terms.cut_off) == (row.hub_id, row.place, row.cut_off)
    assert (terms.activist_bp, terms.centre_bp, terms.closed) == (700, 800, None)
    assert terms.url == f"/rounds/{round_.id}"


def test_an_order_and_the_closing_never_pass_each_other(round_: Round) -> None:
    """Whoever comes first: an order that was placed stands in a round that was still open."""
    round_.to("open")
    dana, people = round_.cast.person("dana").id, [round_.cast.viewer(n) for n in ("alice", "gina")]
    start, outcomes = threading.Barrier(9), list[str]()
    round_.cast.viewer = lambda name: people[int(name)]  # type: ignore[method-assign]

    def order(number: int) -> None:
        start.wait()
        for again in range(5):
            try:
                wanted = {round_.products[number % 2]: 1}
                round_.order(str(number % 2), wanted, key=f"{number}-{again}")
            except Refused as refused:
                outcomes.append(str(refused))

    def close() -> None:
        start.wait()
        with round_.node.db.write() as session:
            actions.advance(round_.node, session, round_.id, State.CLOSED, actor_id=dana)
            # Everything ordered is known to whoever closes, and nothing comes after it.
            known = session.scalar(select(func.count()).select_from(Order))
        counted.append(known or 0)

    counted: list[int] = []
    with ThreadPoolExecutor(9) as pool:
        works = [pool.submit(order, number) for number in range(8)] + [pool.submit(close)]
        for work in works:
            work.result()
    assert round_.state is State.CLOSED
    assert len(round_.orders()) == counted[0]
    assert len(round_.orders()) + len(outcomes) == 40
    assert set(outcomes) <= {"This round is closed. What was ordered stands as it is."}


def test_an_order_and_taking_its_product_out_never_pass_each_other(round_: Round) -> None:
    round_.to("open")
    dana, alice = round_.cast.person("dana").id, round_.cast.viewer("alice")
    seller, (potato, onion) = round_.cast.space("farm").id, round_.products
    round_.cast.viewer = lambda _name: alice  # type: ignore[method-assign]
    start, done = threading.Barrier(2), dict[str, bool]()

    def tried(name: str, act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
            done[name] = True
        except Refused:
            done[name] = False

    def take_out() -> None:
        with round_.node.db.write() as session:
            actions.choose_products(round_.node, session, round_.id, seller, [onion], actor_id=dana)

    with ThreadPoolExecutor(2) as pool:
        works = [
            pool.submit(tried, "order", lambda: round_.order("alice", {potato: 1})),
            pool.submit(tried, "take out", take_out),
        ]
        for work in works:
            work.result()
    assert sum(done.values()) == 1


def test_an_order_that_waited_for_its_product_to_be_taken_out_is_refused(round_: Round) -> None:
    round_.to("open")
    dana, alice = round_.cast.person("dana").id, round_.cast.viewer("alice")
    seller, (potato, onion) = round_.cast.space("farm").id, round_.products
    round_.cast.viewer = lambda _name: alice  # type: ignore[method-assign]
    with ThreadPoolExecutor(1) as pool:
        with round_.node.db.write() as session:
            actions.choose_products(round_.node, session, round_.id, seller, [onion], actor_id=dana)
            work = pool.submit(round_.order, "alice", {potato: 1})
            time.sleep(0.3)  # it has come as far as to the lock by now
            assert not work.done()
        with pytest.raises(Refused):
            work.result()


def test_many_products_go_into_the_basket_with_one_press(round_: Round, alice: FlaskClient) -> None:
    (last,) = round_.goods("마지막 배추", stock=1)
    round_.offer("other_farm").offer().to("open")
    potato, onion = round_.products[:2]
    page = alice.post(
        f"/rounds/{round_.id}/basket",
        data={f"q{potato}": "2", f"q{onion}": "1", f"q{last}": "3", "q999": "", "qx": "1"},
        follow_redirects=True,
    ).get_data(as_text=True)
    assert "2가지를 장바구니에 담았어요." in page
    assert "마지막 배추" in page  # of which there are not three: said, and the others went in
    assert "감자" in page
    assert "대파" in page


@pytest.mark.parametrize("typed", ["", "0", "-1", "1e3", "²", "１", "99999999", "x"])
def test_nonsense_goes_into_no_basket(round_: Round, alice: FlaskClient, typed: str) -> None:
    round_.to("open")
    data = {f"q{round_.products[0]}": typed}
    page = alice.post(f"/rounds/{round_.id}/basket", data=data, follow_redirects=True)
    assert "아직 고른 것이 없어요" in page.get_data(as_text=True)


def test_a_closed_round_fills_no_basket(round_: Round, alice: FlaskClient) -> None:
    round_.to("open")
    round_.clock.set(round_.row().cut_off)
    data = {f"q{round_.products[0]}": "1"}
    page = alice.post(f"/rounds/{round_.id}/basket", data=data, follow_redirects=True)
    assert "마감된 회차예요" in page.get_data(as_text=True)


def test_a_stranger_is_asked_to_log_in_before_choosing(round_: Round, client: FlaskClient) -> None:
    round_.to("open")
    page = client.get(f"/rounds/{round_.id}").get_data(as_text=True)
    assert "로그인하고 주문하기" in page
    assert "장바구니에 담기</" not in page  # the button; the help names it too
    answer = client.post(f"/rounds/{round_.id}/basket", data={f"q{round_.products[0]}": "1"})
    assert "/log-in" in answer.location
