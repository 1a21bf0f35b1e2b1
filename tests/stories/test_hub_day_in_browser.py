"""The activist's day in a cellar: the list is taken along, two hours without a network, and all of
it arrives once when the network is back."""

from __future__ import annotations

import io

import segno
from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete, func, select
from support.cast import Cast
from support.neighbour import Neighbour
from support.rounds import Round
from support.served import Served

from wizzle.core import ledger
from wizzle.core.models import SignIn
from wizzle.plugins.assembly.cycles import actions
from wizzle.plugins.assembly.hubday.models import Sent
from wizzle.plugins.market import Order, OrderEvent, OrderLine
from wizzle.plugins.market.accounts.queries import account_of

from .conftest import PASSWORD, Enter

AWAY = "ERR_INTERNET_DISCONNECTED"


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
    dana.goes_to(f"/rounds/{this_round.id}/hub-day#o1")
    expect(page.locator(".day-order h2")).to_have_text("앨리스")
    dana.goes_to(f"/rounds/{this_round.id}/hub-day#o1")  # now that it is drawn: looked over
    dana.goes_to(f"/rounds/{this_round.id}/hub-day#")
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
    expect(page.locator(".day-words")).to_contain_text("모두 보냈어요", timeout=40_000)
    arrived(town, this_round)
    quiet(dana)


def quiet(neighbour: Neighbour) -> None:
    """What a browser says of a network that is not there is no fault of ours."""
    neighbour.complaints[:] = [each for each in neighbour.complaints if AWAY not in each]


def serves_alice(page: Page) -> None:
    page.get_by_label("이름, 수령 번호").fill("1234")
    assert page.locator(".day .hand-list li").count() == 3
    page.get_by_label("이름, 수령 번호").fill("앨리")
    expect(page.locator(".day .hand-list a")).to_have_count(1)
    page.locator(".day .hand-list a").click()
    page.get_by_label("봉투 수").fill("2")
    page.get_by_role("button", name="담았어요").click()
    page.get_by_label("봉투 1/2").check()
    meat = page.locator(".day-line", has_text="앞다리살")
    for typed, said in (("65000", "리 없어요"), ("2600", "맞으면 한 번 더")):
        meat.get_by_role("textbox", name="무게").fill(typed)
        meat.get_by_role("button", name="무게 재기").click()
        expect(meat.locator(".day-weigh .day-problem")).to_contain_text(said)
    meat.get_by_role("textbox", name="무게").fill("650")
    meat.get_by_role("button", name="무게 재기").click()
    expect(meat).to_contain_text("6,500원")
    apple = page.locator(".day-line", has_text="사과")
    apple.get_by_text("모자라요").click()
    apple.get_by_label("몇 개 있나요").fill("2")
    apple.get_by_label("까닭").fill("하나가 상했어요")
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


def test_what_two_phones_did_is_decided_by_a_person(
    town: Served, cast: Cast, phone_of: Enter
) -> None:
    """Gina pays 500 won less than was taken; of charlie, whom bob has served, nothing is taken."""
    this_round = prepared(town, cast)
    dana = phone_of("dana")
    page = opened(dana, this_round)
    page.context.set_offline(True)
    for name, won in (("지나", "2,000원"), ("찰리", "4,000원")):
        hands_over(page, name, won)
    expect(page.locator(".day-words")).to_contain_text("2건을 이 휴대전화에")
    _alice, gina, charlie = this_round.orders()
    meanwhile(town, cast, this_round, gina.id, charlie.id)
    page.context.set_offline(False)
    conflicts = page.locator(".day-conflict")
    expect(conflicts).to_have_count(2)
    mine = conflicts.filter(has_text="찰리")
    expect(mine).to_contain_text("보배님이 이미 이 주문을 건넸어요")
    expect(mine).to_contain_text("두 번 낸 분이 없는지")
    expect(mine.get_by_role("button")).to_have_count(1)
    dana.goes_to(f"/rounds/{this_round.id}/hub-day")  # it stays until somebody decides
    expect(conflicts).to_have_count(2)
    mine.get_by_role("button", name="그만두기").click()
    expect(conflicts).to_have_count(1)
    expect(conflicts).to_contain_text("지금 받을 돈은 1,500원이고 받은 돈은 2,000원")
    conflicts.get_by_role("button", name="지금 상태로 다시 하기").click()
    expect(conflicts).to_have_count(0)
    expect(page.locator(".day-words")).to_contain_text("모두 보냈어요")
    assert [each.state for each in this_round.orders()] == ["placed", "collected", "collected"]
    with town.node.db.read() as session:
        assert ledger.balance(session, ledger.account("cash", gina.host_id)) == 6_000
        assert account_of(session, gina.person_id) == 500
    quiet(dana)


