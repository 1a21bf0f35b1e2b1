"""The activist's page: every step of a round leads to the next thing to do, in order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.rounds import Round
from support.settling import Sold
from support.visitors import queries

from wizzle.plugins.assembly.cycles import actions as cycles
from wizzle.plugins.assembly.cycles.rules import Below, State, Terms
from wizzle.plugins.assembly.tasks.queries import day_of, expected_share
from wizzle.plugins.assembly.tasks.rules import Facts, in_order

DESK = "/hubs/hub/desk"


@pytest.fixture
def sold(node, cast, clock):
    made = Sold(node, cast, clock)
    made.goods("감자", price=1000)
    made.goods("사과", farm="other_farm", price=2000)
    return made.draft().offer("farm", "other_farm").to("open")


def texts(page):
    """What stands under "to do now"."""
    return page.text.split('id="tasks"')[1].split("</section>")[0]


def day(node, cast, hub="hub"):
    with node.db.read() as session:
        return day_of(session, cast.space(hub).id, node.clock.now())


def test_an_open_round_waits_for_its_cut_off_and_says_who_is_below_the_minimum(
    as_, sold, node, cast
):
    potato, apple = sold.products
    terms = Terms(cut_off=None, minimum_won=9000, minimum_units=0, below=Below.CANCEL)
    with node.db.write() as session:
        cycles.set_terms(node, session, sold.id, cast.space("farm").id, terms, actor_id=sold.dana)
    sold.order("alice", {potato: 3, apple: 1})
    page = as_("dana").get(DESK)
    assert "지금까지 주문 1건" in texts(page)
    assert "최소 주문에 못 미친 생산자 1곳" in texts(page)
    assert "정산하기" not in texts(page)


def test_the_tasks_follow_the_round_to_its_settlement(as_, sold, cast):
    potato, apple = sold.products
    sold.order("alice", {potato: 3})
    sold.order("gina", {apple: 1})
    dana = as_("dana")
    sold.clock.set(sold.row().cut_off)
    assert "회차 마감하기" in texts(dana.get(DESK))
    sold.to("closed")
    assert "주문서 2장 보내기" in texts(dana.get(DESK))
    sold.to("sent")
    page = texts(dana.get(DESK))
    assert "주문서 확인: 2곳 중 0곳" in page
    assert "들어온 상품 세기: 2가지 중 0가지" in page
    assert "완주로컬푸드협동조합" in page
    farm = cast.space("farm").id
    dana.post(f"/rounds/{sold.id}/sheets/{farm}/confirm")
    page = texts(dana.get(DESK))
    assert "주문서 확인: 2곳 중 1곳" in page
    assert "완주로컬푸드협동조합" not in page
    sold.to("received")
    assert "봉투 담기: 2명 중 0명" in texts(dana.get(DESK))
    sold.to("packed")
    assert "찾으러 오라고 알리기" in texts(dana.get(DESK))
    sold.to("distributing")
    assert "나눠 주기: 2명 중 0명" in texts(dana.get(DESK))
    first, second = (order.id for order in sold.waiting())
    sold.hand_over(first)
    assert "나눠 주기: 2명 중 1명" in texts(dana.get(DESK))
    sold.give_up(second)
    page = texts(dana.get(DESK))
    assert "정산하기" in page
    assert "찾아가지 않은 주문 1건" in page
    sold.settle()
    assert "기다리는 일이 없어요" in texts(dana.get(DESK))


def test_what_is_earned_is_expected_first_and_settled_then_to_the_won(as_, sold, node, cast):
    potato, apple = sold.products
    sold.order("alice", {potato: 3, apple: 2})
    hub = cast.space("hub").id
    with node.db.read() as session:
        expected = expected_share(session, hub, [sold.id])[sold.id]
    dana = as_("dana")
    assert f"{expected:,}원" in dana.get(DESK).text
    assert "지금까지 예상" in dana.get(DESK).text
    sold.to("distributing").hand_over()
    with node.db.read() as session:
        assert expected_share(session, hub, [sold.id]) == {sold.id: expected}
    settlement = sold.settle()
    assert settlement.activist == expected
    assert "정산됨" in dana.get(DESK).text


def test_the_next_thing_that_is_due_stands_first_over_all_rounds(node, cast, clock, sold):
    other = Round(node, cast, clock)
    now = clock.now()
    other.goods("배")
    other.draft(title="먼저", cut_off=now + timedelta(hours=3)).offer().to("open")
    first = in_order(day(node, cast).facts, now)[0]
    assert first.title == "먼저"
    dues = [task.due for task in in_order(day(node, cast).facts, now) if not task.done]
    assert dues == sorted(dues)


def test_a_hub_that_only_hands_out_sees_its_own_part(node, cast, clock, sold):
    other = sold.other_hub("charlie")
    assert day(node, cast).facts
    with node.db.read() as session:
        assert day_of(session, other, clock.now()).facts == ()


def test_nobody_sees_the_tasks_of_a_hub_but_its_hosts(as_, sold, client):
    sold.other_hub("charlie")
    for who in ("alice", "charlie", "erin"):
        assert as_(who).get(DESK).status_code == 403
        assert as_(who).get("/spaces/hub/today").status_code == 403
    assert client.get(DESK).status_code == 302
    assert "지금 할 일" in as_("dana").get("/spaces/hub/today").text


def test_the_desk_asks_the_same_for_one_round_and_for_many(as_, sold, node, cast, clock):
    sold.order("alice", {sold.products[0]: 3})
    dana = as_("dana")
    with queries(node) as few:
        dana.get(DESK)
    for _ in range(5):
        more = Round(node, cast, clock)
        more.products = sold.products
        more.draft().offer("farm", "other_farm").to("open")
        more.order("gina", {sold.products[0]: 1})
    with queries(node) as many:
        page = dana.get(DESK)
    assert len(many) == len(few) <= 26
    assert texts(page).count("지금까지 주문") == 6


@pytest.mark.parametrize("state", list(State))
def test_every_state_but_draft_and_settled_has_something_to_do(clock, state):
    now = clock.now()
    facts = Facts(
        cycle_id=1, title="회차", state=state, cut_off=now + timedelta(days=1),
        collect_from=now + timedelta(days=2), collect_until=now + timedelta(days=2, hours=4),
        orders=3, waiting=3, sheets=2, goods=4,
    )  # fmt: skip
    open_ = [task for task in in_order([facts], now) if not task.done]
    assert bool(open_) == (state not in {State.DRAFT, State.SETTLED})
