"""A resident's way with standing orders, and the list of those who hand out."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from wizzle.plugins.market.standing.models import StandingOrder

THURSDAY = date(2026, 11, 26)


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def key_of(page):
    return re.search(r'name="idempotency_key" value="([^"]*)"', page.get_data(as_text=True))[1]


def begin(browser, hub, product, **said):
    page = browser.get(f"/standing/new?after={product}")
    form = {"idempotency_key": key_of(page), "host_id": hub.id, "quantity": 2, "every": 2,
            "begins_on": THURSDAY.isoformat(), "wish": "less", "up_to": "6000", **said}  # fmt: skip
    return form, browser.post(f"/standing/new?after={product}", data=form, follow_redirects=True)


@pytest.fixture
def alice(as_):
    return as_("alice")


@pytest.fixture
def dana(as_):
    return as_("dana")


@contextmanager
def counted(node):
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            seen.append(statement)

    event.listen(node.db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(node.db.engine, "before_cursor_execute", note)


def test_from_the_product_to_a_standing_order_that_can_be_changed(hub, eggs, bundle, alice):
    page = text(alice.get(f"/market/{eggs}"))
    assert "정기 주문하기" in page
    asked = alice.get(f"/standing/new?after={eggs}")
    assert "수유 마을부엌" in text(asked)
    assert 'value="2026-11-26"' in asked.get_data(as_text=True)
    form, page = begin(alice, hub, eggs)
    assert "달걀" in text(page)
    assert "2주마다" in text(page)
    assert "11월 26일(목)" in text(page)
    again = alice.post(f"/standing/new?after={eggs}", data=form, follow_redirects=True)
    assert again.status_code == 200
    [made] = hub._all(select(StandingOrder))
    hub.work()
    page = alice.get(f"/standing/{made.uid}")
    assert "12월 10일(목)" in text(page)
    assert hub.orders()[0].uid in page.get_data(as_text=True)
    saved = alice.post(
        f"/standing/{made.uid}",
        data={"version": 1, "quantity": 3, "every": 1, "wish": "refund", "up_to": "x"},
        follow_redirects=True,
    )
    assert "정기 주문을 바꿨어요" in text(saved)
    week = (THURSDAY + timedelta(days=7)).isoformat()
    assert "건너뜀" in text(
        alice.post(f"/standing/{made.uid}/skip", data={"on": week}, follow_redirects=True)
    )
    assert "건너뜀" not in text(
        alice.post(f"/standing/{made.uid}/keep", data={"on": week}, follow_redirects=True)
    )
    choice = alice.get(f"/standing/{made.uid}/swap?on={week}")
    assert "꾸러미" in text(choice)
    swapped = alice.post(
        f"/standing/{made.uid}/swap",
        data={"on": week, "product_id": bundle, "quantity": 1},
        follow_redirects=True,
    )
    assert "대신: 꾸러미 × 1" in text(swapped)
    for state, words in (("paused", "쉬는 중"), ("active", "다음:"), ("ended", "끝냈어요")):
        page = alice.post(
            f"/standing/{made.uid}/state", data={"state": state}, follow_redirects=True
        )
        assert words in text(page), state


def test_what_was_typed_stays_when_it_is_refused(hub, eggs, alice):
    _, page = begin(alice, hub, eggs, wish="substitute", up_to="많이", quantity=7, every=4)
    assert page.status_code == 422
    html = page.get_data(as_text=True)
    assert 'value="많이"' in html
    assert 'value="7"' in html
    assert re.search(r'value="4"[^>]*checked', html)
    for wrong in ({"quantity": 0}, {"every": 3}, {"begins_on": "gestern"}, {"host_id": "x"}):
        _, page = begin(alice, hub, eggs, **wrong)
        assert page.status_code == 422, wrong
    assert hub._all(select(StandingOrder)) == []


def test_holidays_on_the_page(hub, eggs, alice):
    begin(alice, hub, eggs)
    days = {"from_on": "2026-12-07", "until_on": "2026-12-14"}
    page = alice.post("/standing/holidays", data=days, follow_redirects=True)
    assert "12월 7일(월) – 12월 14일(월)" in text(page)
    assert "12월 24일" not in text(page)
    wrong = alice.post(
        "/standing/holidays", data={"from_on": "2026-12-07", "until_on": "2026-12-01"}
    )
    assert wrong.status_code == 422
    assert 'value="2026-12-01"' in wrong.get_data(as_text=True)
    drop = re.search(r"/standing/holidays/(\d+)/drop", page.get_data(as_text=True))[0]
    assert "12월 7일" not in text(alice.post(drop, follow_redirects=True))


def test_what_failed_is_seen_by_the_resident_and_the_hub_and_tried_again(
    hub, eggs, bundle, alice, dana, as_
):
    hub.begin("alice", eggs)
    hub.begin("alice", bundle)
    hub.work()
    hub.set(bundle, stock=0)
    hub.next_week()
    assert "주문하지 못했어요" in text(alice.get("/standing"))
    assert "정기 주문 1개를 넣지 못했어요" in text(dana.get("/me"))
    at = f"/standing/at/{hub.round.occasion}"
    page = text(dana.get(at))
    assert "앨리스" in page
    assert "다 팔렸" in page
    assert "아직 넣을 수 없어요" in text(dana.post(f"{at}/again", follow_redirects=True))
    hub.set(bundle, stock=5)
    assert "이제 1개를 넣었어요" in text(dana.post(f"{at}/again", follow_redirects=True))
    assert "앨리스" not in text(dana.get(at))


def test_a_round_without_standing_orders_does_not_boast_of_them(hub, dana):
    page = text(dana.get(f"/standing/at/{hub.round.occasion}"))
    assert "들어갈 정기 주문이 없어요" in page
    assert "모두 넣었어요" not in page


def test_after_the_cut_off_the_list_stays_as_it_was(hub, eggs, dana):
    hub.begin("alice", eggs)
    hub.work()
    hub.set(eggs, stock=0)
    hub.next_week()
    hub.clock.advance(days=2, hours=1)
    at = f"/standing/at/{hub.round.occasion}"
    assert "다시 해 보기" not in text(dana.get(at))
    assert "다 팔렸" in text(dana.post(f"{at}/again", follow_redirects=True))


def test_a_stranger_logs_in_first(hub, eggs, client):
    assert f"next=/standing/new?after%3D{eggs}" in client.get(f"/market/{eggs}").get_data(
        as_text=True
    ).replace("%3F", "?").replace("%2F", "/")


def test_nobody_else_sees_any_of_it(hub, eggs, as_, client):
    made = hub.begin("alice", eggs)
    at = f"/standing/at/{hub.round.occasion}"
    gina, bob = as_("gina"), as_("bob")
    assert gina.get(f"/standing/{made.uid}").status_code == 404
    for path in ("", "/state", "/price", "/skip", "/keep", "/swap"):
        sent = {"version": 1, "quantity": 9, "every": 1, "state": "ended", "price": 1,
                "on": "2026-12-03", "product_id": eggs}  # fmt: skip
        assert gina.post(f"/standing/{made.uid}{path}", data=sent).status_code == 404, path
    assert gina.get(at).status_code == 403
    assert gina.post(f"{at}/again").status_code == 403
    assert bob.get(at).status_code == 200
    assert bob.get("/standing/at/cycle:999").status_code == 404
    assert bob.get("/standing/at/shop:1").status_code == 404
    for path in ("/standing", f"/standing/{made.uid}", at, f"/standing/new?after={eggs}"):
        assert client.get(path).status_code in (302, 401, 403), path
    assert hub._all(select(StandingOrder))[0].quantity == 1


def test_another_hubs_host_sees_its_own_part_only(hub, eggs, as_):
    from wizzle.plugins.assembly.cycles.models import Point

    other, here = hub.round.other_hub("gina"), hub.id
    hub.seed([hub.cast.person("alice").id], eggs)
    hub.seed([hub.cast.person("charlie").id], eggs, host_id=other)
    hub.clock.advance(days=7)
    now = hub.clock.now()
    hub.round.draft()
    with hub.node.db.write() as session:
        session.add(Point(cycle_id=hub.round.id, hub_id=other, place="다른 거점", address="",
                          collect_from=now + timedelta(days=3),
                          collect_until=now + timedelta(days=3, hours=2)))  # fmt: skip
    hub.round.offer().to("open")
    hub.set(eggs, stock=0)
    hub.work()
    at = f"/standing/at/{hub.round.occasion}"
    gina = text(as_("gina").get(at))
    assert "찰리" in gina
    assert "앨리스" not in gina
    assert here != other


def test_longer_lists_ask_no_more(hub, eggs, alice, dana):
    def grow(number):
        made = hub.round.goods(*(f"나물 {place}" for place in range(number)), stock=0)
        person = hub.cast.person("alice").id
        for product in made:
            hub.seed([person], product)
        hub.next_week()

    def asked():
        [uid] = [o.uid for o in hub._all(select(StandingOrder).limit(1))]
        pages = [(alice, "/standing"), (alice, f"/standing/{uid}"), (alice, "/me"),
                 (dana, f"/standing/at/{hub.round.occasion}"), (dana, "/me")]  # fmt: skip
        found = []
        for browser, path in pages:
            browser.get(path)
            with counted(hub.node) as seen:
                assert browser.get(path).status_code == 200
            found.append(len(seen))
        return found

    grow(1)
    few = asked()
    grow(12)
    assert asked() == few
    assert max(few[:2]) <= 8, few


def test_making_one_persons_orders_takes_few_statements(hub, eggs):
    from wizzle.plugins.market import run_standing

    many = hub.round.goods(*(f"나물 {place}" for place in range(20)), stock=None)
    [person] = hub.people(1)
    for product in many:
        hub.seed([person], product)
    hub.clock.advance(days=7)
    hub.round.draft().offer().to("open")
    with counted(hub.node) as seen:
        run_standing(hub.node, hub.round.occasion)
    assert len(hub.lines(hub.orders(hub.round.occasion)[0])) == 20
    assert len(seen) <= 24, "\n".join(seen)


def test_how_it_is_paid_is_asked_where_there_is_a_choice_and_can_be_changed(
    hub, eggs, alice, monkeypatch
):
    assert 'name="payment"' not in alice.get(f"/standing/new?after={eggs}").text
    own = dict(hub.node.host.settings("market"))
    own |= {"bank": "농협은행", "bank_account": "302-1", "bank_holder": "위즐"}
    monkeypatch.setattr(type(hub.node.host), "settings", lambda *_: own)
    assert 'name="payment"' in alice.get(f"/standing/new?after={eggs}").text
    begin(alice, hub, eggs, payment="transfer")
    with hub.node.db.read() as session:
        uid, payment = session.execute(select(StandingOrder.uid, StandingOrder.payment)).one()
    assert payment == "transfer"
    page = alice.get(f"/standing/{uid}")
    assert "계좌이체" in text(page)
    assert re.search(r'value="transfer"[^>]*checked', page.text)
    form = {"version": 1, "quantity": 2, "every": 2, "wish": "less"}
    alice.post(f"/standing/{uid}", data={**form, "payment": "nothing"})
    alice.post(f"/standing/{uid}", data={**form, "payment": "at_collection"})
    with hub.node.db.read() as session:
        assert session.scalar(select(StandingOrder.payment)) == "at_collection"
