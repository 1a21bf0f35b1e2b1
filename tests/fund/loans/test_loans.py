"""Loans of a lender who may lend: decided by others, paid out once, within its limit, in books."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select, text

from wizzle.core import ledger, notices
from wizzle.core.errors import Forbidden, Invalid, NotFound, Refused, TooMany
from wizzle.core.models import Job
from wizzle.plugins.fund.loans import actions, queries
from wizzle.plugins.fund.loans.actions import Money
from wizzle.plugins.fund.loans.models import Payment
from wizzle.plugins.fund.loans.rules import AT_END, EQUAL

from .conftest import COOP, TERMS, TODAY, Desk

ON_ONE = pytest.mark.parametrize("node", ["sqlite"], indirect=True)


def at_once(count: int, do) -> list[Exception]:
    """Let so many do the same at the same time, and return whom it was refused."""
    ready, refused = Barrier(count), []

    def one(number: int) -> None:
        ready.wait(10)
        try:
            do(number)
        except Refused as error:
            refused.append(error)

    threads = [Thread(target=one, args=(number,)) for number in range(count)]
    [each.start() for each in threads]
    [each.join(30) for each in threads]
    return refused


def heard(desk: Desk, name: str) -> int:
    """Return how many notices somebody has."""
    return len(desk.see(notices.listed, desk.id(name), before=None, limit=50))


@ON_ONE
def test_nobody_applies_to_a_lender_that_nobody_else_has_verified(desk: Desk):
    lender_id = desk.lender(verified=False)
    with pytest.raises(Refused):
        desk.draft(lender_id)
    with pytest.raises(Forbidden):
        desk.do(actions.verify_lender, lender_id, actor_id=desk.id("frank"))
    desk.do(actions.verify_lender, lender_id, actor_id=desk.id("bob"))
    with pytest.raises(Invalid):
        desk.draft(lender_id, amount=3_000_001)
    with pytest.raises(Invalid):
        desk.draft(lender_id, months=25)
    first = desk.draft(lender_id, key="same")
    assert desk.draft(lender_id, key="same") == first
    desk.draft(lender_id)
    desk.draft(lender_id)
    with pytest.raises(TooMany):
        desk.draft(lender_id)
    desk.do(actions.change_lender, lender_id, replace(COOP, rate_bp=300), actor_id=desk.id("bob"))
    with pytest.raises(Refused):
        desk.draft(lender_id, "gina")


@ON_ONE
def test_whoever_borrows_or_guarantees_decides_nothing(desk: Desk):
    desk.treasurer("alice")
    desk.treasurer("gina")
    loan_id = desk.draft(desk.lender())
    place = desk.do(actions.add_guarantor, loan_id, 500_000, person_id=desk.id("alice"))
    code = desk.see(queries.a_guarantor, loan_id, place).code
    desk.do(actions.hand_in, loan_id, person_id=desk.id("alice"))
    assert desk.loan(loan_id).state == "applied"
    with pytest.raises(Forbidden):
        desk.do(actions.guarantee, code, person_id=desk.id("alice"), yes=True)
    desk.do(actions.guarantee, code, person_id=desk.id("gina"), yes=True)
    desk.do(actions.guarantee, code, person_id=desk.id("gina"), yes=False)  # said once
    with pytest.raises(NotFound):
        desk.do(actions.guarantee, code, person_id=desk.id("charlie"), yes=True)
    assert desk.loan(loan_id).state == "review"
    for name in ("alice", "gina"):
        with pytest.raises(Forbidden):
            desk.do(actions.approve, loan_id, TERMS, actor_id=desk.id(name))
        with pytest.raises(Forbidden):
            desk.do(actions.refuse, loan_id, "아니요", actor_id=desk.id(name))
    desk.do(actions.approve, loan_id, TERMS, actor_id=desk.id("frank"))
    with pytest.raises(NotFound):
        desk.do(actions.agree, loan_id, person_id=desk.id("frank"))
    desk.do(actions.agree, loan_id, person_id=desk.id("alice"))
    with pytest.raises(Refused, match="paper"):
        desk.do(actions.pay_out, loan_id, TODAY, actor_id=desk.id("frank"))
    desk.do(actions.saw_paper, loan_id, place, actor_id=desk.id("frank"))
    assert desk.do(actions.pay_out, loan_id, TODAY, actor_id=desk.id("frank"))
    money = Money(1_000, TODAY, "mine")
    for name in ("alice", "gina"):
        with pytest.raises(Forbidden):
            desk.do(actions.pay, loan_id, money, actor_id=desk.id(name))


@ON_ONE
def test_a_guarantor_who_declines_is_replaced_and_answers_for_no_more_than_the_loan(desk: Desk):
    loan_id, alice = desk.draft(desk.lender()), desk.id("alice")
    with pytest.raises(Invalid):
        desk.do(actions.add_guarantor, loan_id, 1_200_001, person_id=alice)
    places = [desk.do(actions.add_guarantor, loan_id, 100_000, person_id=alice) for _ in range(3)]
    with pytest.raises(Refused):
        desk.do(actions.add_guarantor, loan_id, 100_000, person_id=alice)
    codes = [desk.see(queries.a_guarantor, loan_id, place).code for place in places]
    desk.do(actions.hand_in, loan_id, person_id=alice)
    desk.do(actions.guarantee, codes[0], person_id=desk.id("gina"), yes=False)
    with pytest.raises(Refused):
        desk.do(actions.guarantee, codes[1], person_id=desk.id("gina"), yes=True)
    desk.do(actions.guarantee, codes[1], person_id=desk.id("erin"), yes=True)
    desk.do(actions.drop_guarantor, loan_id, places[2], person_id=alice)
    assert desk.loan(loan_id).state == "applied"
    desk.do(actions.drop_guarantor, loan_id, places[0], person_id=alice)
    assert desk.loan(loan_id).state == "review"
    assert heard(desk, "alice") == 2


@ON_ONE
def test_terms_stay_within_what_was_applied_for_the_lender_gives_and_the_law_allows(desk: Desk):
    loan_id = desk.draft(desk.lender())
    desk.do(actions.hand_in, loan_id, person_id=desk.id("alice"))
    for field, wrong in {
        "amount": {"amount": 1_200_001}, "months": {"months": 25}, "grace": {"grace": 12},
        "rate_bp": {"rate_bp": 401}, "late_bp": {"late_bp": 801}, "fee": {"fee": 200_000},
    }.items():  # fmt: skip
        with pytest.raises(Invalid) as error:
            desk.do(actions.approve, loan_id, replace(TERMS, **wrong), actor_id=desk.id("frank"))
        assert field in error.value.fields
    desk.do(actions.refuse, loan_id, "다음 달에 다시", actor_id=desk.id("frank"))
    assert (desk.loan(loan_id).state, desk.loan(loan_id).answer) == ("refused", "다음 달에 다시")
    with pytest.raises(Refused):
        desk.do(actions.approve, loan_id, TERMS, actor_id=desk.id("frank"))


def test_a_loan_is_paid_out_once_and_a_payment_counts_once(desk: Desk):
    lender_id = desk.lender()
    loan_id = desk.approved(lender_id)
    frank = desk.id("frank")
    assert not at_once(4, lambda _: desk.do(actions.pay_out, loan_id, TODAY, actor_id=frank))
    assert desk.owes(loan_id) == 1_200_000
    desk.node.clock.advance(days=30)
    assert not at_once(4, lambda _: desk.pay(loan_id, 104_000, "form-1"))
    assert desk.owes(loan_id) == 1_100_000
    assert desk.see(ledger.balance, f"interest:{lender_id}") == 4_000
    book = desk.see(queries.book, lender_id)
    assert (book.paid_out, book.repaid, book.outstanding) == (1_200_000, 100_000, 1_100_000)
    assert (book.interest, book.lost, book.agrees) == (4_000, 0, True)
    assert desk.see(ledger.verify).ok


def test_what_is_out_never_exceeds_the_paid_in_capital_whoever_pays_out_at_once(desk: Desk):
    lender_id = desk.lender()  # five million
    terms = replace(TERMS, amount=2_000_000)
    loans = [desk.approved(lender_id, terms, name) for name in ("alice", "gina", "erin", "dana")]
    frank = desk.id("frank")
    refused = at_once(
        4, lambda number: desk.do(actions.pay_out, loans[number], TODAY, actor_id=frank)
    )
    assert len(refused) == 2
    assert all("1,000,000" in str(each) for each in refused)
    assert desk.see(queries.outstanding, lender_id) == 4_000_000
    changed = replace(COOP, capital=3_999_999)
    with pytest.raises(Invalid):
        desk.do(actions.change_lender, lender_id, changed, actor_id=frank)


@ON_ONE
def test_a_wrong_entry_is_taken_back_by_its_opposite_the_newest_first(desk: Desk):
    loan_id = desk.out(desk.lender())
    desk.node.clock.advance(days=30)
    first, second = desk.pay(loan_id, 50_000), desk.pay(loan_id, 20_000)
    frank = desk.id("frank")
    with pytest.raises(Refused):
        desk.do(actions.take_back, loan_id, first, reason="틀림", actor_id=frank)
    for payment_id in (second, second, first):
        desk.do(actions.take_back, loan_id, payment_id, reason="틀림", actor_id=frank)
    assert desk.owes(loan_id) == 1_200_000
    day = desk.today + timedelta(days=1)
    with desk.node.db.read() as session:
        watched = select(Job.id).where(Job.key == f"fund.loan_watch:{loan_id}:{day}")
        assert session.scalar(watched) is not None
    book = desk.see(queries.book, 1)
    assert (book.repaid, book.interest, book.agrees) == (0, 0, True)
    desk.pay(loan_id, 104_000)
    assert desk.see(queries.owed, desk.loan(loan_id), desk.today).standing.now.amount == 0
    for change in ("UPDATE fund_loan_payment SET late = 1", "DELETE FROM fund_loan_instalment"):
        with pytest.raises(Exception, match="append-only"), desk.node.db.write() as session:
            session.execute(text(change))


@ON_ONE
def test_repaying_before_time_costs_no_fee_and_ends_the_loan(desk: Desk):
    loan_id = desk.out(desk.lender())
    desk.node.clock.advance(days=10)
    frank = desk.id("frank")
    part = Money(601_311, desk.today, "part")
    desk.do(actions.pay_early, loan_id, part, whole=False, actor_id=frank)
    desk.do(actions.pay_early, loan_id, part, whole=False, actor_id=frank)
    assert desk.owes(loan_id) == 600_000
    stand = desk.see(queries.owed, desk.loan(loan_id), desk.today)
    assert (stand.version, len(stand.dues), stand.dues[-1].principal) == (2, 12, 50_000)
    money = Money(600_001, desk.today, "all")
    with pytest.raises(Invalid):
        desk.do(actions.pay_early, loan_id, money, whole=True, actor_id=frank)
    desk.node.clock.advance(days=5)
    owed = 600_000 + 600_000 * 400 * 5 // 3_660_000
    money = Money(owed, desk.today, "all")
    desk.do(actions.pay_early, loan_id, money, whole=True, actor_id=frank)
    assert (desk.loan(loan_id).state, desk.owes(loan_id)) == ("repaid", 0)
    assert desk.see(queries.book, 1).agrees
    with pytest.raises(Refused):
        desk.pay(loan_id, 1)


@ON_ONE
def test_who_cannot_pay_gets_a_later_plan_and_guarantors_hear_of_it(desk: Desk):
    desk.lender()
    loan_id = desk.draft(1)
    place = desk.do(actions.add_guarantor, loan_id, 300_000, person_id=desk.id("alice"))
    code = desk.see(queries.a_guarantor, loan_id, place).code
    desk.do(actions.guarantee, code, person_id=desk.id("gina"), yes=True)
    desk.do(actions.hand_in, loan_id, person_id=desk.id("alice"))
    frank = desk.id("frank")
    desk.do(actions.approve, loan_id, TERMS, actor_id=frank)
    desk.do(actions.saw_paper, loan_id, place, actor_id=frank)
    desk.do(actions.agree, loan_id, person_id=desk.id("alice"))
    desk.do(actions.pay_out, loan_id, TODAY, actor_id=frank)
    said = {name: heard(desk, name) for name in ("alice", "gina")}
    for days in (27, 4, 2, 30):  # before, the day after, days later, a month late
        desk.node.clock.advance(days=days)
        actions.WORK["fund.loan_watch"](desk.node, {"loan_id": loan_id})
        actions.WORK["fund.loan_watch"](desk.node, {"loan_id": loan_id})
    assert heard(desk, "gina") == said["gina"] + 1
    assert heard(desk, "alice") == said["alice"] + 3, "before, late, and a month late"
    stand = desk.see(queries.owed, desk.loan(loan_id), desk.today)
    assert stand.standing.days_late == 33
    change = {"version": 1, "actor_id": frank}
    desk.do(actions.defer, loan_id, 3, "일자리를 잃음", **change)
    with pytest.raises(Refused):
        desk.do(actions.defer, loan_id, 3, "두 번", **change)
    now = desk.see(queries.owed, desk.loan(loan_id), desk.today)
    assert now.standing.now.amount == 0
    assert now.standing.principal == 1_200_000
    assert [due.principal for due in now.dues[:3]] == [0, 0, 0]
    assert heard(desk, "gina") == said["gina"] + 2
    with desk.node.db.read() as session:
        waiting = select(func.count()).where(Job.kind == "fund.loan_watch", Job.state == "waiting")
        assert session.scalar(waiting)


@ON_ONE
def test_two_others_write_a_loan_off_and_what_they_do_stands_once(desk: Desk):
    loan_id = desk.out(desk.lender())
    frank = desk.treasurer()
    with pytest.raises(Refused):
        desk.do(actions.approve_write_off, loan_id, actor_id=desk.id("bob"))
    desk.do(actions.ask_write_off, loan_id, "연락이 끊김", actor_id=frank)
    with pytest.raises(Forbidden):
        desk.do(actions.approve_write_off, loan_id, actor_id=frank)
    with pytest.raises(Forbidden):
        desk.do(actions.approve_write_off, loan_id, actor_id=desk.id("alice"))
    for _ in range(2):
        assert not desk.do(actions.approve_write_off, loan_id, actor_id=desk.id("bob"))
    dana = desk.treasurer("dana")
    assert not at_once(3, lambda _: desk.do(actions.approve_write_off, loan_id, actor_id=dana))
    loan, book = desk.loan(loan_id), desk.see(queries.book, 1)
    assert (loan.state, loan.lost, book.lost, book.outstanding, book.agrees) == (
        "lost", 1_200_000, 1_200_000, 0, True
    )  # fmt: skip


@ON_ONE
def test_payments_stand_in_their_order_and_never_ahead_of_the_day(desk: Desk):
    loan_id = desk.out(desk.lender(), replace(TERMS, way=AT_END))
    frank = desk.id("frank")
    for days in (1, -1):
        money = Money(1_000, desk.today + timedelta(days=days), "k")
        with pytest.raises(Invalid):
            desk.do(actions.pay, loan_id, money, actor_id=frank)
    with pytest.raises(Refused):
        desk.pay(loan_id, 4_001)
    desk.pay(loan_id, 4_000)
    with desk.node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Payment)) == 1
    assert desk.owes(loan_id) == 1_200_000, "interest alone"


@ON_ONE
def test_few_loans_are_not_counted_in_public(desk: Desk):
    lender_id = desk.lender(replace(COOP, capital=9_000_000))
    desk.out(lender_id)
    desk.out(lender_id, name="gina")
    assert desk.see(queries.numbers).loans is None
    desk.out(lender_id, replace(TERMS, way=EQUAL, grace=2), name="erin")
    numbers = desk.see(queries.numbers)
    assert (numbers.loans, numbers.outstanding, numbers.lost) == (3, 3_600_000, 0)
