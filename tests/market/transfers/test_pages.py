"""The steward's pages on deposits, and what residents are told to write with a transfer."""

from __future__ import annotations

import io
import json
import re

import pytest
from click.testing import CliRunner
from support.cast import Cast

from wizzle.core.testing import make_node
from wizzle.core.web import create_app
from wizzle.plugins.market.transfers import commands


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


@pytest.fixture
def orders(stall, bank):
    rice = stall.product("쌀", price=7_500)
    return [bank.order("alice", rice), bank.order("gina", rice)]


def upload(browser, content, name="거래내역.csv"):
    return browser.post(
        "/market/transfers", data={"file": (io.BytesIO(content), name)}, follow_redirects=True
    )


def test_a_list_is_taken_in_and_every_row_answered_for(stall, purse, bank, as_, orders):
    bob = as_("bob")
    content = bank.content(
        bank.row("앨리스", 7_500), bank.row("엄마", 7_500), "어제,이체,지나,0,5000,,", ",,,,,,합계"
    )
    page = words(upload(bob, content))
    for shown in ("맞았음", orders[0].number, "맞는 주문 없음", "읽을 수 없음", "입금 아님"):
        assert shown in page
    assert "전에 올린 파일" in words(upload(bob, content))
    assert "살펴볼 입금이 1건" in words(bob.get("/market/transfers")) or "엄마" in words(
        bob.get("/market/transfers")
    )
    assert purse.account() == 7_500


def test_deciding_by_hand(stall, purse, bank, as_, orders):
    bob = as_("bob")
    upload(bob, bank.content(bank.row("엄마", 7_500)))
    page = bob.get("/market/transfers/1")
    assert orders[1].number in words(page)
    wrong = bob.post("/market/transfers/1/give", data={"receiver": "없는 번호"})
    assert wrong.status_code == 409
    assert "없는 번호" in wrong.get_data(as_text=True)
    assert bob.post("/market/transfers/1/give", data={}).status_code == 422
    bob.post("/market/transfers/1/give", data={"receiver": orders[1].number})
    assert purse.account("gina") == 7_500
    assert "지나" in words(bob.get("/market/transfers?state=booked"))
    bob.post("/market/transfers/1/take-back")
    bob.post("/market/transfers/1/give", data={"receiver": "alice@example.com"})
    assert (purse.account("gina"), purse.account()) == (0, 7_500)
    bob.post("/market/transfers/1/take-back")
    bob.post("/market/transfers/1/leave")
    assert "엄마" in words(bob.get("/market/transfers?state=left"))
    assert (
        bob.post("/market/transfers/1/give", data={"receiver": "gina@example.com"}).status_code
        == 409
    )
    assert bob.get("/market/transfers/99").status_code == 404


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", "이름,가격\n감자,3000\n".encode(), b"PK\x03\x04oops", b"x" * 6_000_000],
)  # fmt: skip
def test_what_is_no_list_is_refused(as_, content):
    answer = upload(as_("bob"), content)
    assert answer.status_code == 422


def test_only_the_steward(stall, bank, as_, orders, client):
    bank.bring(bank.row("엄마", 7_500))
    for who in ("alice", "dana", "erin", "frank"):
        browser = as_(who)
        for path in ("/market/transfers", "/market/transfers/1", "/market/transfers/files/1"):
            assert browser.get(path).status_code == 403
        assert browser.post("/market/transfers/1/leave").status_code == 403
    assert client.get("/market/transfers").status_code == 302


def test_the_command_says_what_became_of_every_row(stall, bank, orders, tmp_path, monkeypatch):
    file = tmp_path / "list.csv"
    file.write_bytes(bank.content(bank.row("앨리스", 7_500), "어제,이체,지나,0,5000,,"))
    monkeypatch.setattr(commands, "the_node", lambda: bank.node)
    runner = CliRunner()
    done = runner.invoke(commands.deposits_command, [str(file), "--json"])
    assert done.exit_code == 1
    rows = json.loads(done.stdout)["rows"]
    assert [(row["line"], row["outcome"]) for row in rows] == [(2, "matched"), (3, "refused")]
    assert runner.invoke(commands.deposits_command, [str(file)]).exit_code == 2


ACCOUNT = {"bank": "농협", "bank_account": "301-0000-1234-51", "bank_holder": "강북이웃살림"}


def test_residents_choose_it_where_there_is_a_bank_account(tmp_path):
    home = tmp_path / "banked"
    home.mkdir()
    node = make_node(home, plugin_settings={"market": ACCOUNT})
    site = create_app(node)
    site.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    cast = Cast(node)
    names = [way.name for way in node.host.collect("payment_providers", node=node)]
    assert names == ["at_collection", "transfer"]
    assert "은행 입금" in words(cast.signed_in(site, "bob").get("/me"))
    assert "은행 입금" not in words(cast.signed_in(site, "dana").get("/me"))
    node.close()


@pytest.mark.parametrize("part", sorted(ACCOUNT))
def test_half_an_account_is_a_mistake_in_the_settings(tmp_path, part):
    settings = {"market": {name: text for name, text in ACCOUNT.items() if name != part}}
    home = tmp_path / part
    home.mkdir()
    with pytest.raises(Exception, match=part):
        make_node(home, plugin_settings=settings)


def test_the_order_says_where_to_and_what_to_write(stall, bank, as_, orders, monkeypatch):
    settings = stall.node.host.settings("market")
    monkeypatch.setattr(
        type(stall.node.host), "settings", lambda self, name: {**settings, **ACCOUNT}
    )
    alice, [order, _] = as_("alice"), orders
    page = words(alice.get(f"/orders/{order.uid}"))
    for shown in ("7,500원을 보내 주세요", "농협 301-0000-1234-51", f"앨리스 {order.number[-5:]}"):
        assert shown in page
    bank.bring(bank.row(f"앨리스 {order.number[-5:]}", 7_500))
    page = words(alice.get(f"/orders/{order.uid}"))
    assert "보내 주세요" not in page
    assert "들어왔어요" in page
