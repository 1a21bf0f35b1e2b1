"""Correcting what is settled: dated now, once for each key, never beyond what was paid."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError
from support.settling import Sold

from wizzle.core import ledger, members
from wizzle.core.errors import NotFound, Refused
from wizzle.core.models import AuditRecord, Job
from wizzle.plugins.assembly.corrections.actions import correct
from wizzle.plugins.assembly.settlement.models import Correction, Settlement, Statement
from wizzle.plugins.assembly.settlement.queries import (
    centre_page,
    corrections_on,
    hub_page,
    statement_page,
)

As = Callable[[str], FlaskClient]


def take_back(sold: Sold, line_id: int, amount: int, key: str = "1", reason: str = "상함") -> Any:
    with sold.node.db.write() as session:
        made = correct(
            sold.node, session, line_id, amount, reason=reason, key=key, actor_id=sold.dana
        )
        session.expunge(made)
        return made


def frozen(sold: Sold) -> list[Any]:
    """All that was settled, as it stands."""
    with sold.node.db.read() as session:
        return [
            *session.execute(select(*Statement.__table__.c)).all(),
            *session.execute(select(*Settlement.__table__.c)).all(),
            *[(line.line_id, line.paid, line.producer) for line in sold.settled_lines()],
        ]


def plum(sold: Sold) -> Any:
    return next(line for line in sold.settled_lines() if line.product_name == "매실청")


def resident(sold: Sold, name: str) -> int:
    with sold.node.db.read() as session:
        return ledger.balance(session, ledger.account("resident", sold.cast.person(name).id))


def test_every_share_gives_its_part_and_the_resident_has_it(sold: Sold):
    sold.settle()
    line, stood = plum(sold), frozen(sold)
    sold.clock.advance(days=3)
    made = take_back(sold, line.line_id, 990)
    assert (made.producer, made.activist, made.centre) == (842, 69, 79)
    assert made.at == sold.clock.now()
    assert sold.balance("producer", "farm") == 2524 + 2 * 1955 - 842
    assert sold.balance("activist", "hub") == 208 + 2 * 161 + 350 - 69
    assert sold.balance("fund") == 238 + 2 * 184 + 400 - 79
    assert sold.balance("centre") == 0
    assert resident(sold, "alice") == 990
    assert frozen(sold) == stood
    assert sold.proof().ok


def test_all_in_pieces_leaves_nothing_with_anyone(sold: Sold):
    sold.settle()
    for line in sold.settled_lines():
        for number, amount in enumerate((1, 1, 333, line.paid - 335)):
            take_back(sold, line.line_id, amount, key=str(number))
    for kind, space in (
        ("producer", "farm"), ("producer", "other_farm"), ("activist", "hub"), ("fund", None)
    ):  # fmt: skip
        assert sold.balance(kind, space) == 0, kind
    assert resident(sold, "alice") == 990 * 3 + 2300
    assert resident(sold, "gina") == 2300 + 5000
    assert sold.proof().ok


def test_never_more_than_was_paid_and_is_not_taken_back(sold: Sold):
    sold.settle()
    line = plum(sold)
    take_back(sold, line.line_id, 2000)
    with pytest.raises(Refused, match="At most 970"):
        take_back(sold, line.line_id, 971, key="2")
    with pytest.raises(Refused, match="At most"):
        take_back(sold, line.line_id, 0, key="3")
    take_back(sold, line.line_id, 970, key="2")
    with pytest.raises(Refused, match="At most 0"):
        take_back(sold, line.line_id, 1, key="4")


def test_the_same_key_again_changes_nothing_and_with_another_amount_is_refused(sold: Sold):
    sold.settle()
    line = plum(sold)
    first = take_back(sold, line.line_id, 100)
    books = sold.books()
    assert take_back(sold, line.line_id, 100).id == first.id
    with pytest.raises(Refused, match="another amount"):
        take_back(sold, line.line_id, 200)
    assert sold.books() == books


def test_without_a_reason_or_a_settled_line_nothing_is_corrected(sold: Sold):
    open_line = sold.lines()[0].line_id
    with pytest.raises(NotFound):
        take_back(sold, open_line, 10)
    sold.settle()
    with pytest.raises(Refused, match="why"):
        take_back(sold, open_line, 10, reason="  ")
    assert sold.balance("producer", "farm") == 2524 + 2 * 1955


def test_the_database_refuses_to_change_a_correction(sold: Sold):
    sold.settle()
    take_back(sold, plum(sold).line_id, 10)
    for statement in (
        "UPDATE assembly_correction SET amount = 1",
        "DELETE FROM assembly_correction",
    ):
        with pytest.raises(DBAPIError, match="append-only"), sold.node.db.write() as session:
            session.execute(text(statement))


def test_several_at_once_never_give_back_more_than_was_paid(sold: Sold):
    sold.settle()
    line, together = plum(sold), Barrier(4)
    told: list[str] = []

    def press(number: int) -> None:
        together.wait()
        try:
            take_back(sold, line.line_id, 1000, key=str(number))
            told.append("made")
        except Refused:
            told.append("refused")

    threads = [Thread(target=press, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["made", "made", "refused", "refused"]
    assert resident(sold, "alice") == 2000
    assert sold.proof().ok


def test_it_is_written_down_and_the_resident_has_a_mail(sold: Sold):
    sold.settle()
    take_back(sold, plum(sold).line_id, 990, reason="곰팡이가 있었어요")
    with sold.node.db.read() as session:
        record = session.scalars(
            select(AuditRecord).where(AuditRecord.action == "assembly.correction.made")
        ).one()
        mails = session.scalars(select(Job).where(Job.key.startswith("corrected:"))).all()
    assert record.details["amount"] == 990
    assert len(mails) == 1
    assert mails[0].payload["to"] == sold.cast.person("alice").email
    assert "990원" in mails[0].payload["subject"]
    assert "곰팡이가 있었어요" in mails[0].payload["text"]


def test_the_next_statements_list_each_correction_just_once(sold: Sold):
    sold.settle()
    first, farm, hub = sold.id, sold.cast.space("farm").id, sold.cast.space("hub").id
    line = plum(sold)
    take_back(sold, line.line_id, 990, key="a")
    (leek,) = sold.goods("대파")
    numbers = []
    for _ in range(2):
        sold.ready({"alice": {leek: 1}}).hand_over().settle()
        numbers.append(sold.id)
    with sold.node.db.read() as session:
        for of in ({"seller_id": farm}, {"hub_id": hub}, {}):
            found = [len(corrections_on(session, id_, **of)) for id_ in (first, *numbers)]
            assert found == [0, 1, 0], of
        page = statement_page(session, numbers[0], farm)
        assert [c.amount for c in page.corrections] == [990]
        assert [c.amount for c in hub_page(session, numbers[0], hub).corrections] == [990]
        assert [c.amount for c in centre_page(session, numbers[0]).corrections] == [990]


def test_statements_and_corrections_together_are_the_ledger_to_the_won(sold: Sold):
    """What all statements of a producer say comes to what the ledger moved for them."""

    @settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def rounds(data: st.DataObject) -> None:
        (good,) = sold.goods("사과", price=data.draw(st.integers(100, 9_999)))
        wanted = {"alice": {good: data.draw(st.integers(1, 5))}, "gina": {good: 1}}
        sold.ready(wanted).hand_over().settle()
        for line in sold.settled_lines():
            amounts = data.draw(st.lists(st.integers(1, line.paid), max_size=3))
            for number, amount in enumerate(amounts):
                if sum(amounts[: number + 1]) <= line.paid:
                    take_back(sold, line.line_id, amount, key=str(number))
        farm = sold.cast.space("farm").id
        with sold.node.db.read() as session:
            settled = session.scalars(
                select(Statement.producer).where(Statement.seller_id == farm)
            ).all()
            back = session.scalars(
                select(Correction.producer).where(Correction.seller_id == farm)
            ).all()
        assert sum(settled) - sum(back) == sold.balance("producer", "farm")
        assert sold.balance("centre") == 0
        assert sold.proof().ok

    sold.settle()
    rounds()


def seen(page: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.text)))


def test_the_activist_finds_a_line_and_corrects_it(sold: Sold, as_: As):
    sold.settle()
    line, dana = plum(sold), as_("dana")
    listed = dana.get(f"/rounds/{sold.id}/settlement/lines?q=매실").text
    assert f"/settled-lines/{line.line_id}" in listed
    assert "대파" not in seen(dana.get(f"/rounds/{sold.id}/settlement/lines?q=매실"))
    data = {"amount": "990", "reason": "뚜껑이 깨져 있었어요", "idempotency_key": "k"}
    for _ in range(2):
        answer = dana.post(f"/settled-lines/{line.line_id}", data=data)
        assert answer.status_code == 302
    words = seen(dana.get(f"/settled-lines/{line.line_id}"))
    assert "뚜껑이 깨져 있었어요" in words
    assert "1,980원" in words
    too_much = dana.post(
        f"/settled-lines/{line.line_id}",
        data={"amount": "1981", "reason": "더", "idempotency_key": "k2"},
    )
    assert 400 <= too_much.status_code < 500
    assert "1,980" in too_much.text
    assert 'value="1981"' in too_much.text
    assert resident(sold, "alice") == 990


def test_nobody_else_corrects_or_sees_who_bought(sold: Sold, as_: As):
    sold.settle()
    line = plum(sold)
    for name in ("alice", "erin", "charlie"):
        browser = as_(name)
        assert browser.get(f"/rounds/{sold.id}/settlement/lines").status_code == 403
        assert browser.get(f"/settled-lines/{line.line_id}").status_code == 403
        data = {"amount": "10", "reason": "?", "idempotency_key": "k"}
        assert browser.post(f"/settled-lines/{line.line_id}", data=data).status_code == 403
    assert resident(sold, "alice") == 0


def test_the_fund_tells_of_it_in_public(sold: Sold, client: FlaskClient):
    sold.settle()
    take_back(sold, plum(sold).line_id, 990)
    words = seen(client.get("/fund/entries"))
    assert "-79원" in words
    assert "이웃에게 돌려준 돈" in words
    assert f"{238 + 2 * 184 + 400 - 79:,}원" in seen(client.get("/fund"))


def test_nothing_is_given_back_to_somebody_who_left(sold: Sold):
    sold.settle()
    alice = sold.cast.person("alice").id
    with sold.node.db.write() as session:
        members.leave(session, alice, at=sold.clock.now())
    with pytest.raises(Refused, match="has left"):
        take_back(sold, plum(sold).line_id, 10)
    assert sold.balance("producer", "farm") == 2524 + 2 * 1955


def test_the_list_asks_no_more_of_the_database_as_a_round_grows(sold: Sold, as_: As):
    dana, counts, asked = as_("dana"), [], list[str]()
    event.listen(sold.node.db.engine, "before_cursor_execute", lambda *g: asked.append(g[2]))
    sold.settle()
    for number in range(2):
        dana.get("/me")  # when somebody was here last is written down once a while
        asked.clear()
        assert dana.get(f"/rounds/{sold.id}/settlement/lines").status_code == 200
        counts.append(len(asked))
        goods = sold.goods(*(f"{number} 상품 {n}" for n in range(12)), price=1_000)
        sold.ready({"alice": dict.fromkeys(goods, 2)}).hand_over().settle()
    assert counts[0] == counts[1]
    assert counts[0] <= 6


def test_the_resident_sees_it_on_the_page_of_the_order(sold: Sold, as_: As):
    sold.settle()
    line, (order, _) = plum(sold), sold.orders()
    for _ in range(2):
        take_back(sold, line.line_id, 990, reason="덜 익음")
    page = seen(as_("alice").get(f"/orders/{order.uid}"))
    assert "나중에 잔액으로 돌려받음" in page
    assert "매실청, 990원: 덜 익음" in page
    assert "나중에 잔액으로 돌려받은 돈 -990원" in page
    assert f"낸 돈 {5_270 - 990:,}원" in page
    assert "덜 익음" not in as_("gina").get(f"/orders/{sold.orders()[1].uid}").text
    assert "정산 뒤에 돌려줌" in as_("dana").get(f"/rounds/{sold.id}/handover/{order.id}").text
