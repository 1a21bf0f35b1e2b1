"""The activist's day in a cellar: the list is taken along, two hours without a network, and all of
it arrives once when the network is back."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from support.cast import Cast
from support.neighbour import Neighbour
from support.rounds import Round
from support.served import Served

from wizzle.core import ledger
from wizzle.plugins.assembly.hubday.models import Sent
from wizzle.plugins.market import Order, OrderEvent, OrderLine

from .conftest import Enter


def prepared(town: Served, cast: Cast) -> Round:
    this_round = Round(town.node, cast, town.node.clock)
    (apple,) = this_round.goods("사과", price=2_000)
    (meat,) = this_round.goods("앞다리살", price=10_000, sold_by="weight", expected_g=600)
    this_round.draft().offer().to("open")
    this_round.order("alice", {apple: 3, meat: 1})
    this_round.order("gina", {apple: 1})
    this_round.order("charlie", {apple: 2})
    return this_round.to("distributing")


def opened(dana: Neighbour, this_round: Round) -> Page:
    dana.goes_to(f"/rounds/{this_round.id}/hub-day")
    page = dana.page
    expect(page.locator(".day-words")).to_contain_text("모두 보냈어요")
    page.wait_for_function(
        "caches.keys().then(names => names.some(name => name.startsWith('wizzle-kept-')))"
    )
    return page


def test_a_day_without_a_network_arrives_once(town: Served, cast: Cast, phone_of: Enter) -> None:
    this_round = prepared(town, cast)
    dana = phone_of("dana")
    page = opened(dana, this_round)
    context = page.context
    context.set_offline(True)
    page.reload()
    expect(page.locator(".day-words")).to_contain_text("인터넷이 안 돼요")
    serves_alice(page)
    page.close()  # the phone kills it in the middle
    page = dana.page = context.new_page()
    page.goto(f"{town.address}/rounds/{this_round.id}/hub-day")
    expect(page.locator(".day-words")).to_contain_text("6건을 이 휴대전화에")
    hands_over(page, "지나", "2,000원")
    assert all(order.state == "placed" for order in this_round.orders())
    context.set_offline(False)
    expect(page.locator(".day-words")).to_contain_text("모두 보냈어요")
    arrived(town, this_round)


def serves_alice(page: Page) -> None:
    page.get_by_label("이름, 수령 번호").fill("1234")
    assert page.locator(".day .hand-list li").count() == 3
    page.get_by_label("이름, 수령 번호").fill("앨리")
    page.locator(".day .hand-list a").click()
    page.get_by_label("봉투 수").fill("2")
    page.get_by_role("button", name="담았어요").click()
    page.get_by_label("봉투 1/2").check()
    meat = page.locator(".day-line", has_text="앞다리살")
    for typed, said in (("65000", "리 없어요"), ("2600", "맞으면 한 번 더")):
        meat.get_by_label("무게").fill(typed)
        meat.get_by_role("button", name="무게 재기").click()
        expect(meat.locator(".day-weigh .day-problem")).to_contain_text(said)
    meat.get_by_label("무게").fill("650")
    meat.get_by_role("button", name="무게 재기").click()
    expect(meat).to_contain_text("6,500원")
    apple = page.locator(".day-line", has_text="사과")
    apple.get_by_text("모자라요").click()
    apple.get_by_label("몇 개 있나요").fill("2")
    apple.get_by_label("왜").fill("하나가 상했어요")
    apple.get_by_role("button", name="적어 두기").click()
    expect(page.locator(".to-pay b")).to_have_text("10,500원")
    page.get_by_label("사과").check()
    page.get_by_role("button", name="받고 건넸어요").click()
    expect(page.locator(".day-counts")).to_have_text("기다림 2 · 끝남 1")


def hands_over(page: Page, name: str, won: str) -> None:
    page.locator(".day .hand-list a", has_text=name).click()
    expect(page.locator(".to-pay b")).to_have_text(won)
    page.get_by_role("button", name="받고 건넸어요").click()


def arrived(town: Served, this_round: Round) -> None:
    alice, gina, charlie = this_round.orders()
    assert [each.state for each in (alice, gina, charlie)] == ["collected", "collected", "placed"]
    with town.node.db.read() as session:
        assert ledger.verify(session).ok
        hub = ledger.account("cash", alice.host_id)
        assert ledger.balance(session, hub) == 12_500
        handed = select(func.count(OrderEvent.id)).where(OrderEvent.kind == "collected")
        assert session.scalar(handed) == 2
        assert session.scalar(select(func.count(Sent.uid))) == 7
        weighed = select(OrderLine.weighed_g).where(OrderLine.sold_by == "weight")
        assert session.scalar(weighed) == 650
        assert session.get_one(Order, alice.id).bags == 2
