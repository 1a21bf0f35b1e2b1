"""The pages of loans, walked through: applying, guaranteeing, deciding, and paying back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import event, select

from wizzle.core import members
from wizzle.core.models import Consent, Space
from wizzle.plugins.fund.loans import actions, queries
from wizzle.plugins.fund.loans.actions.forgetting import (
    forget_applications,
    forget_borrowers,
    last_loan,
)
from wizzle.plugins.fund.loans.models import Guarantor, Loan

from .conftest import COOP, TERMS, Desk

pytestmark = pytest.mark.parametrize("node", ["sqlite"], indirect=True)

LENDER = {
    "name": "수유 사회적협동조합", "kind": "social_coop", "number": "제2024-3호",
    "contact": "02-000-0000", "purposes": "급한 생활비", "most": "3000000", "most_months": "24",
    "rate_bp": "4", "late_bp": "8", "letter_days": "30", "capital": "5000000",
    "idempotency_key": "l",
}  # fmt: skip
WISH = {
    "lender_id": "1", "purpose": "냉장고 수리", "amount": "1200000", "months": "12", "grace": "0",
    "way": "equal", "repay_how": "월급에서", "agree": "yes", "idempotency_key": "w",
}  # fmt: skip


def test_without_a_lender_nothing_can_be_applied_for(desk: Desk):
    page = desk.browser("alice").get("/fund/loans")
    assert "아직 등록된 곳이 없어요" in page.text
    assert "/fund/loans/apply" not in page.text
    alice = desk.browser("alice")
    assert alice.get("/fund/loans/apply").status_code == 200
    assert (
        "<form"
        not in alice.get("/fund/loans/apply").text.split("</header>")[-1].split("<footer")[0]
    )
    alice.post("/fund/loans/apply", data=WISH)
    assert desk.see(queries.mine, desk.id("alice")) == []


def test_a_loan_from_the_first_word_to_the_last_won(desk: Desk, client):
    desk.treasurer()
    frank, bob, alice, gina = (desk.browser(name) for name in ("frank", "bob", "alice", "gina"))
    answer = frank.post("/fund/loans/lenders/new", data={**LENDER, "rate_bp": "20.5"})
    assert answer.status_code == 422
    assert "연 20%까지" in answer.text
    assert 'value="20.5"' in answer.text
    for _ in range(2):
        assert frank.post("/fund/loans/lenders/new", data=LENDER).status_code == 302
    assert frank.post("/fund/loans/lenders/1/verify").status_code == 403
    assert "아직 등록된 곳이 없어요" in client.get("/fund/loans").text
    assert bob.post("/fund/loans/lenders/1/verify").status_code == 302
    public = client.get("/fund/loans").text
    for words in (
        "수유 사회적협동조합",
        "제2024-3호",
        "02-000-0000",
        "연 4%",
        "3,000,000원",
        "1600-5500",
    ):
        assert words in public
    answer = alice.post("/fund/loans/apply", data={k: v for k, v in WISH.items() if k != "agree"})
    assert (answer.status_code, "냉장고 수리" in answer.text) == (422, True)
    for _ in range(2):
        answer = alice.post("/fund/loans/apply", data=WISH)
        assert answer.headers["Location"] == "/fund/loans/mine/1"
    assert alice.post("/fund/loans/mine/1", data={"amount": "9999999"}).status_code == 422
    alice.post("/fund/loans/mine/1", data={"amount": "500000"})
    link = re.search(r"/fund/loans/guarantee/[\w-]+", alice.get("/fund/loans/mine/1").text)[0]
    alice.post("/fund/loans/mine/1/hand-in")
    page = gina.get(link).text
    for words in ("500,000원", "1,200,000원", "제2024-3호", "민법 제428조의2", "연 8%"):
        assert words in page
    assert gina.post(link).status_code == 422, "the lender gets no name without consent"
    assert gina.post(link, data={"agree": "yes"}).status_code == 302
    assert desk.browser("charlie").get(link).status_code == 404
    terms = {"amount": "1200000", "months": "12", "way": "equal", "rate_bp": "4", "late_bp": "8"}
    assert (
        frank.post("/fund/loans/desk/1/approve", data={**terms, "fee": "150000"}).status_code == 422
    )
    assert frank.post("/fund/loans/desk/1/approve", data=terms).status_code == 302
    assert "이 조건에 동의해요" in alice.get("/fund/loans/mine/1").text
    alice.post("/fund/loans/mine/1/agree")
    out = {"out_on": str(desk.today)}
    assert frank.post("/fund/loans/desk/1/pay-out", data=out).status_code == 409
    assert frank.post("/fund/loans/desk/1/guarantors/1/paper").status_code == 302
    assert frank.post("/fund/loans/desk/1/pay-out", data=out).status_code == 302
    desk.node.clock.advance(days=40)
    assert "상환이 늦어지고 있어요" in alice.get("/fund/loans/mine").text
    assert "10일" in gina.get(link).text
    paid = {"amount": "50000", "paid_on": str(desk.today), "how": "plan", "idempotency_key": "p"}
    for _ in range(2):
        assert frank.post("/fund/loans/desk/1/payments/new", data=paid).status_code == 302
    more = {**paid, "amount": "900000", "idempotency_key": "q"}
    assert frank.post("/fund/loans/desk/1/payments/new", data=more).status_code == 409
    shown = frank.get("/fund/loans/desk/1/payments/new").text
    whole = re.search(r"미리 한꺼번에 갚으면.*?([\d,]+)원", shown, re.S)[1].replace(",", "")
    end = {**paid, "amount": whole, "how": "whole", "idempotency_key": "e"}
    assert frank.post("/fund/loans/desk/1/payments/new", data=end).status_code == 302
    assert desk.loan(1).state == "repaid"
    assert "장부와 1원까지 맞아요" in frank.get("/fund/loans/lenders/1").text
    for path in ("/fund/loans/desk", "/fund/loans/desk?show=ended", "/fund/loans/desk/1", "/me"):
        assert frank.get(path).status_code == 200


def test_a_later_plan_and_a_write_off_by_their_forms(desk: Desk):
    desk.out(desk.lender())
    desk.treasurer("dana")
    frank, bob, dana, alice = (desk.browser(name) for name in ("frank", "bob", "dana", "alice"))
    desk.node.clock.advance(days=40)
    later = {"months": "3", "reason": "일자리를 잃음", "version": "1"}
    assert frank.post("/fund/loans/desk/1/later", data=later).status_code == 302
    assert frank.post("/fund/loans/desk/1/later", data=later).status_code == 409
    assert frank.post("/fund/loans/desk/1/write-off", data={}).status_code == 422
    assert frank.post("/fund/loans/desk/1/write-off", data={"reason": "파산"}).status_code == 302
    assert frank.post("/fund/loans/desk/1/write-off/approve").status_code == 403
    bob.post("/fund/loans/desk/1/write-off/approve")
    assert "1명" in dana.get("/fund/loans/desk/1").text
    dana.post("/fund/loans/desk/1/write-off/approve")
    assert desk.loan(1).state == "lost"
    assert alice.get("/fund/loans/mine/1").status_code == 200


def test_each_page_is_for_whom_it_concerns(desk: Desk, client):
    desk.lender()
    loan_id = desk.draft(1)
    desk.treasurer("dana")
    auditor = desk.browser("erin")
    with desk.node.db.write() as session:
        members.grant(session, desk.id("erin"), "auditor", at=desk.node.clock.now())
    mine, of_desk = f"/fund/loans/mine/{loan_id}", f"/fund/loans/desk/{loan_id}"
    assert client.get(mine).status_code in (302, 401)
    charlie = desk.browser("charlie")
    for path in (mine, "/fund/loans/lenders/1"):
        assert charlie.get(path).status_code == 404
    for path in ("/fund/loans/desk", of_desk, "/fund/loans/lenders", "/fund/loans/lenders/new"):
        assert charlie.get(path).status_code == 403
    assert charlie.post(f"{mine}/withdraw").status_code == 404
    for path in ("/fund/loans/desk", of_desk, "/fund/loans/lenders", "/fund/loans/lenders/1"):
        assert auditor.get(path).status_code == 200
    for path in (f"{of_desk}/approve", f"{of_desk}/payments/new", "/fund/loans/lenders/new"):
        assert auditor.get(path).status_code == 403
    assert auditor.post(f"{of_desk}/write-off/approve").status_code == 403
    assert desk.browser("alice").post(f"{mine}/withdraw").status_code == 302
    assert desk.loan(loan_id).state == "withdrawn"


def test_the_lender_itself_sees_its_book(desk: Desk):
    space = desk.cast.space("shop")
    with desk.node.db.write() as session:
        session.get_one(Space, space.id).kind = "organisation"
    desk.lender(replace(COOP, space_id=space.id))
    assert desk.browser("frank").get("/fund/loans/lenders/1").status_code == 200
    assert desk.browser("erin").get("/fund/loans/lenders/1").status_code == 404


def test_the_calculator_works_an_example_out_without_a_script(desk: Desk, client):
    client.set_cookie("wizzle_language", "en")
    for asked, status, words in (
        ("", 200, "₩1,021,661"),
        ("?amount=1200000&months=12&rate=6&way=annuity", 200, "₩1,239,350"),
        ("?amount=1200000&months=12&rate=21&way=equal", 422, "2000"),
        ("?amount=x&months=12&rate=6&way=equal", 422, "whole number"),
        ("?amount=100000&months=2&grace=2&rate=6&way=equal", 422, "shorter than the loan"),
    ):
        page = client.get(f"/fund/loans/calculator{asked}", headers={"Accept-Language": "en"})
        assert page.status_code == status
        assert words in page.text


def test_lists_ask_the_database_the_same_however_many_there_are(desk: Desk):
    lender_id = desk.lender(replace(COOP, capital=90_000_000))
    frank, counted = desk.browser("frank"), []

    def count() -> int:
        asked = []
        engine = desk.node.db.engine
        note = lambda *_: asked.append(1)  # noqa: E731
        event.listen(engine, "before_cursor_execute", note)
        assert frank.get("/fund/loans/desk?show=out").status_code == 200
        event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    for names in (("alice", "gina"), ("erin", "dana")):
        for name in names:
            desk.out(lender_id, name=name)
        counted.append(count())
    assert counted[0] == counted[1] <= 20


def test_who_leaves_still_owes_and_is_forgotten_when_the_law_lets_it(desk: Desk):
    lender_id = desk.lender()
    out, waiting = desk.out(lender_id), desk.draft(lender_id)
    place = desk.do(actions.add_guarantor, waiting, 100_000, person_id=desk.id("alice"))
    code = desk.see(queries.a_guarantor, waiting, place).code
    desk.do(actions.guarantee, code, person_id=desk.id("gina"), yes=True)
    now = desk.node.clock.now()
    with desk.node.db.write() as session:
        assert last_loan(session, desk.id("alice")).date().isoformat() == "2027-11-23"
        assert last_loan(session, desk.id("gina")) is None
        given = select(Consent.subject).where(Consent.person_id == desk.id("gina"))
        assert "fund.loan" in session.scalars(given).all()
        names = [each.name for each in queries.personal(session, desk.id("alice"))]
        assert names == ["loans", "loan_payments", "loan_guarantees"]
        for name in ("alice", "gina"):
            actions.forget_person(session, desk.id(name), now)
    assert (desk.loan(out).state, desk.owes(out)) == ("out", 1_200_000)
    gone = desk.loan(waiting)
    assert (gone.state, gone.purpose) == ("withdrawn", "")
    with desk.node.db.write() as session:
        assert session.get_one(Guarantor, place).person_id is None
        assert forget_applications(session, now, 10) == 1
        assert session.get(Loan, waiting) is None
        assert forget_borrowers(session, now, 10) == 0
        session.get_one(Loan, out).state, session.get_one(Loan, out).ended_at = "repaid", now
        session.flush()
        assert forget_borrowers(session, now, 10) == 1
        session.expire_all()
        kept = session.get_one(Loan, out)
        assert (kept.person_id != desk.id("alice"), kept.purpose, kept.amount) == (
            True, "", TERMS.amount
        )  # fmt: skip


def test_the_example_is_made_once(desk: Desk):
    with desk.node.db.write() as session:
        for name in ("resident", "activist", "producer", "steward"):
            members.sign_up(
                session, email=f"{name}@gangbuk.example", name=name, password_hash="-",
                at=desk.node.clock.now(),
            )  # fmt: skip
        actions.load_example(desk.node, session)
        actions.load_example(desk.node, session)
        states = session.scalars(select(Loan.state).order_by(Loan.id)).all()
    assert states == ["out", "applied"]
    assert desk.see(queries.book, 1).agrees
