"""Membership as people do it on its pages: joining, paying, being let off, capital, leaving."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import event
from support.asking import Visitor
from support.every_page import load_example

from wizzle.core import members
from wizzle.core.web import create_app
from wizzle.plugins.fund.dues import queries

from .conftest import COOP, FRIEND

KIND = {"name": "후원회원", "meaning": "응원해요.", "every": "month", "amount": "5000",
        "active": "yes", "idempotency_key": "k"}  # fmt: skip


@pytest.fixture
def node(sqlite_node):
    return sqlite_node


def test_from_the_first_kind_to_the_way_out(club, as_, client):
    bob, alice = as_("bob"), as_("alice")
    choice = {"bank": "농협은행", "number": "301-1", "holder": "기금", "due_day": "25",
              "year_ends": "12", "repay_months": "0"}  # fmt: skip
    assert bob.post("/fund/membership-settings", data=choice).status_code == 302
    wrong = bob.post("/fund/membership-kinds/new", data={**KIND, "every": "never", "unit": "x"})
    assert wrong.status_code == 422
    assert 'value="후원회원"' in wrong.text
    for _ in range(2):
        bob.post("/fund/membership-kinds/new", data={**KIND, "unit": "5000", "least": "2"})
    assert bob.get("/fund/membership-kinds").text.count("한 달 5,000원") == 1

    assert client.get("/fund/membership/join/1").status_code == 302
    assert alice.post("/fund/membership/join/1", data={"words": "저예요"}).status_code == 422
    asked = alice.post("/fund/membership/join/1", data={"agree": "yes", "idempotency_key": "a"})
    assert asked.location == "/fund/membership/1"
    assert "답을 기다려요" in alice.get("/me").text
    assert "1명이 가입을" in bob.get("/me").text
    assert bob.post("/fund/members/1/refuse", data={}).status_code == 422
    assert bob.post("/fund/members/1/accept", data={"owes_from": "2031-01-01"}).status_code == 422
    bob.post("/fund/members/1/accept", data={"owes_from": "2026-10-15"})
    page = alice.get("/fund/membership/1").text
    assert "301-1" in page
    assert "10,000원" in page
    with club.node.db.read() as session:
        code, bought = queries.member(session, 1).code, queries.purchases(session, 1)[0]
    assert code in page
    assert bought.code in page

    listed = f"거래일시,입금액,기재내용\n2026-11-20 10:00,10000,{bought.code}\n".encode()
    brought = bob.post("/fund/deposits", data={"file": (io.BytesIO(listed), "bank.csv")})
    assert "맞았음" in bob.get(brought.location).text
    assert bob.post("/fund/deposits", data={"text": " "}).status_code == 422
    bob.post("/fund/deposits", data={"text": "거래일자,입금액,기재내용\n2026-11-21,4000,누군가\n"})
    waiting = bob.get("/fund/deposits/2").text
    assert bob.post("/fund/deposits/2/give", data={"receiver": "X"}).status_code == 422
    assert "회원에게 넣기" in waiting
    assert bob.post("/fund/deposits/2/give", data={"receiver": code}).status_code == 302
    assert "6,000원" in alice.get("/me").text

    money = {"target": "dues", "amount": "1000", "came_on": "2026-11-23", "way": "cash",
             "seen": "2", "idempotency_key": "m"}  # fmt: skip
    for _ in range(2):
        assert bob.post("/fund/members/1/money", data=money).status_code == 302
    late = bob.post("/fund/members/1/money", data={**money, "idempotency_key": "n"})
    assert late.status_code == 409
    assert 'value="1000"' in late.text
    assert club.open(1) == 5_000
    bob.post("/fund/members/money/3/take-back", data={"member_id": "1"})
    assert club.open(1) == 6_000

    assert alice.post("/fund/dues/1/plea", data={"words": "비밀이에요"}).status_code == 302
    assert "비밀이에요" in bob.get("/fund/arrears?show=pleas").text
    assert bob.post("/fund/dues/1/waive", data={"reason": "괜찮아요"}).status_code == 302
    assert "괜찮아요" in alice.get("/fund/membership/1").text
    assert club.open(1) == 1_000

    alice.post("/fund/membership/1/certificate", data={"idempotency_key": "c"})
    paper = re.search(r"/fund/certificates/\w+\.pdf", alice.get("/fund/membership/1").text)[0]
    assert alice.get(paper).data[:4] == b"%PDF"
    assert as_("gina").get(paper).status_code == 404
    assert "맞는 증서예요" in client.get(paper.removesuffix(".pdf")).text
    assert "앨리스" in bob.get("/fund/capital.csv").text

    assert alice.post("/fund/membership/1/leave").status_code == 302
    assert "2027" in alice.get("/fund/membership/1").text
    early = bob.post("/fund/members/1/pay-back", data={"paid": "10000"})
    assert early.status_code == 409
    club.node.ports.clock.advance(days=60)
    assert bob.post("/fund/members/1/pay-back", data={"paid": "10000"}).status_code == 302
    assert "이제는 맞지 않는" in client.get(paper.removesuffix(".pdf")).text
    club.check()


def test_others_see_nothing_and_an_auditor_moves_nothing(club, as_, client):
    alice = club.joins("alice")
    club.buys(alice)
    gina, bob = as_("gina"), as_("bob")
    assert gina.get(f"/fund/membership/{alice}").status_code == 404
    for path in ("/fund/members", f"/fund/members/{alice}", "/fund/arrears", "/fund/capital.csv",
                 "/fund/deposits", "/fund/membership-kinds"):  # fmt: skip
        assert (gina.get(path).status_code, client.get(path).status_code) == (403, 302), path
    for path in (f"/fund/membership/{alice}/leave", f"/fund/membership/{alice}/certificate"):
        assert gina.post(path).status_code in (302, 404)
    assert gina.post("/fund/dues/1/plea", data={"words": "x"}).status_code == 404
    assert gina.post("/fund/shares/1/drop").status_code in (302, 404)
    assert club.open(alice) == 10_000
    for who in (client, gina):
        for path in ("/fund", "/fund/membership"):
            assert "앨리스" not in who.get(path).text
    assert "1명" in client.get("/fund").text

    with club.node.db.write() as session:
        members.grant(session, club.cast.person("gina").id, "auditor", at=club.node.clock.now())
    auditor = as_("gina")
    assert auditor.get(f"/fund/members/{alice}").status_code == 200
    assert auditor.get("/fund/deposits").status_code == 200
    for path in (f"/fund/members/{alice}/money", f"/fund/members/{alice}/end",
                 "/fund/members/money/1/take-back", "/fund/deposits", "/fund/dues/1/waive",
                 "/fund/arrears/make", "/fund/membership-settings"):  # fmt: skip
        assert auditor.post(path, data={}).status_code == 403, path
    assert bob.post("/fund/arrears/make").status_code == 302


def test_pages_ask_as_much_for_many_members_as_for_few(club, as_):
    pages = ("/fund/membership", "/fund/members?state=member", "/fund/arrears", "/fund/capital",
             "/fund/deposits", "/me")  # fmt: skip

    def asked(bob, path: str) -> int:
        found: list[str] = []
        note = lambda *given: found.append(given[2])  # noqa: E731
        event.listen(club.node.db.engine, "before_cursor_execute", note)
        assert bob.get(path).status_code == 200
        event.remove(club.node.db.engine, "before_cursor_execute", note)
        return len(found)

    club.buys(club.joins("bob", COOP))
    club.node.ports.clock.advance(days=30)
    bob = as_("bob")
    few = [asked(bob, path) and asked(bob, path) for path in pages]
    for name in ("alice", "gina", "charlie", "dana", "erin", "frank"):
        club.buys(club.joins(name, COOP))
        club.joins(name, FRIEND)
    club.node.ports.clock.advance(days=30)
    bob = as_("bob")
    assert [asked(bob, path) and asked(bob, path) for path in pages] == few


def test_the_example_shows_each_state_and_twice_is_once(node):
    load_example(node)
    load_example(node)
    site = create_app(node)
    resident = Visitor(node, site, "resident").browser().get("/fund/membership/1").text
    assert "지금 낼 돈" in resident
    assert "PDF" in resident
    steward = Visitor(node, site, "steward").browser()
    late = steward.get("/fund/arrears").text
    assert "완주" in late
    assert "면제를 부탁함" in late
    assert "답을 기다려요" in steward.get("/fund/members").text
    assert "맞는 것 없음" in steward.get("/fund/deposits").text
    with node.db.read() as session:
        assert queries.states(session) == {"applied": 1, "member": 2}
