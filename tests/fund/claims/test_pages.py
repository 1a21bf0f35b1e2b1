"""A claim on its pages: who sees it, who decides, and what everyone reads once it is paid."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import event, select
from support.purse import ACCOUNT, TODAY, Purse, photograph

from wizzle.core import ledger
from wizzle.core.models import AuditRecord
from wizzle.plugins.fund.carrying import queries as projects
from wizzle.plugins.fund.claims import actions, queries
from wizzle.plugins.fund.claims.models import Claim, ClaimReceipt
from wizzle.plugins.fund.earmarks.rules import apart

pytestmark = pytest.mark.parametrize("node", ["sqlite"], indirect=True)
SECRETS = ("302-1234-5678-91", "앨리스", "alice", "한빛상회")


def typed(project: int, **other: object) -> dict[str, object]:
    return {
        "earmark_id": project, "purpose": "앨리스가 산 나무", "amount": 2_500, "seller": "한빛상회",
        "bought_on": TODAY.isoformat(), "bank": "신협", "number": ACCOUNT.number,
        "holder": "앨리스", "idempotency_key": "k",
        "receipts": [(io.BytesIO(photograph(1)), "a.png"), (io.BytesIO(photograph(2)), "b.png")],
        **other,
    }  # fmt: skip


def state_of(purse: Purse, claim: int) -> str:
    with purse.node.db.read() as session:
        return queries.the_claim(session, claim).state


def only_claim(purse: Purse) -> int:
    with purse.node.db.read() as session:
        return session.scalars(select(Claim.id)).one()


def test_from_the_receipt_to_the_page_that_everyone_reads(purse: Purse, client):
    project = purse.project(6_000, accepted=1)
    for _ in range(2):  # sent twice: one claim
        assert purse.sends("alice", "/fund/claims/new", **typed(project)).status_code == 302
    claim = only_claim(purse)
    path = f"/fund/claims/{claim}"
    assert client.get(path).status_code == 404
    assert purse.browser("gina").get(path).status_code == 404
    assert path in purse.sees("audrey", "/fund/claims/desk")
    with purse.node.db.read() as session:
        kept = session.get_one(Claim, claim)
        assert ACCOUNT.number not in kept.sealed
        receipt = session.scalars(select(ClaimReceipt.id)).first()
    picture = f"{path}/receipts/{receipt}/small.webp"
    assert purse.browser("gina").get(picture).status_code == 404
    assert client.get(picture).status_code == 302
    for name in ("alice", "tess", "audrey", "hana"):
        assert purse.browser(name).get(picture).status_code == 200

    assert purse.sends("gina", f"{path}/check", wording="x").status_code == 403
    assert purse.sends("audrey", f"{path}/check", wording="x").status_code == 403
    assert purse.sends("hana", f"{path}/check", wording="").status_code == 422
    assert purse.sends("hana", f"{path}/check", wording="벤치 나무").status_code == 302
    assert purse.sends("hana", f"{path}/approve").status_code == 403  # she keeps no fund
    assert purse.sends("audrey", f"{path}/approve").status_code == 403
    purse.sends("tess", f"{path}/approve")
    assert state_of(purse, claim) == "approved"
    assert "2,500원" in purse.sees("tess", "/fund/claims/desk?face=pay")

    shown = {"shown": 2_500, "idempotency_key": "r"}
    assert purse.sends("audrey", "/fund/claims/runs", **shown).status_code == 403
    run = purse.sends("tess", "/fund/claims/runs", **shown).headers["Location"]
    sheet = purse.browser("tess").get(f"{run}.csv").get_data(as_text=True)
    assert "302-1234-5678-91" in sheet
    assert purse.browser("audrey").get(f"{run}.csv").status_code == 403
    assert ACCOUNT.number not in purse.sees("audrey", run)
    purse.sends("tess", f"{run}/paid")
    assert purse.browser("tess").get(f"{run}.csv").status_code == 409

    page = client.get(path).get_data(as_text=True)
    assert "벤치 나무" in page
    assert "2,500원" in page
    told = client.get(f"/fund/projects/{project}").get_data(as_text=True)
    assert path in told
    for public in (page, told, client.get("/fund/budget").get_data(as_text=True)):
        assert not [each for each in SECRETS if each in public]
    assert "보냈어요" in purse.sees("alice", path)


def test_nobody_decides_about_their_own_claim(purse: Purse):
    project = purse.project(9_000, accepted=1, leader="toby")
    claim = purse.claim(project, 1_000, who="toby")
    path = f"/fund/claims/{claim}"
    assert purse.sends("toby", f"{path}/check", wording="x").status_code == 403
    assert purse.sends("tess", f"{path}/check", wording="나무").status_code == 302
    assert purse.sends("toby", f"{path}/approve").status_code == 403
    assert purse.sends("tess", f"{path}/approve").status_code == 403  # she was the first
    for how in ("ask", "refuse"):
        assert purse.sends("toby", f"{path}/{how}", why="x").status_code == 403
    assert state_of(purse, claim) == "checked"
    assert purse.sends("bob", f"{path}/approve").status_code == 302  # the steward
    assert state_of(purse, claim) == "approved"
    with purse.node.db.read() as session:
        done = session.scalars(select(AuditRecord.action).order_by(AuditRecord.id)).all()
        assert done[-2:] == ["fund.claim_checked", "fund.claim_approved"]


def test_more_than_the_line_can_pay_is_not_approved_and_the_page_says_how_much_is_left(
    purse: Purse,
):
    project, area = purse.project(3_000, 5_000, accepted=1), purse.area(700)
    purse.claim(project, 1_200, until="approved")
    for line, amount, left in ((project, 1_801, "1,800"), (area, 701, "700")):
        claim = purse.claim(line, amount, until="checked")
        answer = purse.sends("tess", f"/fund/claims/{claim}/approve", follow=True)
        assert f"{left}원" in answer.get_data(as_text=True)
        assert state_of(purse, claim) == "checked"
    for line, amount in ((project, 1_800), (area, 700)):
        assert state_of(purse, purse.claim(line, amount, until="approved")) == "approved"


def test_a_question_is_answered_and_both_look_anew(purse: Purse):
    project = purse.project(6_000, accepted=1)
    claim = purse.claim(project, 900, until="checked")
    path = f"/fund/claims/{claim}"
    assert purse.sends("tess", f"{path}/ask", why="날짜가 안 보여요").status_code == 302
    assert "날짜가 안 보여요" in purse.sees("alice", path)
    answer = typed(project, amount=800, number="", answer="다시 찍었어요")
    assert purse.sends("gina", f"{path}/change", **answer).status_code == 403
    answer = typed(project, amount=800, number="", answer="다시 찍었어요")
    assert purse.sends("alice", f"{path}/change", **answer).status_code == 302
    with purse.node.db.read() as session:
        kept = queries.the_claim(session, claim)
        assert (kept.state, kept.amount, kept.checked_by) == ("handed_in", 800, None)
        assert len(queries.receipts(session, claim)) == 3
        assert actions.account_of(purse.node, kept) == ACCOUNT
    assert purse.sends("alice", f"{path}/withdraw").status_code == 302
    assert state_of(purse, claim) == "withdrawn"


def test_what_cannot_be_used_is_said_at_its_field(purse: Purse):
    project = purse.project(6_000, accepted=1)
    for other in (
        {"receipts": []}, {"number": "12"}, {"bought_on": "2027-01-01"}, {"earmark_id": 999},
        {"amount": 0}, {"receipts": [(io.BytesIO(b"no picture"), "a.png")]},
        {"receipts": [(io.BytesIO(photograph(n)), "a.png") for n in range(6)]},
    ):  # fmt: skip
        answer = purse.sends("alice", "/fund/claims/new", **typed(project, **other))
        assert answer.status_code == 422, other
        assert "한빛상회" in answer.get_data(as_text=True)


def test_the_same_receipt_twice_is_pointed_out(purse: Purse):
    project = purse.project(6_000, accepted=1)
    first = purse.claim(project, 900, seller="한빛", colour=7)
    by_picture = purse.claim(project, 500, who="gina", seller="다른 곳", colour=7)
    by_words = purse.claim(project, 900, who="gina", seller="한빛", colour=9)
    other = purse.claim(project, 901, who="gina", seller="한빛", colour=11)
    for claim in (by_picture, by_words):
        page = purse.sees("tess", f"/fund/claims/{claim}/check")
        assert f'href="/fund/claims/{first}"' in page
    assert f'href="/fund/claims/{first}"' not in purse.sees("tess", f"/fund/claims/{other}/check")
    assert f'href="/fund/claims/{by_words}"' not in purse.sees("gina", f"/fund/claims/{by_words}")


def test_a_wrong_payment_is_taken_back_by_a_counter_posting(purse: Purse, client):
    project = purse.project(6_000, accepted=1)
    claim = purse.claim(project, 900, until="approved")
    purse.pay(900)
    path = f"/fund/claims/{claim}"
    assert purse.sends("alice", f"{path}/reverse", why="x").status_code == 403
    assert purse.sends("tess", f"{path}/reverse", why="").status_code == 422
    assert purse.sends("tess", f"{path}/reverse", why="두 번 보냈어요").status_code == 302
    assert purse.sends("tess", f"{path}/reverse", why="두 번 보냈어요").status_code == 409
    assert "두 번 보냈어요" in client.get(path).get_data(as_text=True)
    with purse.node.db.read() as session:
        sums = projects.sums(session, [project])[project]
        assert (sums.spent, sums.left, sums.payable) == (0, 6_000, 6_000)
        assert ledger.balance(session, apart(project)) == 6_000
        assert ledger.verify(session).ok


def test_what_the_bank_did_not_pay_waits_for_the_next_run(purse: Purse):
    project = purse.project(6_000, accepted=1)
    kept, out = (purse.claim(project, won, until="approved") for won in (900, 300))
    run = purse.sends("tess", "/fund/claims/runs", shown=1_200, idempotency_key="r")
    path = run.headers["Location"]
    assert purse.sends("tess", f"/fund/claims/{out}/take_out", why="계좌 없음").status_code == 302
    purse.sends("tess", f"{path}/paid")
    assert (state_of(purse, kept), state_of(purse, out)) == ("paid", "approved")
    purse.pay(300)
    assert state_of(purse, out) == "paid"


def test_a_form_with_another_sum_pays_nothing(purse: Purse):
    project = purse.project(6_000, accepted=1)
    claim = purse.claim(project, 900, until="approved")
    purse.sends("tess", "/fund/claims/runs", shown=800, idempotency_key="r")
    assert state_of(purse, claim) == "approved"


def test_lists_ask_as_much_for_many_claims_as_for_few(purse: Purse):
    project = purse.project(90_000, accepted=1)
    purse.claim(project, 100)
    asked: list[str] = []
    event.listen(
        purse.node.db.engine, "before_cursor_execute", lambda *given: asked.append(given[2])
    )

    def counted() -> list[int]:
        found = []
        for path in ("/fund/claims/desk", "/fund/budget", "/fund/projects", "/fund/projects/desk"):
            purse.sees("tess", path)
            asked.clear()
            purse.sees("tess", path)
            found.append(len(asked))
        return found

    few = counted()
    for _ in range(4):
        purse.claim(project, 100)
        purse.project(100)
    assert counted() == few