def meanwhile(town: Served, cast: Cast, this_round: Round, gina: int, charlie: int) -> None:
    """The steward makes gina's apple cheaper by 500 won and hands charlie's order over."""
    bob = cast.person("bob").id
    with town.node.db.write() as session:
        actions.hand_over(town.node, session, this_round.id, charlie, actor_id=bob)
        line = session.scalars(select(OrderLine).where(OrderLine.order_id == gina)).one()
        line.price = line.amount = 1_500
        session.get_one(Order, gina).version += 1


def test_what_was_noted_down_outlives_the_session(
    town: Served, cast: Cast, phone_of: Enter
) -> None:
    this_round = prepared(town, cast)
    dana = phone_of("dana")
    page = opened(dana, this_round)
    page.context.set_offline(True)
    hands_over(page, "지나", "2,000원")
    with town.node.db.write() as session:
        session.execute(delete(SignIn))
    page.context.set_offline(False)
    expect(page.locator(".day-words")).to_contain_text("로그아웃되었어요")
    assert [each.state for each in this_round.orders()] == ["placed"] * 3
    page.get_by_role("link", name="다시 로그인하기").click()
    page.get_by_label("전자우편 주소").fill("dana@example.com")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_role("button", name="로그인").click()
    expect(page.locator(".day-words")).to_contain_text("모두 보냈어요")
    assert [each.state for each in this_round.orders()] == ["placed", "collected", "placed"]
    dana.complaints.clear()  # the browser tells of 401 and, for the old token, of 400


def test_an_answer_that_was_lost_and_two_tabs_do_nothing_twice(
    town: Served, cast: Cast, phone_of: Enter
) -> None:
    this_round = prepared(town, cast)
    dana = phone_of("dana")
    page = opened(dana, this_round)
    other = page.context.new_page()
    other.goto(f"{town.address}/rounds/{this_round.id}/hub-day")
    expect(other.locator(".day-words")).to_contain_text("모두 보냈어요")
    lost: list[int] = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)  # done by the node, and never heard of here
            route.abort()
        else:
            route.continue_()

    page.context.route("**/operations", lose)
    hands_over(page, "지나", "2,000원")
    expect(page.locator(".day-words")).to_contain_text("1건을 이 휴대전화에")
    assert lost == [200]
    expect(other.locator(".day-counts")).to_have_text("기다림 2 · 끝남 1")
    other.get_by_role("button", name="지금 보내고 새로 받기").click()
    expect(other.locator(".day-words")).to_contain_text("모두 보냈어요")
    page.get_by_role("button", name="지금 보내고 새로 받기").click()
    expect(page.locator(".day-words")).to_contain_text("모두 보냈어요")
    with town.node.db.read() as session:
        assert session.scalar(select(func.count(Sent.uid))) == 1
        hub = this_round.orders()[0].host_id
        assert ledger.balance(session, ledger.account("cash", hub)) == 2_000
    dana.complaints.clear()


