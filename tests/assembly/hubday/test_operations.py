"""What phones send of a day at the hub: each entry is done once, and conflicts are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from support.arrivals import Arrival
from support.hubdays import Handset, entry

from wizzle.core import ledger, members
from wizzle.plugins.assembly.cycles.rules import State
from wizzle.plugins.assembly.hubday.actions import applying
from wizzle.plugins.market import Order, containers_held


def state(arrival: Arrival, number: int) -> str:
    return str(arrival.round.orders()[number].state)


def cash(arrival: Arrival) -> int:
    hub = arrival.round.cast.space("hub").id
    with arrival.node.db.read() as session:
        assert ledger.verify(session).ok
        return int(ledger.balance(session, ledger.account("cash", hub)))


def meat(arrival: Arrival, orders: list[Order]) -> int:
    return arrival.lines(orders[0])[1].id


def test_a_phone_takes_along_what_it_needs_and_no_more(dana: Handset, orders: list[Order]) -> None:
    taken = dana.taken()
    assert [each["name"] for each in taken["orders"]] == ["앨리스", "지나"]
    order = taken["orders"][0]
    assert (order["code"], order["tails"], order["state"]) == (orders[0].code, ["1234"], "placed")
    assert [line["name"] for line in order["lines"]] == ["감자", "앞다리살"]
    assert "010" not in str(taken)
    assert "example.com" not in str(taken)


def test_a_whole_order_is_served_by_what_a_phone_sends(
    arrival: Arrival, dana: Handset, orders: list[Order]
) -> None:
    line = meat(arrival, orders)
    potato = arrival.lines(orders[0])[0].id
    one = orders[0].id
    assert (
        dana.outcomes(
            entry(one, "bags", bags=2, was=0),
            entry(one, "tick", mark="bag-1", on=True),
            entry(one, "weigh", line=line, grams=650, delivered=1, was=None, sure=False),
            entry(one, "less", line=potato, delivered=1, was=2, reason="하나가 상했어요"),
        )
        == ["applied"] * 4
    )
    shown = dana.order(one)
    assert (shown["bags"], shown["ticks"]) == (2, ["bag-1"])
    assert [each["delivered"] for each in shown["lines"]] == [1, 1]
    assert dana.outcomes(entry(one, "hand", shown=7_500, cash=8_000, early=False)) == ["applied"]
    assert state(arrival, 0) == "collected"
    assert cash(arrival) == 8_000  # 500 won more go onto the balance


def test_what_is_sent_again_is_done_once(
    arrival: Arrival, dana: Handset, orders: list[Order]
) -> None:
    batch = [
        entry(orders[1].id, "bags", bags=1, was=0),
        entry(orders[1].id, "hand", shown=1_000, cash=None, early=False),
    ]
    assert dana.outcomes(*batch) == ["applied", "applied"]
    version = arrival.round.orders()[1].version
    assert dana.outcomes(*batch) == ["already", "already"]
    assert dana.outcomes(batch[1], batch[0]) == ["already", "already"]
    assert cash(arrival) == 1_000
    assert arrival.round.orders()[1].version == version
    assert [each.kind for each in arrival.events(orders[1])].count("collected") == 1


def test_the_second_phone_that_hands_over_is_told_who_did(
    arrival: Arrival, dana: Handset, frank: Handset, orders: list[Order]
) -> None:
    hand = {"shown": 1_000, "cash": None, "early": False}
    assert dana.outcomes(entry(orders[1].id, "hand", **hand)) == ["applied"]
    late = entry(orders[1].id, "hand", **hand)
    (told,) = frank.send(late)
    assert (told["outcome"], told["status"]) == ("conflict", 409)
    assert "다나님이" in told["detail"]
    assert frank.send(late) == [told]  # asked again, it is answered the same
    assert cash(arrival) == 1_000


def test_two_weights_of_one_piece_are_for_people_to_decide(
    arrival: Arrival, dana: Handset, frank: Handset, orders: list[Order]
) -> None:
    line = meat(arrival, orders)
    asked = {"line": line, "delivered": 1, "was": None, "sure": False}
    assert dana.outcomes(entry(orders[0].id, "weigh", grams=640, **asked)) == ["applied"]
    (told,) = frank.send(entry(orders[0].id, "weigh", grams=655, **asked))
    assert told["outcome"] == "conflict"
    assert "0.64" in told["detail"]
    assert frank.outcomes(entry(orders[0].id, "weigh", grams=640, **asked)) == ["applied"]
    known = asked | {"was": 640}
    assert frank.outcomes(entry(orders[0].id, "weigh", grams=655, **known)) == ["applied"]
    assert arrival.lines(orders[0])[1].weighed_g == 655


def test_a_slip_of_the_finger_is_not_written_down(
    arrival: Arrival, dana: Handset, orders: list[Order]
) -> None:
    asked = {"line": meat(arrival, orders), "delivered": 1, "was": None}
    for grams, sure in ((60_000, True), (3_000, False), (59, True)):
        (told,) = dana.send(entry(orders[0].id, "weigh", grams=grams, sure=sure, **asked))
        assert (told["outcome"], told["status"]) == ("conflict", 422)
        assert arrival.lines(orders[0])[1].weighed_g is None


def test_money_is_taken_only_as_it_was_shown(
    arrival: Arrival, dana: Handset, orders: list[Order]
) -> None:
    (told,) = dana.send(entry(orders[1].id, "hand", shown=900, cash=None, early=False))
    assert told["outcome"] == "conflict"
    assert "1,000" in told["detail"]
    assert state(arrival, 1) == "placed"
    assert cash(arrival) == 0


def test_what_was_never_weighed_is_not_handed_over(
    arrival: Arrival, dana: Handset, orders: list[Order]
) -> None:
    (told,) = dana.send(entry(orders[0].id, "hand", shown=8_000, cash=None, early=False))
    assert told["outcome"] == "conflict"
    assert "앞다리살" in told["detail"]
    assert state(arrival, 0) == "placed"
    assert cash(arrival) == 0


def test_a_conflict_in_the_middle_holds_up_nothing(
    arrival: Arrival, dana: Handset, orders: list[Order]
) -> None:
    assert dana.outcomes(
        entry(orders[0].id, "bags", bags=3, was=2),
        {"uid": "c0ffee00-0000-4000-8000-000000000001", "order": "x"},
        entry(orders[1].id, "bags", bags=1, was=0),
        "nonsense",
    ) == ["conflict", "conflict", "applied"]
    assert [each.bags for each in arrival.round.orders()] == [None, 1]


def test_half_a_batch_stands_and_the_rest_comes_later(
    arrival: Arrival, dana: Handset, orders: list[Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = [
        entry(orders[1].id, "bags", bags=1, was=0),
        entry(orders[1].id, "hand", shown=1_000, cash=None, early=False),
        entry(orders[0].id, "absent", reason="안 오셨어요"),
    ]
    done = applying.do

    def dies(*given: Any, **named: Any) -> None:
        done(*given, **named)
        if given[3].kind == "absent":
            raise RuntimeError("the machine loses its power before the transaction ends")

    monkeypatch.setattr(applying, "do", dies)
    with pytest.raises(RuntimeError):
        dana.send(*batch)
    assert [state(arrival, number) for number in (0, 1)] == ["placed", "collected"]
    monkeypatch.undo()
    assert dana.outcomes(*batch) == ["already", "already", "applied"]
    assert cash(arrival) == 1_000
    assert [each.kind for each in arrival.events(orders[0])].count("not_collected") == 1


def test_nobody_came_and_then_somebody_did(
    arrival: Arrival, dana: Handset, orders: list[Order]
) -> None:
    one = orders[1].id
    assert dana.outcomes(entry(one, "absent", reason="안 오셨어요")) == ["applied"]
    (told,) = dana.send(entry(one, "hand", shown=1_000, cash=None, early=False))
    assert told["outcome"] == "conflict"
    hand = entry(one, "hand", shown=1_000, cash=None, early=False)
    assert dana.outcomes(entry(one, "waits"), hand) == ["applied", "applied"]
    assert state(arrival, 1) == "collected"


def test_a_settled_round_takes_nothing_more(
    arrival: Arrival, dana: Handset, orders: list[Order]
) -> None:
    for number, won in ((0, None), (1, 1_000)):
        if won is None:
            dana.send(entry(orders[number].id, "absent", reason="안 오셨어요"))
        else:
            dana.send(entry(orders[number].id, "hand", shown=won, cash=None, early=False))
    arrival.round.to(State.SETTLED)
    (told, tick) = dana.send(
        entry(orders[0].id, "waits"), entry(orders[1].id, "tick", mark="bag-1", on=True)
    )
    assert told["outcome"] == "conflict"
    assert "정산" in told["detail"]
    assert tick["outcome"] == "applied"  # there is nothing to tick any more, and nothing to decide


def test_containers_come_back_once(
    arrival: Arrival, dana: Handset, orders: list[Order], new_box: int
) -> None:
    before = cash(arrival)
    back = entry(orders[1].id, "back", container=new_box, number=2, way="cash")
    assert dana.outcomes(back, back) == ["applied", "already"]
    assert cash(arrival) == before - 1_000
    with arrival.node.db.read() as session:
        assert [each.number for each in containers_held(session, orders[1].person_id)] == [1]
    more = entry(orders[1].id, "back", container=new_box, number=2, way="balance")
    assert dana.outcomes(more) == ["conflict"]


def test_the_same_name_never_stands_for_two_things(
    arrival: Arrival, dana: Handset, frank: Handset, orders: list[Order]
) -> None:
    made = entry(orders[1].id, "bags", bags=1, was=0)
    assert dana.outcomes(made) == ["applied"]
    assert dana.outcomes(made | {"asked": {"bags": 2, "was": 1}}) == ["conflict"]
    assert dana.outcomes(made | {"order": orders[0].id}) == ["conflict"]
    assert frank.outcomes(made) == ["conflict"]
    assert arrival.round.orders()[1].bags == 1


def test_orders_of_another_hub_are_not_there(
    arrival: Arrival, dana: Handset, orders: list[Order], elsewhere: int,
    as_: Callable[[str], FlaskClient],
) -> None:  # fmt: skip
    charlie = Handset(arrival.round, as_("charlie"), "charlie")
    assert [each["name"] for each in charlie.taken()["orders"]] == ["지나"]
    (told,) = charlie.send(entry(orders[0].id, "bags", bags=1, was=0))
    assert (told["outcome"], told["status"]) == ("conflict", 404)
    assert charlie.post(entry(orders[0].id, "bags", bags=1, was=0)).get_json()["orders"] == []
    assert charlie.outcomes(entry(orders[1].id, "bags", bags=1, was=0)) == ["applied"]
    assert [each.bags for each in arrival.round.orders()] == [None, 1]


def test_whoever_lost_the_role_sends_nothing(
    arrival: Arrival, frank: Handset, orders: list[Order]
) -> None:
    made = entry(orders[1].id, "bags", bags=1, was=0)
    hub, person = arrival.round.cast.space("hub").id, frank.person
    with arrival.node.db.write() as session:
        members.revoke(session, person, "activist", hub)
    answer = frank.post(made)
    assert answer.status_code == 403
    assert answer.mimetype == "application/problem+json"
    assert "권한이 없어요" in answer.get_json()["detail"]
    assert arrival.round.orders()[1].bags is None


def test_others_are_refused_with_a_document(
    arrival: Arrival, orders: list[Order], client: FlaskClient, as_: Callable[[str], FlaskClient]
) -> None:
    there = f"/rounds/{arrival.round.id}/hub-day"
    for who, browser, wanted in (
        ("alice", client, 401), ("alice", as_("alice"), 403), ("erin", as_("erin"), 403),
    ):  # fmt: skip
        handset = Handset(arrival.round, browser, who)
        answer = handset.post(entry(orders[1].id, "bags", bags=1, was=0))
        assert (answer.status_code, answer.mimetype) == (wanted, "application/problem+json")
        assert browser.get(f"{there}.json").status_code == wanted
        assert browser.get(there).status_code in (302, 403)
    assert arrival.round.orders()[1].bags is None


def test_nothing_is_done_in_another_ones_name(dana: Handset, orders: list[Order]) -> None:
    answer = dana.post(entry(orders[1].id, "bags", bags=1, was=0), person=orders[0].person_id)
    assert answer.status_code == 403


FORGED = [
    b"", b"[]", b"null", b"{", b"\xff", b'{"operations": []}', b'{"person": 1, "operations": {}}',
    b'{"person": true, "operations": []}', b"[" * 60_000, b'{"person": NaN, "operations": []}',
]  # fmt: skip


def test_what_is_no_batch_is_refused(dana: Handset) -> None:
    address = f"/rounds/{dana.round.id}/operations"
    for body in FORGED:
        answer = dana.client.post(address, data=body, content_type="application/json")
        assert answer.status_code in (403, 422), body[:40]
        assert answer.mimetype == "application/problem+json"


def test_a_huge_batch_is_refused_before_it_is_read(dana: Handset, orders: list[Order]) -> None:
    many = [entry(orders[1].id, "tick", mark="bag-1", on=True) for _ in range(51)]
    assert dana.post(*many).status_code == 422
    assert dana.post("x" * 70_000).status_code == 413


WRONG = [
    {"kind": "steal"}, {"order": 0}, {"order": -1}, {"order": 2**40}, {"order": True},
    {"order": "1"}, {"asked": []}, {"asked": {}}, {"asked": {"bags": 31, "was": 0}},
    {"asked": {"bags": -1, "was": 0}}, {"asked": {"bags": 1.5, "was": 0}},
    {"asked": {"bags": 1, "was": 0, "more": 1}}, {"at": "x" * 50}, {"at": "\x00"}, {"seen": "1"},
    {"kind": "absent", "asked": {"reason": "a\x00b"}}, {"kind": "absent", "asked": {"reason": ""}},
    {"kind": "absent", "asked": {"reason": "\ud800"}}, {"extra": 1},
    {"kind": "hand", "asked": {"shown": -1, "cash": None, "early": False}},
    {"kind": "hand", "asked": {"shown": 10**18, "cash": None, "early": False}},
    {"kind": "tick", "asked": {"mark": "line-0", "on": True}},
    {"kind": "tick", "asked": {"mark": "bag-1", "on": "yes"}},
    {"kind": "back", "asked": {"container": 1, "number": 1, "way": "gift"}},
]  # fmt: skip


def test_a_forged_entry_changes_nothing(
    arrival: Arrival, dana: Handset, orders: list[Order]
) -> None:
    before = [each.version for each in arrival.round.orders()]
    told = dana.send(*(entry(orders[1].id, "bags", bags=1, was=0) | change for change in WRONG))
    assert [(each["outcome"], each["status"]) for each in told] == [("conflict", 422)] * len(WRONG)
    assert [each.version for each in arrival.round.orders()] == before


def test_an_entry_without_a_name_is_passed_over(
    arrival: Arrival, dana: Handset, orders: list[Order]
) -> None:
    made = entry(orders[1].id, "bags", bags=1, was=0)
    names = ("", "x", "../../etc", "A" * 36, None, 7)
    assert dana.send(*(made | {"uid": uid} for uid in names)) == []
    assert arrival.round.orders()[1].bags is None


def test_the_line_of_another_order_is_not_touched(
    arrival: Arrival, dana: Handset, orders: list[Order]
) -> None:
    line = meat(arrival, orders)
    asked = {"line": line, "grams": 600, "delivered": 1, "was": None, "sure": False}
    (told,) = dana.send(entry(orders[1].id, "weigh", **asked))
    assert (told["outcome"], told["status"]) == ("conflict", 404)
    assert arrival.lines(orders[0])[1].weighed_g is None


def test_before_its_day_only_what_is_meant(
    arrival: Arrival, dana: Handset, orders: list[Order]
) -> None:
    row = arrival.round.row()
    arrival.round.clock.set(row.collect_from.replace(day=row.collect_from.day - 1))
    asked = {"shown": 1_000, "cash": None}
    assert dana.outcomes(entry(orders[1].id, "hand", early=False, **asked)) == ["conflict"]
    assert dana.outcomes(entry(orders[1].id, "hand", early=True, **asked)) == ["applied"]
