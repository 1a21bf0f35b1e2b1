"""Who is told of a round's steps, in which language, and how often."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from support.rounds import Round

from wizzle.core.models import Job, Person
from wizzle.plugins.market import withdraw_order


def mails(round_: Round, start: str) -> list[dict[str, Any]]:
    with round_.node.db.read() as session:
        jobs = session.scalars(select(Job).where(Job.key.startswith(start)).order_by(Job.id))
        return [dict(job.payload) for job in jobs]


def test_producers_with_orders_are_told_when_the_sheets_are_sent(round_: Round) -> None:
    erin = round_.cast.person("erin")
    round_.goods("옥수수", farm="other_farm")
    round_.offer("farm", "other_farm").to("open")
    round_.order("alice", {round_.products[0]: 1})
    round_.to("closed")
    assert mails(round_, "assembly:") == []
    round_.to("sent")
    (mail,) = mails(round_, "assembly:sent")
    farm = round_.cast.space("farm").id
    assert mail["to"] == erin.email
    assert mail["subject"] == "주문서가 왔어요: 이번 회차"
    assert f"http://127.0.0.1:8000/rounds/{round_.id}/sheets/{farm}" in mail["text"]
    assert "앨리스" not in mail["text"]


def test_a_producer_without_orders_gets_no_mail(round_: Round) -> None:
    round_.cast.person("erin")
    round_.to("sent")
    assert mails(round_, "assembly:sent") == []


def test_residents_are_told_with_their_code_in_their_own_language(round_: Round) -> None:
    round_.cast.person("gina")
    with round_.node.db.write() as session:
        session.execute(
            update(Person).where(Person.email == "gina@example.com").values(language="en")
        )
    round_.to("open")
    alice = round_.order("alice", {round_.products[0]: 2})
    gina = round_.order("gina", {round_.products[0]: 1})
    round_.to("packed")
    assert mails(round_, "assembly:ready") == []
    round_.to("distributing")
    to_alice, to_gina = mails(round_, "assembly:ready")
    assert to_alice["subject"] == f"찾으러 오세요. 수령 번호는 {alice.code}예요"
    assert "2,000원" in to_alice["text"]
    assert "11월 26일(목) 오전 9:00" in to_alice["text"]
    assert to_gina["subject"] == f"Ready to collect: your code is {gina.code}"
    assert "₩1,000" in to_gina["text"]


def test_whoever_withdrew_is_left_in_peace(round_: Round) -> None:
    round_.to("open")
    order = round_.order("alice", {round_.products[0]: 2})
    with round_.node.db.write() as session:
        withdraw_order(round_.node, session, round_.cast.viewer("alice"), order.id)
    round_.to("distributing")
    assert mails(round_, "assembly:") == []
