"""Paying out: each won once, whatever is pressed how often and by how many at once."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from support.paying import ACTIVIST, FARM, OTHER, account, name_payees, pay, rows
from support.settling import Sold

from wizzle.core import ledger
from wizzle.core.errors import Refused
from wizzle.plugins.assembly.corrections.actions import correct
from wizzle.plugins.assembly.payouts import actions, queries
from wizzle.plugins.assembly.payouts.models import Payout, PayoutRow


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
