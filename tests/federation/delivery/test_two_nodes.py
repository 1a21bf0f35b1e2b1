"""Two nodes and real HTTP between them: what one writes, the other takes in once."""

from __future__ import annotations

import json
import threading
import time
from datetime import timedelta

import pytest
from support.between import arrived, note, reading, write
from support.letters import states, told

from wizzle.core.errors import Refused
from wizzle.core.outgoing import Answer, Failed
from wizzle.core.work import work_once
from wizzle.federation.delivery.models import Arrived


@pytest.mark.parametrize("pair", ["served", "postgres"], indirect=True)
def test_a_letter_crosses_and_has_one_effect(pair):
    pumpkin, quince = pair
    with told(pumpkin) as ended, reading(quince) as heard:
        write(pumpkin, note("a"), note("b", sealed=True, lane="order:2"))
        work_once(pumpkin)
        work_once(quince)
        work_once(quince)
    assert states(pumpkin) == {"a": "arrived", "b": "arrived"}
    assert sorted(fact.id[-1] for fact in ended if fact.arrived) == ["a", "b"]
    by_name = {received.id[-1]: received for received in heard}
    assert len(heard) == 2
    first = by_name["a"]
    assert (first.kind, first.object_kind, first.host) == ("Create", "Note", "pumpkin.example")
    assert first.actor == "https://pumpkin.example/actor"
    assert first.space_id is None
    assert first.document["object"]["content"] == "한 상자 a"
    assert not first.sealed
    assert by_name["b"].sealed
    assert sorted(arrived(quince)) == [("a", "done", "taken"), ("b", "done", "taken")]


def test_an_answer_that_gets_lost_costs_nothing(pair, wire, clock):
    pumpkin, quince = pair
    lost = []

    def lose(method, url, body, answer):
        if method == "POST" and not lost:
            lost.append(answer.status)
            raise Failed("broken", "quince.example")
        return answer

    wire.after = lose
    with reading(quince) as heard:
        write(pumpkin, note("a"))
        work_once(pumpkin)
        assert states(pumpkin) == {"a": "waiting"}
        clock.advance(seconds=7)
        work_once(pumpkin)
        work_once(quince)
    assert lost == [202]
    assert states(pumpkin) == {"a": "arrived"}
    assert len(heard) == 1


def test_a_node_that_is_down_gets_it_when_it_is_back(pair, wire, clock):
    pumpkin, quince = pair
    wire.down.add("quince.example")
    with reading(quince) as heard:
        write(pumpkin, *(note(str(n), lane=f"order:{n}") for n in range(10)))
        for _ in range(20):
            work_once(pumpkin)
            clock.advance(minutes=2)
        tried = len([1 for method, _ in wire.sent if method == "POST"])
        assert tried == 0
        wire.down.clear()
        clock.advance(hours=1)
        work_once(pumpkin)
        work_once(quince)
    assert len(heard) == 10


def test_a_refused_document_is_told_to_nobody_and_seen_by_the_steward(pair):
    pumpkin, quince = pair

    def refuse(_session, _received):
        raise Refused("There is no such round.")

    with reading(quince, refuse):
        write(pumpkin, note("a"))
        work_once(pumpkin)
        work_once(quince)
    assert arrived(quince) == [("a", "refused", "There is no such round.")]


def test_what_nobody_knows_is_passed_over(pair):
    pumpkin, quince = pair
    write(pumpkin, note("a"))
    work_once(pumpkin)
    work_once(quince)
    assert arrived(quince) == [("a", "ignored", "")]


def test_a_clock_that_is_off_is_tried_in_both_forms_and_then_slowly(pair, wire):
    pumpkin, _ = pair
    knocks = []

    def no(method, url, body):
        if method == "POST":
            knocks.append(url)
            return Answer(401, {}, b'{"detail": "The clock is off."}', url)
        return None

    wire.fault = no
    write(pumpkin, note("a"))
    work_once(pumpkin)
    assert len(knocks) == 2
    work_once(pumpkin)
    assert len(knocks) == 2
    assert states(pumpkin) == {"a": "waiting"}


def test_retry_after_is_obeyed_also_as_a_date(pair, wire, clock):
    pumpkin, _ = pair
    at = clock.now() + timedelta(minutes=20)
    said = {"retry-after": at.strftime("%a, %d %b %Y %H:%M:%S GMT")}
    wire.fault = lambda method, url, body: Answer(503, said, b"", url) if method == "POST" else None
    write(pumpkin, note("a"), note("b", lane="order:2"))
    work_once(pumpkin)
    clock.advance(minutes=19)
    count = len(wire.sent)
    work_once(pumpkin)
    assert len(wire.sent) == count
    wire.fault = None
    clock.advance(minutes=2)
    work_once(pumpkin)
    assert set(states(pumpkin).values()) == {"arrived"}


def test_all_that_is_dropped_doubled_and_turned_round_comes_once(pair, wire, clock):
    """A storm: some requests never arrive, some answers get lost, some are sent twice."""
    pumpkin, quince = pair
    count = {"n": 0}

    def storm(method, url, body, answer):
        if method != "POST":
            return answer
        count["n"] += 1
        if count["n"] % 3 == 0:
            raise Failed("broken", "quince.example")
        return answer

    def drop(method, url, body):
        count["n"] += 1
        if method == "POST" and count["n"] % 4 == 0:
            raise Failed("connect", "quince.example")
        return

    wire.after, wire.fault = storm, drop
    with reading(quince) as heard:
        for lane in range(6):
            write(pumpkin, *(note(f"{lane}-{n}", lane=f"order:{lane}") for n in range(4)))
        for _ in range(60):
            work_once(pumpkin)
            work_once(quince)
            clock.advance(seconds=40)
        wire.after = wire.fault = None
        clock.advance(hours=2)
        work_once(pumpkin)
        work_once(quince)
    assert set(states(pumpkin).values()) == {"arrived"}
    names = [received.id.rsplit("/", 1)[1] for received in heard]
    assert len(names) == len(set(names)) == 24
    for lane in range(6):
        mine = [name for name in names if name.startswith(f"{lane}-")]
        assert mine == sorted(mine)


@pytest.mark.parametrize("pair", ["served"], indirect=True)
def test_a_worker_delivers_within_a_moment(pair):
    from wizzle.core.cli.serving import work

    pumpkin, quince = pair
    stop = threading.Event()
    workers = [threading.Thread(target=work, args=(node, stop)) for node in pair]
    with reading(quince) as heard:
        for worker in workers:
            worker.start()
        time.sleep(0.5)
        write(pumpkin, note("first"))
        _until(lambda: len(heard) == 1)
        began = time.monotonic()
        write(pumpkin, note("second"))
        _until(lambda: len(heard) == 2)
        took = time.monotonic() - began
        stop.set()
        for node in pair:
            node.db.written.set()
        for worker in workers:
            worker.join(10)
        time.sleep(1.2)  # the services have seen it
    assert took < 0.7  # out, in, kept and handled; a look in vain would have taken a second


def _until(done, seconds=10.0):
    until = time.monotonic() + seconds
    while not done() and time.monotonic() < until:
        time.sleep(0.005)
    assert done()


def test_the_body_is_kept_as_it_was_signed(pair):
    pumpkin, quince = pair
    write(pumpkin, note("a"))
    work_once(pumpkin)
    with quince.db.read() as session:
        (row,) = session.query(Arrived)
        assert json.loads(row.body)["id"].endswith("/a")
        assert b"\xed\x95\x9c" in row.body  # Hangul as it is
