"""What came in is handled in the order it came, once, and what fails holds up only its own."""

from __future__ import annotations

import json
import threading

import pytest
from sqlalchemy import text
from support.between import PUMPKIN, activity, arrived, reading

from wizzle.core.errors import Refused
from wizzle.core.talk import Receipt
from wizzle.federation.delivery.actions.handling import Reading
from wizzle.federation.delivery.actions.taking import Parcel, keep


def bring(node, name, *, context=None, inbox=None, **more):
    document = activity(name, **({"context": context} if context else {}), **more)
    parcel = Parcel(
        body=json.dumps(document).encode(), document=document, actor=f"{PUMPKIN}/actor",
        host="pumpkin.example", inbox=inbox, space_id=inbox, sealed=False,
    )  # fmt: skip
    with node.db.write() as session:
        return keep(node, session, parcel)


def test_once_for_each_inbox(here):
    assert bring(here, "a")
    assert not bring(here, "a")
    assert bring(here, "a", inbox=4)
    with pytest.raises(Refused):
        bring(here, "a", summary="other")
    with reading(here) as heard:
        assert Reading(here).finish() == 2
        assert Reading(here).finish() == 0
    assert [received.space_id for received in heard] == [None, 4]


def test_in_the_order_they_came(here):
    for n in range(25):
        bring(here, f"{n:02}")
    with reading(here) as heard:
        Reading(here).finish()
    assert [received.id[-2:] for received in heard] == [f"{n:02}" for n in range(25)]


def test_one_that_fails_holds_up_its_own_matter_alone_and_not_for_ever(here, clock):
    def answer(session, received):
        session.execute(text("update federation_received set note = 'half done'"))
        if received.id.endswith("/a1"):
            raise ValueError("a mistake of ours")
        return Receipt(received.id[-2:])

    for name, context in (("a1", "A"), ("b1", "B"), ("a2", "A"), ("b2", "B")):
        bring(here, name, context=context)
    with reading(here, answer) as heard:
        Reading(here).finish()
        assert [received.id[-2:] for received in heard] == ["a1", "b1", "b2"]
        bring(here, "a3", context="A")
        Reading(here).finish()
        assert len(heard) == 3
        for _ in range(8):
            clock.advance(hours=13)
            Reading(here).finish()
    names = [received.id[-2:] for received in heard]
    assert names.count("a1") == 8
    assert names[-2:] == ["a2", "a3"]
    told = {name: state for name, state, _ in arrived(here)}
    assert told == {"a1": "failed", "b1": "done", "a2": "done", "b2": "done", "a3": "done"}


def test_what_was_done_before_a_refusal_is_undone(here):
    def answer(session, _received):
        session.execute(text("update federation_received set actor = 'half done'"))
        raise Refused("There is no such round.")

    bring(here, "a")
    with reading(here, answer):
        Reading(here).finish()
    assert arrived(here) == [("a", "refused", "There is no such round.")]
    with here.db.read() as session:
        assert session.scalar(text("select actor from federation_received")) == f"{PUMPKIN}/actor"


def test_several_handle_and_each_has_one_effect(here):
    for n in range(40):
        bring(here, f"{n}", context=f"order {n % 5}")
    stop = threading.Event()
    with reading(here) as heard:
        workers = [threading.Thread(target=Reading(here).go_on, args=(stop,)) for _ in range(4)]
        for worker in workers:
            worker.start()
        for _ in range(400):
            if all(state == "done" for _, state, _ in arrived(here)):
                break
            stop.wait(0.05)
        stop.set()
        for worker in workers:
            worker.join()
    names = [received.id.rsplit("/", 1)[1] for received in heard]
    assert sorted(names, key=int) == [str(n) for n in range(40)]
    for matter in range(5):
        mine = [int(name) for name in names if int(name) % 5 == matter]
        assert mine == sorted(mine)


def test_what_has_ended_is_not_kept_for_ever(here, clock):
    from support.letters import PlayedWay, befriend, deliver, letter, states, write

    from wizzle.federation.delivery.actions.tidying import tidy
    from wizzle.federation.delivery.rules.answers import Answer

    befriend(here, "quince.example")
    way = PlayedWay()
    way.answers["quince.example"] = lambda name: Answer(422 if name == "dead" else 202)
    write(here, letter("old"), letter("dead", lane="order:2"))
    deliver(here, way)
    bring(here, "came")
    with reading(here):
        Reading(here).finish()
    assert tidy(here) == 0
    clock.advance(days=91)
    write(here, letter("new"))
    assert tidy(here) == 1
    assert states(here) == {"dead": "dead", "new": "waiting"}
    assert len(arrived(here)) == 1
    clock.advance(days=310)
    tidy(here)
    assert arrived(here) == []
    assert states(here) == {"dead": "dead", "new": "waiting"}


def test_what_fails_only_at_the_end_of_its_transaction_is_put_off_too(here, clock):
    def answer(session, received):
        if received.id.endswith("/a"):
            session.execute(text("update federation_received set uri = 'x', inbox = 0"))
        return Receipt("\0\ud800 words")

    bring(here, "a")
    bring(here, "b", context="other")
    with reading(here, answer):
        Reading(here).finish()
    told = {name: (state, note) for name, state, note in arrived(here)}
    assert told["a"][0] == "waiting"
    assert told["b"] == ("done", "  ? words".replace("  ", " "))
