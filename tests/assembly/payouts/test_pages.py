"""The pages of payouts: the steward's desk, and what producers and activists see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event, select
from support.paying import ACTIVIST, FARM, OTHER, account, name_payees, pay
from support.settling import Sold

from wizzle.core.models import AuditRecord

As = Callable[[str], FlaskClient]


def test_nobody_but_a_steward_sees_or_pays(settled: Sold, as_: As):
    name_payees(settled)
    made = pay(settled)
    paths = ("/payouts", f"/payouts/{made.id}", f"/payouts/{made.id}.csv", "/payouts/payees")
    for name in ("alice", "dana", "erin"):
        for path in paths:
            assert as_(name).get(path).status_code == 403, (name, path)
        assert as_(name).post("/payouts", data={"shown": 0}).status_code == 403


def test_the_steward_types_accounts_pays_and_hands_the_file_to_the_bank(settled: Sold, as_: As):
    bob, farm = as_("bob"), settled.cast.space("farm").id
    desk = bob.get("/payouts").text
    assert "지급할 계좌" in desk or "계좌" in desk
    page = f"/payouts/payees/producer/{farm}"
    wrong = bob.post(page, data={"bank": "농협은행", "number": "12", "holder": "홍길동"})
    assert wrong.status_code == 409 or wrong.status_code == 422
    assert 'value="12"' in wrong.text
    data = {"bank": "농협은행", "number": "302-1234-5678-91", "holder": "홍길동"}
    assert bob.post(page, data=data).status_code == 302
    listed = bob.get("/payouts/payees").text
    assert "····7891" in listed
    assert "302-1234" not in listed + bob.get(page).text
    answer = bob.post("/payouts", data={"shown": FARM, "idempotency_key": "abc"})
    assert answer.status_code == 302
    assert bob.post("/payouts", data={"shown": FARM, "idempotency_key": "abc"}).location == (
        answer.location
    )
    shown = bob.get(answer.location).text
    assert "····7891" in shown
    assert "302-1234" not in shown
    lines = bob.get(f"{answer.location}.csv").get_data().decode("utf-8-sig").splitlines()
    assert lines[0] == "은행,계좌번호,예금주,금액,받는 분 통장 표시,내 통장 표시"
    assert lines[1].startswith(f"농협은행,302-1234-5678-91,홍길동,{FARM},")
    assert len(lines) == 2
    with settled.node.db.read() as session:
        told = session.scalars(
            select(AuditRecord).where(AuditRecord.action.startswith("assembly.pay"))
        ).all()
    assert {record.action for record in told} == {
        "assembly.payee.named", "assembly.payout.made", "assembly.payout.file"
    }  # fmt: skip
    assert not any("1234" in str(record.details) for record in told)


def test_the_steward_writes_down_cash_and_what_came_back(settled: Sold, as_: As):
    bob, hub = as_("bob"), settled.cast.space("hub").id
    name_payees(settled)
    made, farm = pay(settled), account(settled, "producer", "farm")
    answer = bob.post(
        f"/payouts/{made.id}/returned", data={"account": farm, "reason": "없는 계좌"},
        follow_redirects=True,
    )  # fmt: skip
    assert answer.status_code == 200
    assert settled.balance("producer", "farm") == FARM
    held = settled.balance("cash", "hub")
    data: dict[str, Any] = {"amount": held, "idempotency_key": "c"}
    for _ in range(2):
        bob.post(f"/payouts/cash/{hub}", data=data)
    assert settled.balance("cash", "hub") == 0
    answer = bob.post(
        f"/payouts/cash/{hub}", data={**data, "idempotency_key": "d"}, follow_redirects=True
    )
    assert "notice-problem" in answer.text or "현금" in answer.text
    assert settled.balance("bank") == held - OTHER - ACTIVIST


def test_producers_and_activists_see_what_they_are_owed_and_were_paid(settled: Sold, as_: As):
    name_payees(settled, ("producer", "farm"))
    assert f"{FARM:,}원" in as_("erin").get("/me").text
    pay(settled)
    erins, danas = as_("erin").get("/me").text, as_("dana").get("/me").text
    assert "농협은행 ····7891" in erins
    assert "302-1234" not in erins
    assert f"{ACTIVIST:,}원" in danas
    assert f"{FARM:,}" not in danas
    assert "농협은행" not in as_("alice").get("/me").text


def test_the_desk_asks_no_more_of_the_database_as_more_is_owed(settled: Sold, as_: As):
    bob, counts, asked = as_("bob"), [], list[str]()
    event.listen(settled.node.db.engine, "before_cursor_execute", lambda *g: asked.append(g[2]))
    for _ in range(2):
        bob.get("/me")  # when somebody was here last is written down once a while
        for path in ("/payouts", "/payouts/payees"):
            asked.clear()
            assert bob.get(path).status_code == 200
            counts.append(len(asked))
        name_payees(settled)
        pay(settled)
        settled.other_hub("charlie")
        (rice,) = settled.goods("쌀", farm="other_farm", price=9000)
        settled.ready({"alice": {rice: 1}}, ("other_farm",)).hand_over().settle()
    assert counts[:2] == counts[2:]
    assert max(counts) <= 10
