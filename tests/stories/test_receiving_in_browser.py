"""The activist's day in a real browser: too little came, is shared, weighed, packed, handed over.

Five of the eight apples came: each of the three gets one, two are drawn by lot. Meat is sold by
weight at 10,000 won a kilogram: 650 g cost 6,500 won.
"""

from __future__ import annotations

from sqlalchemy import func, select
from support.cast import Cast
from support.neighbour import Neighbour
from support.rounds import Round
from support.served import Served

from wizzle.core import ledger
from wizzle.plugins.market import OrderLine

from .conftest import Enter

APPLES = {"alice": 3, "gina": 3, "charlie": 2}


def test_too_little_came_and_everyone_has_their_share_in_the_end(
    town: Served, cast: Cast, phone_of: Enter
) -> None:
    this_round = Round(town.node, cast, town.node.clock)
    (apple,) = this_round.goods("사과", price=2_000)
    (meat,) = this_round.goods("앞다리살", price=10_000, sold_by="weight", expected_g=600)
    this_round.draft().offer().to("open")
    for name, number in APPLES.items():
        wanted = {apple: number} | ({meat: 1} if name == "alice" else {})
        this_round.order(name, wanted)
    this_round.to("sent")

    dana = phone_of("dana")
    counts(dana, this_round)
    shares(dana)
    weighs(dana)
    packs(dana)
    town.node.clock.set(this_round.row().collect_from)
    hands_over(dana, this_round)

    alice = phone_of("alice")
    alice.goes_to(f"/orders/{this_round.orders()[0].uid}")
    alice.sees("찾아감", "650g", "6,500원")
    with town.node.db.read() as session:
        came = select(func.sum(OrderLine.delivered)).where(OrderLine.product_id == apple)
        assert session.scalar(came) == 5
        assert ledger.verify(session).ok


def counts(dana: Neighbour, this_round: Round) -> None:
    dana.goes_to(f"/rounds/{this_round.id}/desk")
    dana.presses("들어온 물건")
    dana.sees("사과", "아직 세지 않았어요")
    dana.types("사과", "5")
    dana.presses("센 수량 저장하기")
    dana.sees("적어 두었어요.")
    dana.presses("물건이 다 왔어요")


def shares(dana: Neighbour) -> None:
    dana.presses("모자란 것 나누기")
    dana.sees("모두 같은 수량을 받되", "앨리스", "지나", "찰리")
    dana.presses("이대로 나누기")
    dana.sees("나눴어요.", "메일이 한 통씩 가요")


def weighs(dana: Neighbour) -> None:
    dana.presses("무게 재기 1")
    dana.presses_first("앞다리살")
    dana.types("앨리스", "650")
    dana.presses("무게 저장하기")
    dana.sees("적어 두었어요.", "다 쟀어요")


def packs(dana: Neighbour) -> None:
    dana.presses("담기 3")
    dana.types("앨리스님의 봉투 수", "2")
    dana.presses("담았어요", place=".count:has-text('앨리스')")
    dana.presses("담았어요", place=".count:has-text('지나')")
    dana.presses("담았어요", place=".count:has-text('찰리')")
    dana.sees("3건 가운데 3건")


def hands_over(dana: Neighbour, this_round: Round) -> None:
    dana.goes_to(f"/rounds/{this_round.id}/desk")
    dana.presses("소분을 마쳤어요")
    dana.confirms("나눔 시작하기")
    dana.presses("나눔하기")
    dana.presses_first("앨리스")
    dana.ticks("봉투 1/2")
    dana.ticks("사과")
    dana.sees("표시를 저장했어요.")
    dana.presses("나눔하기")  # somebody else comes first
    dana.presses_first("앨리스")
    for words in ("봉투 1/2", "사과"):
        assert dana.within().get_by_label(words).is_checked()
    assert not dana.within().get_by_label("봉투 2/2").is_checked()
    dana.presses("받고 건넸어요")
    dana.sees("건넸어요. 고맙습니다!", "3건 가운데 1건")
