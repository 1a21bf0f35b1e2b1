"""Producers with cut-offs and minimums of their own inside one basket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from support.parts import lines, mails, part, stock, terms, work
from support.rounds import Round

from wizzle.core import members
from wizzle.core.errors import Invalid, Refused
from wizzle.plugins.assembly.cycles import actions
from wizzle.plugins.assembly.cycles.rules import Below
from wizzle.plugins.market import Item, Order, OrderLine, change_order, withdraw_order


@pytest.fixture
def two(round_: Round) -> Round:
    """A round with a second farm whose orders end a day earlier; corn of it is counted."""
    round_.goods("옥수수", farm="other_farm", stock=10, price=2_000)
    round_.offer("farm", "other_farm")
    own = round_.row().cut_off - timedelta(days=1)
    terms(round_, "other_farm", cut_off=own)
    return round_.to("open")


def after_own(two: Round) -> None:
    two.clock.set(two.row().cut_off - timedelta(days=1))


def test_producers_take_part_as_long_as_they_offer_something(round_: Round) -> None:
    assert part(round_) is not None
    round_.goods("옥수수", farm="other_farm")
    round_.offer("farm", "other_farm")
    assert part(round_, "other_farm") is not None
    terms(round_, minimum_won=30_000)
    round_.offer("farm")
    assert part(round_, "other_farm") is None
    kept = part(round_)
    assert kept is not None
    assert kept.minimum_won == 30_000


def test_a_thrown_away_draft_leaves_no_parts(round_: Round) -> None:
    with round_.node.db.write() as session:
        actions.discard_cycle(
            round_.node, session, round_.id, version=round_.row().version, actor_id=None
        )
    assert part(round_) is None


def test_a_cut_off_after_that_of_the_round_is_refused(round_: Round) -> None:
    end = round_.row().cut_off
    with pytest.raises(Invalid):
        terms(round_, cut_off=end + timedelta(minutes=1))
    terms(round_, cut_off=end)
    found = part(round_)
    assert found is not None
    assert found.cut_off is None


def test_own_cut_offs_move_along_with_a_draft(round_: Round) -> None:
    end = round_.row().cut_off
    terms(round_, cut_off=end - timedelta(hours=5))
    with round_.node.db.write() as session:
        actions.change_cycle(
            round_.node, session, round_.id, round_.plan(cut_off=end + timedelta(hours=3)),
            version=round_.row().version, actor_id=None,
        )  # fmt: skip
    found = part(round_)
    assert found is not None
    assert found.cut_off == end - timedelta(hours=2)


def test_past_its_own_cut_off_a_product_cannot_be_ordered(two: Round, alice: FlaskClient) -> None:
    potato, _, corn = two.products
    after_own(two)
    two.order("alice", {potato: 1})
    with pytest.raises(Refused, match="took orders until"):
        two.order("gina", {potato: 1, corn: 1}, key="both")
    page = alice.post(
        "/basket/add",
        data={"occasion": two.occasion, "product_id": corn, "quantity": 1},
    )
    assert page.status_code == 409
    text = page.get_data(as_text=True)
    assert "진안마을 주식회사의 주문은" in text
    assert "마감되었어요" in text


def test_what_lies_in_the_basket_says_that_it_is_late(two: Round, alice: FlaskClient) -> None:
    potato, _, corn = two.products
    for product in (potato, corn):
        alice.post(
            "/basket/add", data={"occasion": two.occasion, "product_id": product, "quantity": 1}
        )
    after_own(two)
    page = alice.get("/checkout").get_data(as_text=True)
    assert "진안마을 주식회사의 주문은 11월 24일(화) 오전 9:00에 마감되었어요." in page


def test_the_rest_of_an_order_can_still_be_changed(two: Round) -> None:
    potato, onion, corn = two.products
    order = two.order("alice", {potato: 1, corn: 2})
    after_own(two)
    alice = two.cast.viewer("alice")
    with two.node.db.write() as session, pytest.raises(Refused, match="took orders until"):
        change_order(
            two.node, session, alice, order.id, [Item(potato, 1), Item(corn, 1)], version=1
        )
    with two.node.db.write() as session:
        # What is not named stays, if it cannot be changed any more.
        change_order(
            two.node, session, alice, order.id, [Item(potato, 4), Item(onion, 1)], version=1
        )
    assert {name: line.quantity for name, line in lines(two).items()} == {
        "감자": 4, "대파": 1, "옥수수": 2,
    }  # fmt: skip


def test_withdrawing_takes_out_what_is_still_open(two: Round, alice: FlaskClient) -> None:
    potato, _, corn = two.products
    order = two.order("alice", {potato: 1, corn: 2})
    after_own(two)
    page = alice.get(f"/orders/{order.uid}").get_data(as_text=True)
    assert "진안마을 주식회사의 주문은" in page
    answer = alice.post(f"/orders/{order.uid}/withdraw", data={}, follow_redirects=True)
    assert "이미 마감된 것만 남기고" in answer.get_data(as_text=True)
    assert set(lines(two)) == {"옥수수"}
    assert stock(two, corn) == 8
    with two.node.db.read() as session:
        assert session.get_one(Order, order.id).state == "placed"
    again = alice.post(f"/orders/{order.uid}/withdraw", data={})
    assert again.status_code == 409


def test_an_order_of_late_goods_alone_stays(two: Round) -> None:
    corn = two.products[2]
    order = two.order("alice", {corn: 2})
    after_own(two)
    with two.node.db.write() as session, pytest.raises(Refused, match="took orders until"):
        withdraw_order(two.node, session, two.cast.viewer("alice"), order.id)


def test_enough_is_confirmed_and_everyone_is_told_once(two: Round) -> None:
    corn = two.products[2]
    terms(two, "other_farm", cut_off=two.row().cut_off - timedelta(days=1), minimum_won=4_000)
    two.order("alice", {corn: 2})
    after_own(two)
    work(two)
    work(two)
    decided = part(two, "other_farm")
    assert decided is not None
    assert decided.outcome == "confirmed"
    assert part(two).outcome is None  # type: ignore[union-attr]
    assert lines(two)["옥수수"].delivered == 2


@pytest.fixture
def below(two: Round) -> Round:
    """Too little corn is ordered by alice, who ordered potatoes too, and by gina."""
    potato, _, corn = two.products
    own = two.row().cut_off - timedelta(days=1)
    terms(two, "other_farm", cut_off=own, minimum_units=5, below=Below.CANCEL)
    two.order("alice", {potato: 1, corn: 2})
    two.order("gina", {corn: 1})
    return two


def decide_now(round_: Round) -> None:
    with round_.node.db.write() as session:
        actions.decide_parts(round_.node, session, actions.locked(session, round_.id))


def test_below_the_minimum_lines_are_cancelled_and_orders_emptied(below: Round) -> None:
    corn = below.products[2]
    after_own(below)
    decide_now(below)
    decide_now(below)
    states = {order.person_name: order.state for order in below.orders()}
    assert states == {"앨리스": "placed", "지나": "withdrawn"}
    with below.node.db.read() as session:
        made = session.execute(
            select(OrderLine.product_name, OrderLine.delivered, OrderLine.amount).order_by(
                OrderLine.id
            )
        ).all()
    assert [tuple(row) for row in made] == [("감자", 1, 1000), ("옥수수", 0, 0), ("옥수수", 0, 0)]
    assert stock(below, corn) == 10
    told = [mail for mail in mails(below, "gina") if "모자라" in mail]
    assert len(told) == 1
    assert "옥수수 한 봉 × 1" in told[0]
    assert any("모자라" in mail for mail in mails(below, "alice"))


def test_the_activists_are_told_who_stayed_below_in_one_mail(two: Round) -> None:
    potato, _, corn = two.products
    own = two.row().cut_off - timedelta(days=1)
    terms(two, "other_farm", cut_off=own, minimum_units=5, below=Below.CANCEL)
    terms(two, cut_off=own, minimum_won=90_000)
    two.order("alice", {potato: 1, corn: 3})
    two.cast.person("dana")
    after_own(two)
    decide_now(two)
    decide_now(two)
    (mail,) = [mail for mail in mails(two, "dana") if "최소 주문" in mail]
    assert "진안마을 주식회사: 6,000원 · 3개 주문, 최소 5개" in mail
    assert "완주로컬푸드협동조합: 1,000원 · 1개 주문, 최소 90,000원" in mail
    assert "그대로 와요" in mail
    assert f"/rounds/{two.id}/producers" in mail


def test_the_rest_of_an_order_with_a_cancelled_part_lives_on(below: Round) -> None:
    potato, onion, _ = below.products
    after_own(below)
    decide_now(below)
    alice = below.cast.viewer("alice")
    order = below.orders()[0]
    with below.node.db.write() as session:
        change_order(
            below.node, session, alice, order.id, [Item(potato, 2), Item(onion, 1)],
            version=order.version,
        )  # fmt: skip
    with below.node.db.write() as session:
        assert withdraw_order(below.node, session, alice, order.id)
    assert below.orders()[0].state == "withdrawn"
    assert stock(below, below.products[2]) == 10


def test_closing_by_hand_decides_all_that_is_left(below: Round) -> None:
    with below.node.db.write() as session:
        actions.advance(below.node, session, below.id, "closed", actor_id=None)
    assert part(below, "other_farm").outcome == "cancelled"  # type: ignore[union-attr]
    assert part(below).outcome == "confirmed"  # type: ignore[union-attr]


def test_nothing_is_packed_or_asked_of_who_was_cancelled(below: Round, dana: FlaskClient) -> None:
    below.to("sent")
    assert "옥수수" not in dana.get(f"/rounds/{below.id}/packing").get_data(as_text=True)
    assert "옥수수" not in dana.get(f"/rounds/{below.id}/sheets").get_data(as_text=True)
    desk = dana.get(f"/rounds/{below.id}/desk").get_data(as_text=True)
    assert "취소" in desk


def test_terms_at_which_somebody_ordered_do_not_become_harder(below: Round) -> None:
    own = below.row().cut_off - timedelta(days=1)
    with pytest.raises(Refused, match="at these terms"):
        terms(below, "other_farm", cut_off=own, minimum_units=6, below=Below.CANCEL)
    with pytest.raises(Refused, match="at these terms"):
        terms(below, "other_farm", cut_off=own, minimum_units=5, below=Below.CARRY)
    terms(below, "other_farm", cut_off=own, minimum_units=3, below=Below.CONFIRM)
    after_own(below)
    with pytest.raises(Refused, match="is over"):
        terms(below, "other_farm", minimum_units=0)


def test_a_moved_cut_off_is_decided_at_its_new_time(below: Round) -> None:
    later = below.row().cut_off - timedelta(hours=2)
    terms(below, "other_farm", cut_off=later, minimum_units=5, below=Below.CANCEL)
    after_own(below)
    work(below)
    assert part(below, "other_farm").outcome is None  # type: ignore[union-attr]
    below.order("charlie", {below.products[2]: 3})
    below.clock.set(later)
    work(below)
    assert part(below, "other_farm").outcome == "confirmed"  # type: ignore[union-attr]


def test_a_cut_off_that_is_over_stops_the_opening(round_: Round) -> None:
    terms(round_, cut_off=round_.row().opens_at + timedelta(hours=1))
    round_.clock.advance(hours=2)
    with pytest.raises(Refused, match="own cut-off"):
        round_.to("open")


def test_who_closes_early_has_the_order_sheet_at_once(
    two: Round, as_: Callable[[str], FlaskClient]
) -> None:
    corn = two.products[2]
    now = two.clock.now()
    with two.node.db.write() as session:
        other, gina = two.cast.space("other_farm").id, two.cast.person("gina").id
        members.grant(session, gina, "owner", other, at=now)
    two.order("alice", {corn: 2})
    sheet = f"/rounds/{two.id}/sheets/{other}"
    keeper = as_("gina")
    assert keeper.get(sheet).status_code == 404
    after_own(two)
    work(two)
    assert "옥수수" in keeper.get(sheet).get_data(as_text=True)
    assert sheet in keeper.get("/me").get_data(as_text=True)
    two.to("sent")
    sent = [mail for mail in mails(two, "gina") if sheet in mail]
    assert len(sent) == 1


def test_setting_all_to_nothing_leaves_what_is_late(two: Round, alice: FlaskClient) -> None:
    potato, _, corn = two.products
    order = two.order("alice", {potato: 1, corn: 2})
    after_own(two)
    answer = alice.post(
        f"/orders/{order.uid}",
        data={"version": "1", f"n-{potato}-": "0"},
        follow_redirects=True,
    )
    assert "이미 마감된 것만" in answer.get_data(as_text=True)
    assert set(lines(two)) == {"옥수수"}
