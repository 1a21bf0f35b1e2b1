"""The pages of settling and of statements: what each of the cast sees and may do."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from support.settling import Sold

from wizzle.core import ledger
from wizzle.core.members import grant, make_space
from wizzle.core.models import LedgerAccount, LedgerEntry
from wizzle.plugins.assembly.cycles.rules import State
from wizzle.plugins.assembly.settlement.models import SettledLine

PAID = 12_570
As = Callable[[str], FlaskClient]


def seen(page: object) -> str:
    """The words of a page, one blank apart."""
    text = page.text  # type: ignore[attr-defined]
    main = re.search(r"<main.*?</main>", text, re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main[0] if main else text)))


def test_the_activist_sees_the_sums_before_and_settles(sold: Sold, dana: FlaskClient):
    page = dana.get(f"/rounds/{sold.id}/settle")
    words = seen(page)
    for amount in ("2,970원", "9,600원", "12,570원", "10,684원", "880원", "1,006원"):
        assert amount in words
    assert "네, 정산할게요" in words
    answer = dana.post(f"/rounds/{sold.id}/settle", data={"shown": PAID})
    assert answer.location == f"/rounds/{sold.id}/settlement"
    assert sold.state is State.SETTLED
    after = seen(dana.get(answer.location))
    assert "완주로컬푸드협동조합" in after
    assert "12,570원" in after


def test_pressing_twice_is_told_the_same(sold: Sold, dana: FlaskClient):
    for _ in range(2):
        answer = dana.post(f"/rounds/{sold.id}/settle", data={"shown": PAID})
        assert answer.location == f"/rounds/{sold.id}/settlement"
    assert sold.balance("activist", "hub") == 880
    assert dana.get(f"/rounds/{sold.id}/settle").location == f"/rounds/{sold.id}/settlement"


def test_a_page_that_shows_other_sums_settles_nothing(sold: Sold, dana: FlaskClient):
    for shown in ("12571", "", "nonsense", "-1", "9" * 40):
        answer = dana.post(
            f"/rounds/{sold.id}/settle", data={"shown": shown}, follow_redirects=True
        )
        assert "달라졌어요" in answer.text, shown
        assert sold.state is State.DISTRIBUTING


def test_orders_that_wait_are_counted_instead_of_a_button(empty: Sold, dana: FlaskClient):
    (leek,) = empty.goods("대파")
    sold = empty.ready({"alice": {leek: 1}, "gina": {leek: 1}})
    words = seen(dana.get(f"/rounds/{sold.id}/settle"))
    assert "2건" in words
    assert "네, 정산할게요" not in words
    answer = dana.post(f"/rounds/{sold.id}/settle", data={"shown": 0}, follow_redirects=True)
    assert "2건" in answer.text
    assert sold.state is State.DISTRIBUTING


def test_before_its_time_there_is_no_button(empty: Sold, dana: FlaskClient):
    empty.goods("대파")
    empty.draft().offer().to("open")
    words = seen(dana.get(f"/rounds/{empty.id}/settlement", follow_redirects=True))
    assert "아직 정산할 때가 아니에요" in words
    assert "네, 정산할게요" not in words


def test_nobody_else_settles_or_sees_the_settlement(sold: Sold, as_: As):
    for name in ("alice", "erin", "charlie"):
        browser = as_(name)
        for path in ("settle", "settlement", "statements/hub", "statements/centre"):
            assert browser.get(f"/rounds/{sold.id}/{path}").status_code == 403
        assert browser.post(f"/rounds/{sold.id}/settle", data={"shown": PAID}).status_code == 403
    assert sold.state is State.DISTRIBUTING


def test_the_activist_of_another_hub_is_a_stranger_here(sold: Sold, as_: As):
    charlie, now = sold.cast.person("charlie"), sold.node.clock.now()
    with sold.node.db.write() as session:
        hub = make_space(session, kind="hub", name="우이 마을부엌", at=now)
        grant(session, charlie.id, "activist", hub.id, at=now)
    browser, farm = as_("charlie"), sold.cast.space("farm").id
    assert browser.post(f"/rounds/{sold.id}/settle", data={"shown": PAID}).status_code == 403
    sold.settle()
    for path in ("settle", "settlement", "statements/hub"):
        assert browser.get(f"/rounds/{sold.id}/{path}").status_code == 403
    assert browser.get(f"/rounds/{sold.id}/statements/{farm}").status_code == 404
    assert f"/rounds/{sold.id}" not in browser.get("/statements").text


def test_a_stranger_is_sent_to_log_in(sold: Sold, client: FlaskClient):
    for path in ("settle", "settlement", "statements/hub", "statements/1"):
        assert "/log-in" in client.get(f"/rounds/{sold.id}/{path}").location
    assert client.post(f"/rounds/{sold.id}/settle", data={"shown": PAID}).status_code == 302
    assert sold.state is State.DISTRIBUTING


def test_the_steward_may_settle(sold: Sold, as_: As):
    as_("bob").post(f"/rounds/{sold.id}/settle", data={"shown": PAID})
    assert sold.state is State.SETTLED


def test_a_statement_is_for_its_producer_the_activist_and_the_steward(sold: Sold, as_: As):
    sold.settle()
    expected = {
        ("erin", "farm"): 200,
        ("erin", "other_farm"): 404,
        ("dana", "farm"): 200,
        ("dana", "other_farm"): 200,
        ("bob", "other_farm"): 200,
        ("frank", "farm"): 404,
        ("charlie", "farm"): 403,
        ("alice", "farm"): 403,
    }
    found = {
        (name, farm): as_(name)
        .get(f"/rounds/{sold.id}/statements/{sold.cast.space(farm).id}")
        .status_code
        for name, farm in expected
    }
    assert found == expected


def test_a_producer_reads_what_was_sold_product_by_product(sold: Sold, as_: As):
    sold.settle()
    words = seen(as_("erin").get(f"/rounds/{sold.id}/statements/{sold.cast.space('farm').id}"))
    # the plum taxed, two leeks exempt; 2,524 + 3,910 for the farm
    for piece in ("매실청", "2,970원", "2,524원", "대파", "4,600원", "3,910원"):
        assert piece in words
    assert "7,570원" in words
    assert "6,434원" in words
    assert "2026년 11월 26일(목)" in words  # a document names the year
    assert words.index("면세 판매") < words.index("대파") < words.index("과세 판매")
    assert "쌀" not in words


def test_no_statement_names_a_resident(sold: Sold, as_: As):
    sold.settle()
    for farm in ("farm", "other_farm"):
        page = as_("bob").get(f"/rounds/{sold.id}/statements/{sold.cast.space(farm).id}")
        assert "앨리스" not in page.text
        assert "지나" not in page.text


def test_there_is_no_statement_before_or_without_sales(sold: Sold, as_: As):
    erin, path = as_("erin"), f"/rounds/{sold.id}/statements/{sold.cast.space('farm').id}"
    assert erin.get(path).status_code == 404
    sold.settle()
    assert erin.get(path).status_code == 200
    assert erin.get(f"/rounds/{sold.id}/statements/{sold.cast.space('shop').id}").status_code == 404
    assert erin.get(f"/rounds/999/statements/{sold.cast.space('farm').id}").status_code == 404


def test_hub_and_centre_have_their_statements(sold: Sold, dana: FlaskClient):
    sold.settle()
    for whose, amount in (("hub", "880원"), ("centre", "1,006원")):
        words = seen(dana.get(f"/rounds/{sold.id}/statements/{whose}"))
        assert amount in words
        assert "진안마을 주식회사" in words
        assert "9,600원" in words


def test_lines_of_statements_sum_to_what_the_ledger_moved(sold: Sold):
    """I8: a producer's statement lines and ledger movements are the same won."""
    sold.refund(sold.lines()[1].line_id, 300)
    sold.settle()
    with sold.node.db.read() as session:
        said = dict(
            session.execute(
                select(SettledLine.seller_id, func.sum(SettledLine.producer)).group_by(
                    SettledLine.seller_id
                )
            ).all()
        )
        moved = {
            seller: -session.scalars(
                select(func.sum(LedgerEntry.amount))
                .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
                .where(LedgerAccount.code == ledger.account("producer", seller))
            ).one()
            for seller in said
        }
    assert len(said) == 2
    assert moved == said


