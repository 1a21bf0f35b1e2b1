"""Paying out: each won once, whatever is pressed how often and by how many at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select
from support.parts import mails
from support.settling import Sold
from support.telling import bring, words

from wizzle.core import ledger
from wizzle.core.errors import Refused
from wizzle.core.models import AuditRecord, Person
from wizzle.plugins.assembly.corrections.actions import correct
from wizzle.plugins.assembly.payouts import actions, queries
from wizzle.plugins.assembly.payouts.models import Payout, PayoutRow
from wizzle.plugins.assembly.payouts.rules import account_number, masked, run_number, total
from wizzle.plugins.market import BANKS

As = Callable[[str], FlaskClient]
FARM = 2524 + 2 * 1955
OTHER = 4250
ACTIVIST = 208 + 2 * 161 + 350


def account(sold: Sold, kind: str, space: str) -> str:
    return ledger.account(kind, sold.cast.space(space).id)


def name_payees(sold: Sold, *wanted: tuple[str, str]) -> None:
    everyone = (("producer", "farm"), ("producer", "other_farm"), ("activist", "hub"))
    accounts = [account(sold, *each) for each in wanted or everyone]
    with sold.node.db.write() as session:
        for each in accounts:
            actions.name_payee(
                sold.node, session, each, bank="농협은행", number="302-1234-5678-91",
                holder="홍길동", actor_id=None,
            )  # fmt: skip


def pay(sold: Sold, key: str = "1", shown: int | None = None) -> Payout:
    with sold.node.db.write() as session:
        if shown is None:
            shown = total(queries.owed(session))
        made = actions.pay_out(sold.node, session, key=key, shown=shown, actor_id=None)
        session.flush()
        session.expunge(made)
        return made


def rows(sold: Sold, payout_id: int) -> dict[str, int]:
    with sold.node.db.read() as session:
        page = queries.payout_page(session, payout_id)
        return {row.account: row.amount for row in page.rows}


@pytest.fixture
def settled(sold: Sold) -> Sold:
    sold.settle()
    return sold


def test_everyone_with_an_account_is_paid_all_that_is_owed(settled: Sold):
    name_payees(settled)
    made = pay(settled)
    assert made.total == FARM + OTHER + ACTIVIST
    assert rows(settled, made.id) == {
        account(settled, "producer", "farm"): FARM,
        account(settled, "producer", "other_farm"): OTHER,
        account(settled, "activist", "hub"): ACTIVIST,
    }
    for kind, space in (("producer", "farm"), ("producer", "other_farm"), ("activist", "hub")):
        assert settled.balance(kind, space) == 0
    assert settled.balance("bank") == -made.total
    assert settled.balance("fund") == 238 + 2 * 184 + 400
    assert settled.proof().ok


def test_who_is_paid_is_told_once_how_much_comes_where(settled: Sold):
    for name in ("erin", "dana"):
        settled.cast.person(name)
    name_payees(settled)
    made = pay(settled)
    pay(settled, shown=made.total)
    (erins,) = [each for each in words(settled.node, "erin") if "농협은행" in each]
    assert f"{FARM:,}원" in erins
    assert "····7891" in erins
    assert "302-1234" not in erins
    (danas,) = [each for each in words(settled.node, "dana") if "농협은행" in each]
    assert f"{ACTIVIST:,}원" in danas
    farm = account(settled, "producer", "farm")
    for _ in range(2):
        with settled.node.db.write() as session:
            actions.give_back(
                settled.node, session, made.id, farm, reason="예금주 다름", actor_id=None
            )
    assert len([each for each in words(settled.node, "erin") if "예금주 다름" in each]) == 1
    assert [each for each in words(settled.node, "dana") if "예금주 다름" in each] == []
    # Money is told in the mail of the next morning, all of it in one.
    assert not any("농협은행" in mail for mail in mails(settled, "erin"))
    settled.clock.advance(days=1)
    bring(settled.node)
    (mail,) = [mail for mail in mails(settled, "erin") if "농협은행" in mail]
    assert "예금주 다름" in mail


def test_banks_have_english_names_on_english_pages(settled: Sold, as_: As):
    bob = as_("bob")
    with settled.node.db.write() as session:
        session.get_one(Person, settled.cast.person("bob").id).language = "en"
    name_payees(settled)
    made = pay(settled)
    farm = settled.cast.space("farm").id
    for path in ("/payouts/payees", f"/payouts/{made.id}", f"/payouts/payees/producer/{farm}"):
        page = bob.get(path).text
        assert "NongHyup Bank" in page
        assert not [each for each in BANKS if f">{each}" in page or f"{each} ····" in page]
    assert "농협은행" in bob.get(f"/payouts/{made.id}.csv").get_data().decode("utf-8-sig")


def test_the_same_key_again_is_the_same_run(settled: Sold):
    name_payees(settled)
    first, books = pay(settled), settled.books()
    assert pay(settled, shown=first.total).id == first.id
    assert settled.books() == books
    with pytest.raises(Refused, match="nothing to pay"):
        pay(settled, key="2")


def test_two_at_once_pay_once(settled: Sold):
    name_payees(settled)
    together, told = Barrier(3), []

    def press(number: int) -> None:
        together.wait()
        try:
            pay(settled, key=str(number), shown=FARM + OTHER + ACTIVIST)
            told.append("paid")
        except Refused:
            told.append("refused")

    threads = [Thread(target=press, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["paid", "refused", "refused"]
    assert settled.balance("bank") == -(FARM + OTHER + ACTIVIST)
    with settled.node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Payout)) == 1
    assert settled.proof().ok


def test_who_has_no_account_waits_and_is_paid_later(settled: Sold):
    name_payees(settled, ("producer", "farm"))
    assert rows(settled, pay(settled).id) == {account(settled, "producer", "farm"): FARM}
    name_payees(settled)
    made = pay(settled, key="2")
    assert made.total == OTHER + ACTIVIST
    assert made.number.endswith("-002")


def test_below_zero_is_carried_over_and_set_off(settled: Sold):
    name_payees(settled)
    pay(settled)
    line = next(line for line in settled.settled_lines() if line.product_name == "쌀")
    with settled.node.db.write() as session:
        correct(settled.node, session, line.line_id, 5000, reason="벌레", key="k", actor_id=None)
    assert settled.balance("producer", "other_farm") == -OTHER
    with pytest.raises(Refused, match="nothing to pay"):
        pay(settled, key="2")
    (rice,) = settled.goods("쌀", farm="other_farm", price=10_000)
    settled.ready({"alice": {rice: 1}}, ("other_farm",)).hand_over().settle()
    made = rows(settled, pay(settled, key="3").id)
    assert made[account(settled, "producer", "other_farm")] == 8500 - OTHER
    assert settled.balance("producer", "other_farm") == 0


def test_another_sum_than_was_shown_pays_nothing(settled: Sold):
    name_payees(settled)
    with pytest.raises(Refused, match="has changed"):
        pay(settled, shown=1)
    assert settled.balance("bank") == 0


def test_a_row_that_the_bank_sent_back_is_owed_again_once(settled: Sold):
    name_payees(settled)
    made, farm = pay(settled), account(settled, "producer", "farm")
    for _ in range(2):
        with settled.node.db.write() as session:
            actions.give_back(
                settled.node, session, made.id, farm, reason="예금주 다름", actor_id=None
            )
    assert settled.balance("producer", "farm") == FARM
    assert settled.balance("bank") == -(OTHER + ACTIVIST)
    assert rows(settled, pay(settled, key="2").id) == {farm: FARM}
    assert settled.proof().ok


def test_a_shop_keeps_the_cash_of_its_own_till(settled: Sold):
    shop = settled.cast.space("farm").id
    draft = ledger.Draft(
        "paid:x", "order:1", "", ((f"cash:{shop}", 3000), (f"producer:{shop}", -3000))
    )
    with settled.node.db.write() as session:
        ledger.post(session, [draft], settled.clock.now())
    name_payees(settled)
    assert rows(settled, pay(settled).id)[account(settled, "producer", "farm")] == FARM
    with settled.node.db.read() as session:
        left = [each for each in queries.owed(session) if each.space_id == shop]
    assert [(each.balance, each.amount) for each in left] == [(3000, 0)]


def test_cash_is_brought_to_the_bank_but_never_more_than_there_is(settled: Sold):
    hub, held = settled.cast.space("hub").id, settled.balance("cash", "hub")
    for amount in (held + 1, 0):
        with pytest.raises(Refused, match="in cash"), settled.node.db.write() as session:
            actions.bring_cash(settled.node, session, hub, amount, key="x", actor_id=None)
    for _ in range(2):
        with settled.node.db.write() as session:
            actions.bring_cash(settled.node, session, hub, held - 70, key="k", actor_id=None)
    assert settled.balance("cash", "hub") == 70
    assert settled.balance("bank") == held - 70
    assert settled.proof().ok


def test_whatever_happens_what_was_owed_is_what_was_paid_and_is_still_owed(settled: Sold):
    name_payees(settled)
    farm = account(settled, "producer", "farm")

    @settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def weeks(data: st.DataObject) -> None:
        token = settled.node.random.token(6)
        (good,) = settled.goods("사과", price=data.draw(st.integers(100, 9_999)))
        settled.ready({"alice": {good: data.draw(st.integers(1, 4))}}).hand_over().settle()
        if data.draw(st.booleans()):
            line = settled.settled_lines()[0]
            amount = data.draw(st.integers(1, line.paid))
            with settled.node.db.write() as session:
                correct(settled.node, session, line.line_id, amount, reason="-", key="k",
                        actor_id=None)  # fmt: skip
        if data.draw(st.booleans()):
            try:
                made = pay(settled, key=token)
            except Refused:
                return
            if data.draw(st.booleans()) and farm in rows(settled, made.id):
                with settled.node.db.write() as session:
                    actions.give_back(settled.node, session, made.id, farm, reason="-",
                                      actor_id=None)  # fmt: skip
        assert settled.proof().ok
        with settled.node.db.read() as session:
            paid = session.scalar(
                select(func.sum(PayoutRow.amount)).where(PayoutRow.returned_at.is_(None))
            )
        assert settled.balance("bank") == -int(paid or 0)

    weeks()


@pytest.mark.parametrize(
    "number", ["", "12", "1234567a", "1" * 31, "-123456", "123456-", "１２３４５６７"]
)
def test_what_is_no_account_number_is_refused(number: str):
    with pytest.raises(Refused, match="figures"):
        account_number(number)


def test_a_masked_number_shows_four_figures():
    assert masked("302-1234-5678-91") == "····7891"


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


@given(numbers=st.lists(st.integers(0, 3), max_size=5))
def test_numbers_of_runs_follow_each_other_without_a_gap(numbers: list[int]):
    found = [run_number(2026 + year, sum(n == year for n in numbers[:place]))
             for place, year in enumerate(numbers)]  # fmt: skip
    assert len(set(found)) == len(found)
    for year in set(numbers):
        own = [int(n.partition("-")[2]) for n in found if n.startswith(f"{2026 + year}-")]
        assert own == list(range(1, len(own) + 1))


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


def test_a_shop_gets_back_what_it_refunded_out_of_its_own_pocket(settled: Sold):
    shop = settled.cast.space("farm").id
    drafts = [
        ledger.Draft(key, "order:1", "", entries)
        for key, entries in {
            "refund:x": ((f"producer:{shop}", 3000), (f"cash:{shop}", -3000)),
            "paid:y": (("resident:1", 5000), (f"producer:{shop}", -5000)),
        }.items()
    ]
    with settled.node.db.write() as session:
        ledger.post(session, drafts, settled.node.clock.now())
    name_payees(settled)
    made = pay(settled)
    assert rows(settled, made.id)[account(settled, "producer", "farm")] == FARM + 5000
    with settled.node.db.read() as session:
        assert not [each for each in queries.owed(session) if each.amount]