def test_nothing_of_the_day_stays_on_the_phone(town: Served, cast: Cast, phone_of: Enter) -> None:
    this_round = prepared(town, cast)
    dana = phone_of("dana")
    page = opened(dana, this_round)
    assert kept(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.context.set_offline(True)
    hands_over(page, "지나", "2,000원")
    expect(page.locator(".day-words")).to_contain_text("1건을")
    logs_out(page)
    expect(page.locator("#offline-bar")).to_contain_text("보내지 않았어요")
    page.context.route("**/operations", lambda route: route.abort())
    page.context.set_offline(False)
    logs_out(page)
    page.wait_for_timeout(300)
    assert "아직 보내지 않은" in asked[0]
    assert kept(page)  # said no: it is all still here
    page.context.unroute("**/operations")
    page.reload()
    expect(page.locator(".day-words")).to_contain_text("모두 보냈어요")
    with page.expect_navigation():
        logs_out(page)
    assert len(asked) == 1
    page.goto(f"{town.address}/terms")
    assert kept(page) == []
    page.context.set_offline(True)
    page.goto(f"{town.address}/rounds/{this_round.id}/hub-day")
    expect(page.locator("h1")).to_have_text("지금은 인터넷이 안 돼요")
    assert "지나" not in page.content()
    dana.complaints.clear()


def test_a_day_is_forgotten_by_its_button_and_by_time(
    town: Served, cast: Cast, phone_of: Enter
) -> None:
    this_round = prepared(town, cast)
    dana = phone_of("dana")
    page = opened(dana, this_round)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_text("이 휴대전화", exact=True).click()
    with page.expect_navigation():
        page.get_by_role("button", name="오늘 목록 지우기").click()
    assert [name for name in kept(page) if "hub-day" in name] == []
    opened(dana, this_round)
    assert [name for name in kept(page) if "hub-day" in name]
    page.evaluate(
        """() => {
          const all = JSON.parse(localStorage["wizzle-stores"]);
          for (const name in all) all[name].until = Date.now() - 1; // the day after
          localStorage["wizzle-stores"] = JSON.stringify(all);
        }"""
    )
    page.goto(f"{town.address}/terms")
    page.wait_for_function("localStorage['wizzle-stores'] === '{}'")
    assert [name for name in kept(page) if "hub-day" in name] == []


CAMERA = """() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
  const pen = canvas.getContext("2d");
  navigator.mediaDevices.getUserMedia = async () => {
    const seen = await createImageBitmap(await (await fetch("/seen.png")).blob());
    setInterval(() => {
      pen.fillStyle = "#ccc";
      pen.fillRect(0, 0, 640, 480);
      pen.drawImage(seen, 160, 80);
    }, 50);
    return canvas.captureStream(20);
  };
}"""


def test_a_label_is_scanned(town: Served, cast: Cast, phone_of: Enter) -> None:
    """The camera is a picture that moves; the reading is our own, as on phones without a reader."""
    this_round = prepared(town, cast)
    dana = phone_of("dana")
    page = opened(dana, this_round)
    label = io.BytesIO()
    order = this_round.orders()[1]
    segno.make(f"{town.address}/bags/{order.uid}", error="m").save(label, kind="png", scale=6)
    page.route("**/seen.png", lambda route: route.fulfill(body=label.getvalue()))
    page.evaluate(CAMERA)
    page.get_by_role("button", name="QR 찍기").click()
    expect(page.locator(".day-order h2")).to_have_text("지나")
    expect(page.locator(".day-camera")).to_be_hidden()


def logs_out(page: Page) -> None:
    button = page.get_by_role("button", name="로그아웃")
    if not button.is_visible():
        page.locator(".account summary").click()
    button.click()


def kept(page: Page) -> list[str]:
    """Return what of dana stands on the phone: databases and caches with something of hers."""
    found: list[str] = page.evaluate(
        """async () => [
          ...(await indexedDB.databases()).map(each => each.name),
          ...(await caches.keys()).filter(name => /^wizzle-(kept|pages-[1-9])/.test(name)),
        ]"""
    )
    return found
