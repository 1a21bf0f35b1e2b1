"""What is kept of people and their orders, how long, and that nothing is left when it is over."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import func, inspect, select, update
from support.rounds import Round

from wizzle.core import outbox
from wizzle.core.auth import accounts
from wizzle.core.db import Base
from wizzle.core.models import (
    Access,
    AuditRecord,
    DataRequest,
    DataRequestStep,
    Destruction,
    KeptApart,
    Person,
)
from wizzle.core.rights import retention
from wizzle.core.rights.keepings import keepings
from wizzle.core.work import run_jobs, work_once
from wizzle.plugins.market import Order
from wizzle.plugins.market.orders.models import BasketLine, OrderEvent, OrderLine


@pytest.fixture
def ordered(node, cast, clock) -> Round:
    """A round in which alice and gina ordered."""
    round_ = Round(node, cast, clock)
    (potatoes,) = round_.goods("감자", stock=10)
    round_.draft().offer().to("open")
    for name in ("alice", "gina"):
        round_.order(name, {potatoes: 2})
    return round_


def leave(node, person_id):
    with node.db.write() as session:
        accounts.leave(session, node, person_id)


def years_later(clock, years, days=2):
    clock.set(clock.now().replace(year=clock.now().year + years) + timedelta(days=days))


def count(node, table, *where):
    with node.db.read() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where))


def said_anywhere(node, *words):
    """Return the tables in which any of these words stands in any row."""
    found = set()
    with node.db.read() as session:
        standing = set(inspect(session.connection()).get_table_names())
        for table in Base.metadata.sorted_tables:
            if table.name not in standing:  # of a plugin that another test has loaded
                continue
            for row in session.execute(select(table)):
                if any(word in str(tuple(row)) for word in words):
                    found.add(table.name)
    return found


def test_who_somebody_was_is_kept_apart_and_nowhere_else(node, cast, ordered):
    alice = cast.person("alice")
    leave(node, alice.id)
    run_jobs(node)
    assert said_anywhere(node, "앨리스", "alice@example.com") == {"core_kept_apart"}
    with node.db.read() as session:
        kept = session.get_one(KeptApart, alice.id)
        last = session.scalar(select(Order.changed_at).where(Order.person_id == alice.id))
        assert kept.until == last.replace(year=last.year + 5)
        assert kept.because == "market.orders"


def test_nothing_is_kept_of_somebody_who_never_ordered(node, cast):
    charlie = cast.person("charlie")
    leave(node, charlie.id)
    assert said_anywhere(node, "찰리", "charlie@example.com") == set()


def test_five_years_later_nothing_tells_whose_the_order_was(node, cast, ordered, clock):
    alice = cast.person("alice")
    leave(node, alice.id)
    run_jobs(node)
    years_later(clock, 5, days=-2)
    retention.destroy(node)
    assert count(node, KeptApart) == 1  # not a day too early
    assert count(node, Order, Order.person_id == alice.id) == 1
    clock.advance(days=4)
    retention.destroy(node)
    assert said_anywhere(node, "앨리스", "alice@example.com") == set()
    assert count(node, Order, Order.person_id == alice.id) == 0
    assert count(node, OrderEvent, OrderEvent.actor_id == alice.id) == 0
    assert (
        count(node, Order) == count(node, OrderLine) == 2
    )  # goods and amounts stay with the books


def test_old_orders_of_somebody_who_stays_are_nobody_s_too(node, cast, ordered, clock):
    gina = cast.person("gina").id
    with node.db.write() as session:
        session.execute(update(Order).values(state="collected"))
    years_later(clock, 5)
    retention.destroy(node)
    with node.db.read() as session:
        rows = session.execute(select(Order.person_id, Order.person_name)).all()
        assert gina not in {row.person_id for row in rows}
        assert {row.person_name for row in rows} == {"-"}
        assert session.get_one(Person, gina).name == "지나"


def test_what_is_on_its_way_is_never_forgotten(node, ordered, clock):
    years_later(clock, 9)
    retention.destroy(node)
    assert count(node, Order, Order.person_name == "-") == 0


def test_each_destruction_is_written_down_and_cannot_be_changed(node, cast, ordered, clock):
    leave(node, cast.person("alice").id)
    years_later(clock, 5)
    number = retention.destroy(node)
    with node.db.read() as session:
        rows = {row.what: row.number for row in session.scalars(select(Destruction))}
    assert rows["market.orders"] == 1
    assert rows["core.kept-apart"] == 1
    assert sum(rows.values()) == number
    assert retention.destroy(node) == 0
    with pytest.raises(Exception, match="append-only"), node.db.write() as session:
        session.execute(update(Destruction).values(number=0))


def test_of_the_history_of_an_order_only_who_it_was_can_be_emptied(node, ordered):
    for changed in ({"kind": "x"}, {"actor_id": None, "kind": "x"}, {"at": node.clock.now()}):
        with pytest.raises(Exception, match="append-only"), node.db.write() as session:
            session.execute(update(OrderEvent).values(**changed))
    with node.db.write() as session:
        session.execute(update(OrderEvent).values(actor_id=None))


def test_a_basket_is_forgotten_after_three_months(node, cast, ordered, clock):
    with node.db.write() as session:
        session.add(
            BasketLine(
                person_id=cast.person("charlie").id, occasion=ordered.occasion,
                product_id=ordered.products[0], quantity=1, added_at=clock.now(),
            )
        )  # fmt: skip
    clock.advance(days=80)
    retention.destroy(node)
    assert count(node, BasketLine) == 1
    clock.advance(days=20)
    retention.destroy(node)
    assert count(node, BasketLine) == 0


def test_log_ins_are_kept_three_months(node, cast, clock):
    person = cast.person("alice")
    with node.db.write() as session:
        accounts.log_in(session, node, person.id, accounts.Device("Firefox", "192.0.2.7"))
    clock.advance(days=80)
    retention.destroy(node)
    assert count(node, Access, Access.address == "192.0.2.7") == 1
    clock.advance(days=20)
    retention.destroy(node)
    assert said_anywhere(node, "192.0.2.7") == set()


def test_requests_are_kept_three_years_after_their_answer_and_open_ones_for_ever(node, clock):
    def add(key, ended):
        request = DataRequest(
            key=key, kind="see", name="이", email=f"{key}@example.com", language="ko", text="…",
            state="done" if ended else "open", made_at=clock.now(), due_at=clock.now(),
            ended_at=clock.now() if ended else None,
        )  # fmt: skip
        session.add(request)
        session.flush()
        session.add(DataRequestStep(request_id=request.id, at=clock.now(), step="open"))

    with node.db.write() as session:
        add("ended", True)
        add("open", False)
    years_later(clock, 3)
    retention.destroy(node)
    assert count(node, DataRequest) == 1
    assert count(node, DataRequestStep) == 1
    assert said_anywhere(node, "ended@example.com") == set()


def test_the_day_s_destruction_is_asked_for_once_and_done_by_a_worker(node, cast, clock):
    person = cast.person("alice")
    with node.db.write() as session:
        accounts.log_in(session, node, person.id, accounts.Device("Firefox", "192.0.2.7"))
    years_later(clock, 1)
    for _ in range(3):
        work_once(node)
    assert count(node, Access) == 0
    assert count(node, Destruction, Destruction.what == "core.log-ins") == 1


def test_one_kind_that_fails_keeps_no_other_and_is_seen(node, cast, clock, monkeypatch):
    def broken(session, before, most):
        raise RuntimeError("no")

    person = cast.person("alice")
    with node.db.write() as session:
        accounts.log_in(session, node, person.id, accounts.Device("Firefox", "192.0.2.7"))
    known = [
        (name, each if name != "core.devices" else type(each)(**{**_fields(each), "purge": broken}))
        for name, each in keepings(node)
    ]
    monkeypatch.setattr(retention, "keepings", lambda _node: known)
    years_later(clock, 1)
    with pytest.raises(RuntimeError):
        retention.destroy(node)
    assert count(node, Access) == 0


def _fields(keeping):
    return {name: getattr(keeping, name) for name in keeping.__dataclass_fields__}


def test_much_is_destroyed_in_small_transactions(node, cast, clock, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 3)
    person = cast.person("alice").id
    with node.db.write() as session:
        session.add_all(
            Access(person_id=person, address="192.0.2.7", at=clock.now()) for _ in range(8)
        )
    years_later(clock, 1)
    retention.destroy(node)
    with node.db.read() as session:
        rows = session.scalars(
            select(Destruction.number).where(Destruction.what == "core.log-ins")
        ).all()
    assert sorted(rows) == [2, 3, 3]


def test_who_left_is_looked_up_only_with_a_reason_that_goes_into_the_log(node, cast, ordered, as_):
    alice = cast.person("alice").id
    leave(node, alice)
    bob = as_("bob")
    assert "앨리스" not in bob.get("/admin/people").text
    assert f"left-{alice}@" not in bob.get("/admin/people").text
    page = bob.post("/admin/kept", data={"email": "alice@example.com", "reason": ""})
    assert page.status_code == 422
    assert "앨리스" not in page.text
    page = bob.post("/admin/kept", data={"email": "Alice@example.com", "reason": "법원 명령 12"})
    assert "앨리스" in page.text
    packed = bob.post(f"/admin/kept/{alice}", data={"reason": "법원 명령 12"})
    with zipfile.ZipFile(io.BytesIO(packed.data)) as file:
        (order,) = json.loads(file.read("market-orders.json"))
    assert order["state"] == "withdrawn"
    with node.db.read() as session:
        rows = session.execute(
            select(AuditRecord.action, AuditRecord.details, AuditRecord.subject_id).where(
                AuditRecord.action.startswith("kept.")
            )
        ).all()
    assert [(row.action, row.subject_id) for row in rows] == [
        ("kept.looked_up", alice), ("kept.taken_out", alice),
    ]  # fmt: skip
    assert {row.details["reason"] for row in rows} == {"법원 명령 12"}
    assert (
        as_("dana").post("/admin/kept", data={"email": "a@b.kr", "reason": "x"}).status_code == 403
    )


def test_the_privacy_policy_lists_what_every_plugin_keeps(node, client):
    page = client.get("/privacy").text
    for words in (
        "주문",
        "5년",
        "전자상거래법 시행령 제6조",
        "통신비밀보호법 시행령 제41조",
        "상법 제33조",
    ):
        assert words in page
    assert page.count('data-label="근거"') == len(keepings(node))


def test_what_is_enqueued_for_the_day_is_one_job(node):
    for _ in range(2):
        retention.daily(node)
    assert outbox.run_due(node.db, node.clock, {retention.JOB: lambda _payload: None}) == 1