def test_the_lists_hold_ones_own_and_lead_to_them(sold: Sold, as_: As):
    sold.settle()
    farm, other = (sold.cast.space(name).id for name in ("farm", "other_farm"))
    erins = as_("erin").get("/statements")
    assert f"/rounds/{sold.id}/statements/{farm}" in erins.text
    assert f"/rounds/{sold.id}/statements/{other}" not in erins.text
    for name in ("dana", "bob"):
        assert f"/rounds/{sold.id}/settlement" in as_(name).get("/statements").text
    assert as_("erin").get("/statements?of=hub").status_code == 200
    assert f"/rounds/{sold.id}/settlement" not in as_("erin").get("/statements?of=centre").text
    assert as_("charlie").get("/statements").status_code == 403


def test_ones_own_page_shows_the_newest(sold: Sold, as_: As):
    assert "/statements" not in as_("erin").get("/me").text
    sold.settle()
    farm = sold.cast.space("farm").id
    assert f"/rounds/{sold.id}/statements/{farm}" in as_("erin").get("/me").text
    for name in ("dana", "bob"):
        assert f"/rounds/{sold.id}/settlement" in as_(name).get("/me").text
    assert f"/rounds/{sold.id}/settle" not in as_("alice").get("/me").text


def test_lists_go_on_page_by_page_and_each_statement_is_there_once(empty: Sold, as_: As):
    (leek,) = empty.goods("대파")
    rounds = []
    for _ in range(23):
        empty.ready({"alice": {leek: 1}}).hand_over().settle()
        rounds.append(str(empty.id))
    for name, link in (("erin", r"/rounds/(\d+)/statements/\d+\""), ("dana", r"/(\d+)/settlement")):
        browser, found, url = as_(name), [], "/statements"
        while url:
            text = browser.get(url).text
            found += re.findall(link, text)
            following = re.search(r'rel="next" href="([^"]+)"', text)
            url = html.unescape(following[1]) if following else ""
        assert found == rounds[::-1]


def test_pages_ask_no_more_of_the_database_as_a_round_grows(empty: Sold, as_: As):
    def count(path: str) -> int:
        asked: list[str] = []

        def note(_c: object, _cur: object, statement: str, *_: object) -> None:
            asked.append(statement)

        engine = empty.node.db.engine
        event.listen(engine, "before_cursor_execute", note)
        assert bob.get(path).status_code == 200
        event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    bob, counts = as_("bob"), []
    for number in (1, 12):
        goods = empty.goods(*(f"{number} 상품 {n}" for n in range(number)), price=1_000)
        goods += empty.goods(*(f"{number} 쌀 {n}" for n in range(number)), farm="other_farm")
        empty.ready({"alice": dict.fromkeys(goods, 2)}, ("farm", "other_farm")).hand_over()
        before = count(f"/rounds/{empty.id}/settle")
        empty.settle()
        farm = empty.cast.space("farm").id
        paths = ("settlement", f"statements/{farm}", "statements/hub")
        counts.append([before, *(count(f"/rounds/{empty.id}/{path}") for path in paths)])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 8
