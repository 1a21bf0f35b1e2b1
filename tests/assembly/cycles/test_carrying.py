"""What stays below a minimum and goes over into the hub's next round."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from support.parts import mails, part, stock, terms, work
from support.rounds import Round

from wizzle.core.auth import accounts
from wizzle.core.node import Node
from wizzle.plugins.assembly.cycles import actions
from wizzle.plugins.assembly.cycles.actions import carrying
from wizzle.plugins.assembly.cycles.models import Carried
from wizzle.plugins.assembly.cycles.rules import Below
from wizzle.plugins.market import Item, Order, OrderLine, Product, change_order, place_order


@pytest.fixture
def carried(round_: Round) -> Round:
    """A closed round whose corn and beans go over: alice's five and gina's one."""
    round_.goods("옥수수", "콩", farm="other_farm", stock=10)
    round_.offer("farm", "other_farm")
    own = round_.row().cut_off - timedelta(days=1)
    terms(round_, "other_farm", cut_off=own, minimum_won=100_000, below=Below.CARRY)
    potato, _, corn, beans = round_.products
    round_.to("open")
    round_.order("alice", {potato: 1, corn: 2, beans: 3})
    round_.order("gina", {corn: 1})
    round_.clock.set(own)
    work(round_)
    return round_


def next_round(before: Round) -> Round:
    """Open the hub's next round with all goods of both farms."""
    before.to("closed")
    after = Round(before.node, before.cast, before.clock, products=before.products)
    return after.draft(title="다음 회차").offer("farm", "other_farm").to("open")


def waiting(node: Node) -> list[tuple[int, str]]:
    with node.db.read() as session:
        rows = session.execute(select(Carried.quantity, Carried.state).order_by(Carried.line_id))
        return [(row.quantity, row.state) for row in rows]


def ordered(round_: Round) -> dict[str, dict[str, int]]:
    """What stands ordered in a round, by resident."""
    found: dict[str, dict[str, int]] = {}
    with round_.node.db.read() as session:
        rows = session.execute(
            select(Order.person_name, OrderLine.product_name, OrderLine.quantity)
            .join(Order, Order.id == OrderLine.order_id)
            .where(Order.occasion == round_.occasion, Order.state == "placed")
        )
        for row in rows:
            found.setdefault(row.person_name, {})[row.product_name] = row.quantity
    return found


def test_what_goes_over_is_cancelled_now_and_told(carried: Round) -> None:
    found = part(carried, "other_farm")
    assert found is not None
    assert found.outcome == "carried"
    assert waiting(carried.node) == [(2, "waiting"), (3, "waiting"), (1, "waiting")]
    assert stock(carried, carried.products[2]) == 10
    (mail,) = [each for each in mails(carried, "alice") if "다음 회차로 저절로" in each]
    assert "옥수수 한 봉 × 2" in mail
    assert "콩 한 봉 × 3" in mail
    assert mails(carried, "erin") == []
    assert [order.state for order in carried.orders()] == ["placed", "withdrawn"]


def test_it_is_ordered_once_when_the_next_round_opens(carried: Round) -> None:
    after = next_round(carried)
    work(carried)
    for _ in range(2):
        actions.WORK["assembly.carry"](carried.node, {"cycle_id": after.id})
    assert ordered(after) == {"앨리스": {"옥수수": 2, "콩": 3}, "지나": {"옥수수": 1}}
    assert {state for _, state in waiting(carried.node)} == {"placed"}
    assert stock(carried, carried.products[2]) == 7
    placed = [mail for mail in mails(carried, "alice") if "저절로 넘어온 주문이에요" in mail]
    assert len(placed) == 1


def test_what_is_gone_is_told_and_the_rest_is_ordered(carried: Round, dana: FlaskClient) -> None:
    with carried.node.db.write() as session:
        beans = carried.products[3]
        session.execute(update(Product).where(Product.id == beans).values(stock=1))
    after = next_round(carried)
    work(carried)
    assert ordered(after)["앨리스"] == {"옥수수": 2}
    assert waiting(carried.node)[1] == (3, "failed")
    (mail,) = [each for each in mails(carried, "alice") if "넘기지 못했어요" in each]
    assert "콩 한 봉 × 3" in mail
    assert "1개만 남았어요" in mail
    page = dana.get(f"/rounds/{carried.id}/producers").get_data(as_text=True)
    assert "주문하지 못했어요" in page
    assert "다시 주문됨" in page
    assert "넘기지 못했고" in dana.get("/hubs/hub/desk").get_data(as_text=True)


def test_a_producer_who_is_not_there_any_more_is_told_too(carried: Round) -> None:
    carried.to("closed")
    after = Round(carried.node, carried.cast, carried.clock)
    after.draft(title="다음 회차").offer("farm").to("open")
    work(carried)
    assert ordered(after) == {}
    assert {state for _, state in waiting(carried.node)} == {"failed"}
    assert any("넘기지 못했어요" in mail for mail in mails(carried, "gina"))


def test_a_next_round_that_is_open_already_takes_it_at_once(round_: Round) -> None:
    (corn,) = round_.goods("옥수수", farm="other_farm")
    round_.offer("farm", "other_farm")
    terms(round_, "other_farm", minimum_units=9, below=Below.CARRY)
    round_.to("open")
    round_.order("alice", {corn: 1})
    after = Round(round_.node, round_.cast, round_.clock)
    later = round_.row().collect_from + timedelta(days=7)
    after.draft(cut_off=later - timedelta(days=1), collect_from=later,
                collect_until=later + timedelta(hours=2))  # fmt: skip
    after.offer("farm", "other_farm").to("open")
    work(round_)
    round_.to("closed")
    work(round_)
    assert ordered(after) == {"앨리스": {"옥수수": 1}}


