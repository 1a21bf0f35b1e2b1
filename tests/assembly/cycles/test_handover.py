"""The day of collection: finding, handing over, and everything that may go wrong."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from support.rounds import Round

from wizzle.core import ledger
from wizzle.core.models import Job
from wizzle.plugins.assembly.cycles import actions
from wizzle.plugins.assembly.cycles.models import Tick
from wizzle.plugins.assembly.cycles.rules import State
from wizzle.plugins.market import Order, OrderLine, pack


@pytest.fixture
def day(round_: Round) -> Round:
    """A round that is being handed out: alice ordered two products, gina one."""
    round_.to("open")
    potato, onion = round_.products
    round_.order("alice", {potato: 3, onion: 1})
    round_.order("gina", {potato: 1})
    return round_.to("distributing")


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def post(client: FlaskClient, address: str, **data: object) -> str:
    return client.post(address, data=data, follow_redirects=True).get_data(as_text=True)


def lines(round_: Round, order: Order) -> list[OrderLine]:
    with round_.node.db.read() as session:
        found = list(
            session.scalars(
                select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
            )
        )
        session.expunge_all()
        return found


def cash(round_: Round) -> int:
    with round_.node.db.read() as session:
        assert ledger.verify(session).ok
        return ledger.balance(session, ledger.account("cash", round_.row().hub_id))


def test_an_order_is_found_by_name_code_number_and_phone(day: Round, dana: FlaskClient) -> None:
    alice, gina = day.orders()
    here = f"/rounds/{day.id}/handover"
    assert alice.code in page(dana, here)
    for search in ("앨리", alice.code, alice.code.lower(), alice.number):
        answer = dana.get(here, query_string={"q": search})
        assert answer.location == f"{here}/{alice.id}", search
    both = page(dana, f"{here}?q=1234")  # all of the cast have the same telephone
    assert "앨리스" in both
    assert "지나" in both
    for nobody in ("아무도", "123", "%", "_", "9999", "' OR 1=1 --"):
        assert "찾지 못했어요" in page(dana, f"{here}?q={nobody}"), nobody
    assert gina.code in page(dana, f"{here}?q=지나")


def test_a_phone_number_is_found_however_it_is_written(round_: Round, dana: FlaskClient) -> None:
    round_.to("open")
    orders = round_.crowd(3)
    round_.to("distributing")
    here = f"/rounds/{round_.id}/handover"
    for search in ("7001", "00017001", "010-0001-7001", "010 0001 7001"):
        answer = dana.get(here, query_string={"q": search})
        assert answer.location == f"{here}/{orders[1]}", search


def test_handing_over_takes_the_money_once(day: Round, dana: FlaskClient) -> None:
    alice, gina = day.orders()
    here = f"/rounds/{day.id}/handover/{alice.id}"
    assert "4,000원" in page(dana, here)
    assert "건넸어요" in post(dana, here)
    post(dana, here)
    assert cash(day) == 4_000
    shown = page(dana, f"/rounds/{day.id}/handover")
    assert "앨리스" not in shown.split("hand-list")[1]
    assert "앨리스" in page(dana, f"/rounds/{day.id}/handover?done=yes")
    post(dana, f"/rounds/{day.id}/handover/{gina.id}")
    assert "모두 찾아갔어요" in page(dana, f"/rounds/{day.id}/handover")
    assert cash(day) == 5_000


def test_what_came_short_is_not_paid(day: Round, dana: FlaskClient) -> None:
    alice, _ = day.orders()
    first, _second = lines(day, alice)
    here = f"/rounds/{day.id}/handover/{alice.id}"
    assert "적어" in post(dana, f"{here}/lines/{first.id}/less", delivered="1", reason=" ")
    assert lines(day, alice)[0].delivered == 3
    for nonsense in ("4", "-1", "x", ""):
        post(dana, f"{here}/lines/{first.id}/less", delivered=nonsense, reason="덜 왔어요")
        assert lines(day, alice)[0].delivered == 3
    shown = post(dana, f"{here}/lines/{first.id}/less", delivered="1", reason="두 개가 상했어요")
    assert "주문 3, 있는 것 1" in shown
    assert "두 개가 상했어요" in shown
    post(dana, here)
    assert cash(day) == 2_000


def test_what_the_page_said_to_take_is_what_is_written_down(day: Round, dana: FlaskClient) -> None:
    alice, _ = day.orders()
    first, _second = lines(day, alice)
    here = f"/rounds/{day.id}/handover/{alice.id}"
    assert 'name="shown" value="4000"' in page(dana, here)
    post(dana, f"{here}/lines/{first.id}/less", delivered="1", reason="두 개가 상했어요")
    assert "다시 확인해 주세요" in post(dana, here, shown="4000")
    assert cash(day) == 0
    post(dana, here, shown="2000")
    assert cash(day) == 2_000


def test_a_refund_is_given_once_and_never_beyond_what_was_paid(
    day: Round, dana: FlaskClient
) -> None:
    alice, _ = day.orders()
    first, _second = lines(day, alice)
    here = f"/rounds/{day.id}/handover/{alice.id}"
    address = f"{here}/lines/{first.id}/refund"
    refund = {"amount": "1000", "reason": "하나가 상했어요", "idempotency_key": "k1"}
    post(dana, address, **refund)
    assert cash(day) == 0  # nothing is paid yet
    post(dana, here)
    key = re.search(r'name="idempotency_key" value="(\w+)"', page(dana, here))
    assert key
    for _ in range(3):
        post(dana, address, **refund)
    assert cash(day) == 3_000
    for amount in ("2001", "0", "-5", "x", "9999999999"):
        post(dana, address, **{**refund, "amount": amount, "idempotency_key": f"k{amount}"})
    assert cash(day) == 3_000
    post(dana, address, **{**refund, "reason": "", "idempotency_key": "k3"})
    post(dana, address, amount="500", reason="까닭")  # without a key
    assert cash(day) == 3_000
    assert "1,000원 돌려줌" in page(dana, here)


def test_nobody_came_is_marked_with_what_happened(day: Round, dana: FlaskClient) -> None:
    alice, _ = day.orders()
    here = f"/rounds/{day.id}/handover/{alice.id}"
    post(dana, f"{here}/not-collected", reason="")
    assert day.orders()[0].state == "placed"
    shown = post(dana, f"{here}/not-collected", reason="전화도 받지 않으셨어요")
    assert "전화도 받지 않으셨어요" in shown
    assert day.orders()[0].state == "not_collected"
    post(dana, here)
    assert (day.orders()[0].state, cash(day)) == ("not_collected", 0)


def test_the_hub_cancels_with_a_reason_and_the_resident_is_told(
    round_: Round, dana: FlaskClient
) -> None:
    round_.to("open")
    order = round_.order("alice", {round_.products[0]: 1})
    address = f"/rounds/{round_.id}/handover/{order.id}/cancel"
    post(dana, address, reason="너무 일러요")
    assert round_.orders()[0].state == "placed"  # until the cut-off it is the resident's alone
    round_.clock.set(round_.row().cut_off)
    post(dana, address, reason="")
    assert round_.orders()[0].state == "placed"
    post(dana, address, reason="농장에 서리가 내렸어요")
    assert round_.orders()[0].state == "withdrawn"
    with round_.node.db.read() as session:
        mails = list(session.scalars(select(Job.payload)))
    assert any("농장에 서리가 내렸어요" in mail.get("text", "") for mail in mails)


@pytest.mark.parametrize("state", [s for s in State if s not in (State.DRAFT, State.SETTLED)])
def test_each_thing_is_done_at_its_own_steps_only(
    round_: Round, dana: FlaskClient, state: State
) -> None:
    round_.to("open")
    order = round_.order("alice", {round_.products[0]: 2})
    (line,) = lines(round_, order)
    round_.to(state)
    here = f"/rounds/{round_.id}/handover/{order.id}"
    post(dana, f"{here}/lines/{line.id}/less", delivered="1", reason="까닭")
    short = state in {State.RECEIVED, State.PACKED, State.DISTRIBUTING}
    assert lines(round_, order)[0].delivered == (1 if short else 2)
    post(dana, here)
    handed = round_.orders()[0].state == "collected"
    assert handed is (state is State.DISTRIBUTING)


def test_in_a_settled_round_nothing_moves(day: Round, dana: FlaskClient) -> None:
    alice, gina = day.orders()
    post(dana, f"/rounds/{day.id}/handover/{alice.id}")
    with day.node.db.write() as session:
        actions.mark_not_collected(
            day.node, session, day.id, gina.id, reason="안 오심",
            actor_id=day.cast.person("dana").id,
        )  # fmt: skip
    day.to("settled")
    first = lines(day, alice)[0]
    refund = {"amount": "1000", "reason": "늦게 말함", "idempotency_key": "late"}
    shown = post(dana, f"/rounds/{day.id}/handover/{alice.id}/lines/{first.id}/refund", **refund)
    assert "정산이 끝난 회차예요" in shown
    post(dana, f"/rounds/{day.id}/handover/{gina.id}")
    assert cash(day) == 4_000


def test_orders_of_other_rounds_are_not_here(day: Round, dana: FlaskClient) -> None:
    """Whoever runs one round reaches no order of another through it."""
    first, alice = day.id, day.orders()[0]
    line = lines(day, alice)[0]
    day.draft(title="다른 회차").offer().to("distributing")
    here = f"/rounds/{day.id}/handover/{alice.id}"
    assert day.id != first
    assert dana.get(here).status_code == 404
    for more, data in (
        ("", {}),
        ("/not-collected", {"reason": "x"}),
        ("/cancel", {"reason": "x"}),
        (f"/lines/{line.id}/less", {"delivered": "0", "reason": "x"}),
        (f"/lines/{line.id}/refund", {"amount": "1", "reason": "x", "idempotency_key": "x"}),
    ):
        assert dana.post(here + more, data=data, follow_redirects=True).status_code == 404, more
    day.id = first
    assert (day.orders()[0].state, lines(day, alice)[0].delivered) == ("placed", 3)


def test_only_those_who_run_the_hub_hand_out(day: Round, as_: Callable[[str], FlaskClient]) -> None:
    alice = day.orders()[0]
    line = lines(day, alice)[0]
    day.other_hub("gina")
    here = f"/rounds/{day.id}/handover"
    posts = (
        "", "/ticks", "/not-collected", "/cancel", f"/lines/{line.id}/less",
        f"/lines/{line.id}/refund",
    )  # fmt: skip
    data = {"reason": "x", "delivered": "0", "amount": "1", "idempotency_key": "x"}
    for name in ("alice", "charlie", "erin", "frank", "gina"):
        client = as_(name)
        assert client.get(here).status_code == 403
        assert client.get(f"{here}/{alice.id}").status_code == 403
        for more in posts:
            assert client.post(f"{here}/{alice.id}{more}", data=data).status_code == 403
    with day.node.db.read() as session:
        placed = select(func.count()).where(Order.state == "placed")
        assert session.scalar(placed) == 2


def test_a_long_list_goes_on_by_name(round_: Round, dana: FlaskClient) -> None:
    round_.to("open")
    round_.crowd(120)
    round_.to("distributing")
    address, names = f"/rounds/{round_.id}/handover", list[str]()
    for _ in range(3):
        shown = page(dana, address)
        names += re.findall(r'hand-name">(이웃 \d+)<', shown)
        following = re.search(r'rel="next" href="([^"]+)"', shown)
        if following:
            address = following.group(1).replace("&amp;", "&")
    assert names == [f"이웃 {number:03}" for number in range(120)]


def test_ticks_stand_only_where_they_can_be_sent(round_: Round, dana: FlaskClient) -> None:
    potato, _ = round_.products
    round_.to("open")
    order = round_.order("alice", {potato: 1})
    here = f"/rounds/{round_.id}/handover/{order.id}"
    assert "checkbox" not in page(dana, here)
    round_.to("distributing")
    assert "checkbox" in page(dana, here)
    post(dana, here)
    assert "checkbox" not in page(dana, here)


def test_ticks_are_kept_for_whoever_looks_next_until_the_order_is_gone(
    day: Round, dana: FlaskClient, as_: Callable[[str], FlaskClient]
) -> None:
    alice, gina = day.orders()
    line = lines(day, alice)[0]
    with day.node.db.write() as session:
        pack(day.node, session, alice.id, 2, actor_id=day.cast.person("dana").id)
    here = f"/rounds/{day.id}/handover/{alice.id}"
    wanted = {"tick": ["bag-2", f"line-{line.id}", "bag-9", f"line-{lines(day, gina)[0].id}", "x"]}
    for _ in range(2):
        assert "표시를 저장했어요" in post(dana, f"{here}/ticks", **wanted)
    ticked = re.findall(r'value="((?:bag|line)-\d+)" checked', page(as_("dana"), here))
    assert sorted(ticked) == ["bag-2", f"line-{line.id}"]
    quiet = dana.post(f"{here}/ticks", data={"tick": ["bag-1"], "quiet": "yes"})
    assert (quiet.status_code, quiet.data) == (204, b"")
    assert re.findall(r'value="((?:bag|line)-\d+)" checked', page(dana, here)) == ["bag-1"]
    post(dana, here)
    assert dana.post(f"{here}/ticks", data=wanted).status_code in {302, 409}
    with day.node.db.read() as session:
        assert session.scalars(select(Tick.mark)).all() == []
