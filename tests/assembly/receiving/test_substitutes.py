"""Something else for what came short: only for those who wished it, never dearer than allowed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from support.arrivals import Arrival
from support.parts import terms
from support.rounds import Round

from wizzle.core.errors import NotFound, Refused
from wizzle.plugins.assembly.cycles import actions as cycles
from wizzle.plugins.assembly.cycles.rules import Below
from wizzle.plugins.market import Order, OrderLine, Product, Swap


@dataclass
class Lacking:
    """alice wished something else up to 1,500 won for four potatoes, of which one came."""

    arrival: Arrival
    order: Order
    sweet: int
    dear: int
    few: int
    onion: int

    @property
    def line(self) -> int:
        return self.arrival.line(self.order).id

    def stock(self, product_id: int) -> int | None:
        with self.arrival.node.db.read() as session:
            return session.get_one(Product, product_id).stock


@pytest.fixture
def lacking(arrival: Arrival) -> Lacking:
    potato, onion = arrival.round.products
    sweet, few = arrival.round.goods("고구마", "토란", price=1_400, stock=10)
    [dear] = arrival.round.goods("산마", price=1_600)
    with arrival.node.db.write() as session:
        session.get_one(Product, few).stock = 1
        session.get_one(Product, sweet).tax_class = "taxed"
    order = arrival.round.order("alice", {potato: 4, onion: 1})
    arrival.wish(order, "substitute", 1_500)
    arrival.round.to("sent")
    arrival.count({potato: 1})
    arrival.round.to("received")
    arrival.share()
    return Lacking(arrival, order, sweet, dear, few, onion)


def test_it_becomes_a_line_of_its_own_and_takes_stock(lacking: Lacking) -> None:
    lacking.arrival.replace(Swap(lacking.line, lacking.sweet, 3))
    first, _, other = lacking.arrival.lines(lacking.order)
    assert other.substitute_for_id == first.id
    assert (other.quantity, other.delivered, other.price, other.amount) == (3, 3, 1_400, 4_200)
    assert other.tax_class == "taxed"
    assert other.activist_bp == first.activist_bp
    assert lacking.stock(lacking.sweet) == 7
    assert first.amount == 1_000
    kinds = [event.kind for event in lacking.arrival.events(lacking.order)]
    assert kinds[-1] == "substituted"


def test_it_may_come_in_parts_but_never_more_than_is_missing(lacking: Lacking) -> None:
    lacking.arrival.replace(Swap(lacking.line, lacking.few, 1))
    lacking.arrival.replace(Swap(lacking.line, lacking.sweet, 1))
    lacking.arrival.replace(Swap(lacking.line, lacking.sweet, 1))
    with pytest.raises(Refused, match="missing"):
        lacking.arrival.replace(Swap(lacking.line, lacking.sweet, 1))
    instead = [line for line in lacking.arrival.lines(lacking.order) if line.substitute_for_id]
    assert sorted(line.delivered for line in instead) == [1, 2]


def test_what_was_not_agreed_is_refused_and_nothing_is_taken(lacking: Lacking) -> None:
    with pytest.raises(Refused, match="more than"):
        lacking.arrival.replace(Swap(lacking.line, lacking.dear, 1))
    with pytest.raises(Refused, match="already"):
        lacking.arrival.replace(Swap(lacking.line, lacking.onion, 1))
    with pytest.raises(Refused, match="left of"):
        lacking.arrival.replace(
            Swap(lacking.line, lacking.sweet, 1), Swap(lacking.line, lacking.few, 2)
        )
    with pytest.raises(NotFound):
        lacking.arrival.replace(Swap(lacking.line, 999, 1))
    assert lacking.stock(lacking.sweet) == 10
    assert len(lacking.arrival.lines(lacking.order)) == 2
    lacking.arrival.wish(lacking.order, "less")
    with pytest.raises(Refused, match="wished"):
        lacking.arrival.replace(Swap(lacking.line, lacking.sweet, 1))


def test_the_last_unit_goes_to_one_order_only(lacking: Lacking) -> None:
    lacking.arrival.replace(Swap(lacking.line, lacking.few, 1))
    assert lacking.stock(lacking.few) == 0
    with pytest.raises(Refused):
        lacking.arrival.replace(Swap(lacking.line, lacking.few, 1))


def test_weighed_goods_never_cost_more_than_allowed(lacking: Lacking) -> None:
    [melon] = lacking.arrival.round.goods("참외", price=10_000, sold_by="weight", expected_g=140)
    lacking.arrival.replace(Swap(lacking.line, melon, 1))
    line = lacking.arrival.lines(lacking.order)[-1]
    assert (line.amount, line.most_g) == (1_400, 150)


def test_sharing_again_counts_what_stands_in(lacking: Lacking) -> None:
    lacking.arrival.replace(Swap(lacking.line, lacking.sweet, 2))
    potato = lacking.arrival.round.products[0]
    lacking.arrival.count({potato: 4})
    lacking.arrival.share()
    assert lacking.arrival.line(lacking.order).delivered == 2  # two are replaced already


def test_the_mail_ties_both_together(lacking: Lacking) -> None:
    lacking.arrival.replace(Swap(lacking.line, lacking.sweet, 3))
    lacking.arrival.later(minutes=11)
    [mail] = [m for m in lacking.arrival.letters("고구마") if m["to"] == "alice@example.com"]
    assert "감자" in mail["text"]
    assert "4,200원" in mail["text"]
    assert "대신" in mail["text"]


def test_the_page_offers_what_fits_the_cheapest_first(lacking: Lacking, dana: FlaskClient) -> None:
    here = f"/rounds/{lacking.arrival.round.id}/substitutes"
    page = dana.get(here).get_data(as_text=True)
    assert "고구마" in page
    assert "과세" in page
    assert "산마" not in page  # dearer than allowed
    assert "토란" not in page  # too few
    line = lacking.line
    wrong = dana.post(here, data={f"s-{line}": lacking.sweet, f"n-{line}": "9", "reason": "없어서"})
    assert wrong.status_code == 409
    assert 'value="9"' in wrong.get_data(as_text=True)
    done = dana.post(here, data={f"s-{line}": lacking.sweet, f"n-{line}": "3", "reason": "없어서"})
    assert done.status_code == 302
    page = dana.get(here).get_data(as_text=True)
    assert "앨리스" in page.split("대신 담은")[-1]


def test_the_resident_sees_both_lines(lacking: Lacking, alice: FlaskClient) -> None:
    lacking.arrival.replace(Swap(lacking.line, lacking.sweet, 3))
    page = alice.get(f"/orders/{lacking.order.uid}").get_data(as_text=True)
    assert "고구마" in page
    goods = page.split("지나온 일")[0]
    assert "감자 대신 (고르신 대로)" in goods
    assert "대신 고구마 × 3" in goods


def test_nobody_gets_both_what_came_after_all_and_what_stands_in(lacking: Lacking) -> None:
    lacking.arrival.replace(Swap(lacking.line, lacking.sweet, 3))

    def less(line: OrderLine, delivered: int) -> None:
        with lacking.arrival.node.db.write() as session:
            cycles.deliver_less(
                lacking.arrival.node, session, lacking.arrival.round.id, line.id, delivered,
                reason="다시 찾음", actor_id=lacking.arrival.dana,
            )  # fmt: skip

    first, _, other = lacking.arrival.lines(lacking.order)
    with pytest.raises(Refused, match="more than the 4"):
        less(first, 4)
    less(other, 0)
    less(first, 4)
    with pytest.raises(Refused, match="more than the 4"):
        less(other, 1)
    less(first, 3)
    less(other, 1)


def test_nothing_stands_in_for_what_goes_over_into_the_next_round(arrival: Arrival) -> None:
    round_ = arrival.round
    potato, onion = round_.products
    [corn] = round_.goods("옥수수", farm="other_farm", stock=10)
    after = Round(round_.node, round_.cast, round_.clock).draft(title="둘째 회차")
    after.offer("farm", "other_farm")
    terms(after, "other_farm", minimum_won=100_000, below=Below.CARRY)
    after.to("open")
    order = after.order("alice", {potato: 1, corn: 2}, key="both")
    held = Arrival(after)
    held.wish(order, "substitute", 5_000)
    after.to("received")
    line = next(each for each in held.lines(order) if each.product_id == corn)
    assert line.delivered == 0
    with pytest.raises(NotFound):
        held.replace(Swap(line.id, onion, 2))
