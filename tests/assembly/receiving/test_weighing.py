"""Goods by weight: what the scale shows is what is paid (I2), and slips are caught."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from support.arrivals import Arrival

from wizzle.core.errors import Invalid, NotFound, Refused
from wizzle.plugins.assembly.cycles import actions as cycles
from wizzle.plugins.assembly.receiving import actions
from wizzle.plugins.market import Doubt, Order, OrderLine, doubt


@dataclass
class Scale:
    """alice ordered two chickens of about 1,200 g, 12,900 won a kilogram, at most 1,440 g each."""

    arrival: Arrival
    order: Order
    product: int

    @property
    def line(self) -> OrderLine:
        return self.arrival.line(self.order)

    def weigh(self, grams: int, *, sure: bool = False) -> int:
        line = self.line.id
        with self.arrival.node.db.write() as session:
            return actions.weigh(
                self.arrival.node, session, self.arrival.round.id, self.product, {line: grams},
                sure={line} if sure else (), actor_id=self.arrival.dana,
            )  # fmt: skip


@pytest.fixture
def scale(arrival: Arrival) -> Scale:
    [chicken] = arrival.round.goods("토종닭", price=12_900, sold_by="weight", expected_g=1_200)
    farm = arrival.round.cast.space("farm").id
    with arrival.node.db.write() as session:
        cycles.offer_all_of(arrival.node, session, arrival.round.id, [farm], actor_id=arrival.dana)
    order = arrival.round.order("alice", {chicken: 2})
    with arrival.node.db.write() as session:
        session.execute(
            update(OrderLine)
            .where(OrderLine.order_id == order.id)
            .values(sold_by="weight", expected_g=1_200, most_g=1_440, amount=30_960)
        )
    arrival.round.to("received")
    return Scale(arrival, order, chicken)


def test_it_costs_what_it_weighs_rounded_once(scale: Scale) -> None:
    assert scale.weigh(2_345) == 1
    assert scale.line.amount == 30_251  # 30,250.5
    assert scale.weigh(2_345) == 0
    event = scale.arrival.events(scale.order)[-1]
    assert event.kind == "weighed"
    assert (event.details["grams"], event.details["expected"]) == (2_345, 2_400)


def test_nothing_is_handed_over_at_a_guess(scale: Scale) -> None:
    def hand_over() -> None:
        with scale.arrival.node.db.write() as session:
            cycles.hand_over(
                scale.arrival.node, session, scale.arrival.round.id, scale.order.id,
                actor_id=scale.arrival.dana,
            )  # fmt: skip

    scale.arrival.round.to("distributing")
    with pytest.raises(Refused, match=r"weigh .*first"):
        hand_over()
    scale.weigh(2_345)
    hand_over()
    assert scale.line.paid == 30_251


def test_nobody_pays_for_more_than_they_agreed_to(scale: Scale) -> None:
    scale.weigh(5_000)
    assert scale.line.weighed_g == 5_000
    assert scale.line.amount == 12_900 * 2_880 // 1_000
    assert scale.arrival.events(scale.order)[-1].details["capped"] is True


def test_a_slip_is_asked_about_and_a_greater_one_refused(scale: Scale) -> None:
    for slip in (9_601, 599):
        with pytest.raises(Invalid):
            scale.weigh(slip)
    for mistake in (24_001, 239, 240_000, 1):
        with pytest.raises(Invalid):
            scale.weigh(mistake, sure=True)
    assert scale.line.weighed_g is None
    scale.weigh(9_601, sure=True)
    assert scale.line.weighed_g == 9_601


def test_fewer_pieces_are_weighed_anew(scale: Scale) -> None:
    scale.weigh(2_345)
    with scale.arrival.node.db.write() as session:
        cycles.deliver_less(
            scale.arrival.node, session, scale.arrival.round.id, scale.line.id, 1,
            reason="하나가 덜 왔어요", actor_id=scale.arrival.dana,
        )  # fmt: skip
    assert scale.line.weighed_g is None
    assert scale.line.amount == 15_480


def test_only_whoever_serves_the_order_weighs_it(scale: Scale) -> None:
    with pytest.raises(NotFound), scale.arrival.node.db.write() as session:
        actions.weigh(
            scale.arrival.node, session, scale.arrival.round.id, scale.product,
            {scale.line.id: 2_345}, hubs=frozenset({999}), actor_id=scale.arrival.dana,
        )  # fmt: skip


def test_the_page_asks_again_in_words(scale: Scale, dana: FlaskClient) -> None:
    here = f"/rounds/{scale.arrival.round.id}/weighing"
    assert "토종닭" in dana.get(here).get_data(as_text=True)
    page, name = f"{here}/{scale.product}", f"g-{scale.line.id}"
    assert "약 2.4 kg" in dana.get(page).get_data(as_text=True)
    asked = dana.post(page, data={name: "10 kg"})
    assert asked.status_code == 422
    text = asked.get_data(as_text=True)
    assert "2.4 kg가 아니라 10 kg인가요?" in text
    assert 'value="10 kg"' in text
    sure = f"sure-{scale.line.id}"
    assert sure in text
    assert dana.post(page, data={name: "10 kg", sure: "yes"}).status_code == 302
    assert scale.line.weighed_g == 10_000
    assert "2.88 kg" in dana.get(page).get_data(as_text=True)
    for nonsense in ("x", "-1", "1.5", "0", "99999999"):
        assert dana.post(page, data={name: nonsense}).status_code == 422, nonsense
    refused = dana.post(page, data={name: "100000"})
    assert refused.status_code == 422
    assert sure not in refused.get_data(as_text=True)
    assert dana.post(page, data={name: ""}).status_code == 302  # left for later
    assert scale.line.weighed_g == 10_000


def test_the_ready_mail_tells_both_numbers(scale: Scale) -> None:
    scale.weigh(2_345)
    scale.arrival.round.to("distributing")
    [mail] = [m for m in scale.arrival.letters("2.345") if scale.order.code in m["subject"]]
    assert "2.345" in mail["text"]
    assert "2.4" in mail["text"]
    assert "30,251원" in mail["text"]


@given(st.integers(1, 10**6), st.integers(1, 10**5))
def test_only_what_can_be_meant_is_taken_as_it_is(grams: int, expected: int) -> None:
    found = doubt(grams, expected)
    if 4 * grams >= expected and grams <= 4 * expected:
        assert found is Doubt.NONE
    elif 10 * grams >= expected and grams <= 10 * expected:
        assert found is Doubt.ASK
    else:
        assert found is Doubt.REFUSE


def test_what_is_sold_by_the_piece_is_not_weighed(arrival: Arrival) -> None:
    potato = arrival.round.products[0]
    order = arrival.round.order("alice", {potato: 1})
    arrival.round.to("received")
    with pytest.raises(Refused), arrival.node.db.write() as session:
        actions.weigh(
            arrival.node, session, arrival.round.id, potato,
            {arrival.line(order).id: 500}, actor_id=arrival.dana,
        )  # fmt: skip