def test_who_leaves_is_ordered_nothing_for(
    carried: Round, as_: Callable[[str], FlaskClient]
) -> None:
    gina = carried.cast.person("gina").id
    with carried.node.db.write() as session:
        actions.forget_carried(session, gina)
    after = next_round(carried)
    work(carried)
    assert set(ordered(after)) == {"앨리스"}


def test_job_and_button_at_once_decide_once(round_: Round) -> None:
    (corn,) = round_.goods("옥수수", farm="other_farm", stock=10)
    round_.offer("farm", "other_farm")
    own = round_.row().cut_off - timedelta(days=1)
    terms(round_, "other_farm", cut_off=own, minimum_units=9, below=Below.CARRY)
    round_.to("open")
    round_.order("alice", {corn: 2})
    round_.clock.set(own)
    barrier = Barrier(4)

    def press(number: int) -> None:
        barrier.wait()
        if number % 2:
            actions.WORK["assembly.cut_off"](round_.node, {"cycle_id": round_.id})
        else:
            with round_.node.db.write() as session:
                actions.decide_parts(round_.node, session, actions.locked(session, round_.id))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(press, range(4)))
    assert waiting(round_.node) == [(2, "waiting")]
    assert stock(round_, corn) == 10
    assert len([mail for mail in mails(round_, "alice") if "이렇게 정해졌어요" in mail]) == 1


def test_orders_that_race_the_decision_are_counted_or_refused(round_: Round) -> None:
    (corn,) = round_.goods("옥수수", farm="other_farm", stock=100)
    round_.offer("farm", "other_farm")
    own = round_.row().cut_off - timedelta(days=1)
    terms(round_, "other_farm", cut_off=own, minimum_units=99, below=Below.CANCEL)
    round_.to("open")
    for name in ("alice", "gina", "charlie", "frank", "erin"):
        round_.cast.viewer(name)
    barrier = Barrier(6)

    def act(name: str) -> None:
        barrier.wait()
        if name == "decide":
            round_.clock.set(own)
            actions.WORK["assembly.cut_off"](round_.node, {"cycle_id": round_.id})
            return
        try:
            round_.order(name, {corn: 1})
        except Exception as error:
            assert "took orders until" in str(error)  # noqa: PT017

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(act, ("alice", "gina", "charlie", "frank", "erin", "decide")))
    assert stock(round_, corn) == 100
    assert {order.state for order in round_.orders()} <= {"withdrawn"}


def test_two_workers_carry_over_once(carried: Round) -> None:
    after = next_round(carried)
    barrier = Barrier(3)

    def carry(_: int) -> None:
        barrier.wait()
        actions.WORK["assembly.carry"](carried.node, {"cycle_id": after.id})

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(carry, range(3)))
    assert ordered(after) == {"앨리스": {"옥수수": 2, "콩": 3}, "지나": {"옥수수": 1}}
    assert stock(carried, carried.products[2]) == 7


def test_who_withdraws_the_whole_order_wants_nothing_of_it_next_time_either(
    carried: Round, alice: FlaskClient, dana: FlaskClient
) -> None:
    (order, _) = carried.orders()
    assert alice.post(f"/orders/{order.uid}/withdraw", data={}).status_code == 302
    assert waiting(carried.node) == [(1, "waiting")]
    after = next_round(carried)
    work(carried)
    assert set(ordered(after)) == {"지나"}
    assert all("저절로 넘어온" not in mail for mail in mails(carried, "alice"))
    history = alice.get(f"/orders/{order.uid}").get_data(as_text=True)
    assert "다음 회차에도 주문되지 않아요" in history
    assert any("다음 회차에도 주문되지 않아요" in mail for mail in mails(carried, "alice"))


def test_a_part_withdrawn_leaves_what_goes_over_as_it_is(carried: Round) -> None:
    beet = carried.goods("비트")[0]
    with carried.node.db.write() as session:
        actions.offer_all_of(
            carried.node, session, carried.id, [carried.cast.space("farm").id], actor_id=None
        )
    with carried.node.db.write() as session:
        (order, _) = carried.orders()
        change_order(carried.node, session, carried.cast.viewer("alice"), order.id,
                     [Item(beet, 1)], version=order.version)  # fmt: skip
    assert [state for _, state in waiting(carried.node)] == ["waiting"] * 3


def test_leaving_while_it_is_carried_over_is_no_deadlock(
    carried: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who leaves gives back what they ordered, and what goes over takes of the same goods."""
    after = next_round(carried)
    corn, gina = carried.products[2], carried.cast.viewer("gina")
    after.order("gina", {corn: 1}, key="her own")
    placing, left = Event(), Event()

    def slowly(*args: object, **more: object) -> Order:
        if getattr(args[2], "id", 0) == gina.id:
            placing.set()
            left.wait(1)  # she goes on until she has to wait for what is held here
        return place_order(*args, **more)  # type: ignore[arg-type]

    def leave() -> None:
        placing.wait(10)
        with carried.node.db.write() as session:
            accounts.leave(session, carried.node, gina.id)
        left.set()

    monkeypatch.setattr(carrying, "place_order", slowly)
    with ThreadPoolExecutor(2) as pool:
        goes = pool.submit(leave)
        pool.submit(actions.WORK["assembly.carry"], carried.node, {"cycle_id": after.id}).result()
        goes.result()
    with carried.node.db.read() as session:
        hers = select(Order.state).where(Order.person_id == gina.id)
        assert set(session.scalars(hers)) == {"withdrawn"}
    assert ordered(after).keys() == {"앨리스"}
