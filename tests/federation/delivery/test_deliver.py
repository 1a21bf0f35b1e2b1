"""Letters out: in order within a matter, side by side across them, and never lost."""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from support.letters import (
    PlayedWay,
    befriend,
    deliver,
    due,
    letter,
    listening,
    states,
    told,
    write,
)

from wizzle.core.errors import Refused, Unreachable
from wizzle.federation.delivery.actions.crew import Crew
from wizzle.federation.delivery.actions.writing import send
from wizzle.federation.delivery.rules.answers import Answer

PEER = "quince.example"


@pytest.fixture
def way():
    return PlayedWay()


def test_a_letter_arrives_once_and_is_told_of(here, way):
    befriend(here, PEER)
    with told(here) as heard:
        write(here, letter("a"), letter("a"))
        assert deliver(here, way) == 1
        assert deliver(here, way) == 0
    assert way.names() == ["a"]
    assert states(here) == {"a": "arrived"}
    assert [(fact.arrived, fact.host, fact.lane) for fact in heard] == [(True, PEER, "order:1")]


def test_a_name_stands_for_one_content(here):
    befriend(here, PEER)
    write(here, letter("a"))
    other = letter("a")
    other.document["type"] = "Offer"
    with pytest.raises(Refused), here.db.write() as session:
        send(here, session, other)


@pytest.mark.parametrize("state", ["noted", "ended", "blocked", "asked_by_us"])
def test_without_a_tie_nothing_is_written(here, state):
    befriend(here, PEER, state=state)
    for host in (PEER, "stranger.example"):
        with pytest.raises(Refused), here.db.write() as session:
            send(here, session, letter("a", host))
    assert states(here) == {}


def test_a_letter_of_a_transaction_that_failed_does_not_exist(here, way):
    befriend(here, PEER)
    with pytest.raises(ZeroDivisionError), here.db.write() as session:
        _ = (send(here, session, letter("a")), 1 // 0)
    assert deliver(here, way) == 0


def test_what_waits_for_a_paused_tie_is_kept(here, way, clock):
    befriend(here, PEER, state="paused")
    write(here, letter("a"))
    clock.advance(days=10)
    assert deliver(here, way) == 0
    assert states(here) == {"a": "waiting"}


def test_within_a_lane_the_order_holds_whatever_happens(here, way, clock):
    befriend(here, PEER)
    names = [f"{n:02}" for n in range(20)]
    write(here, *(letter(name) for name in names))
    broken = {"03", "11"}
    way.answers[PEER] = lambda name: Answer(500) if name in broken else Answer(202)
    deliver(here, way)
    assert way.names() == ["00", "01", "02", "03"]
    write(here, letter("20"))  # written while the head waits
    assert deliver(here, way) == 0
    broken.clear()
    clock.advance(seconds=7)
    deliver(here, way)
    assert way.names() == ["00", "01", "02", "03", *names[3:], "20"]


def test_other_lanes_go_on_while_one_waits(here, way):
    befriend(here, PEER)
    write(here, letter("a", lane="order:1"), letter("b", lane="order:1"))
    write(here, letter("c", lane="order:2"))
    way.answers[PEER] = lambda name: Answer(500) if name == "a" else Answer(202)
    deliver(here, way)
    assert sorted(way.names()) == ["a", "c"]
    assert states(here) == {"a": "waiting", "b": "waiting", "c": "arrived"}


def test_a_letter_that_is_given_up_lets_those_behind_it_go(here, way):
    befriend(here, PEER)
    write(here, letter("a"), letter("b"))
    way.answers[PEER] = lambda name: Answer(422, "no such goods") if name == "a" else Answer(202)
    with told(here) as heard:
        deliver(here, way)
    assert states(here) == {"a": "dead", "b": "arrived"}
    assert [(fact.arrived, fact.reason) for fact in heard] == [(False, "refused"), (True, "")]


@pytest.mark.parametrize(
    ("answer", "waits"),
    [
        (Answer(500), 5), (Answer(429), 5), (Answer(408), 5), (Answer(425), 5), (Answer(503), 5),
        (Answer(0, "no route"), 5), (Answer(401), 600), (Answer(403), 600),
        (Answer(429, wait=timedelta(hours=1)), 3600), (Answer(503, wait=timedelta(days=3)), 21600),
    ],
)  # fmt: skip
def test_what_may_pass_is_tried_again_later(here, way, answer, waits, clock):
    befriend(here, PEER)
    write(here, letter("a"))
    way.answers[PEER] = lambda _name: answer
    deliver(here, way)
    again = (due(here, "a") - clock.now()).total_seconds()
    assert waits * 0.8 <= again <= waits * 1.2
    way.answers.clear()
    clock.advance(seconds=waits * 1.2)
    deliver(here, way)
    assert states(here) == {"a": "arrived"}


@pytest.mark.parametrize("status", [400, 404, 405, 409, 410, 413, 422, 301])
def test_what_will_never_be_taken_is_given_up_at_once(here, way, status):
    befriend(here, PEER)
    write(here, letter("a"))
    way.answers[PEER] = lambda _name: Answer(status, "<b>no</b>")
    deliver(here, way)
    assert states(here) == {"a": "dead"}
    assert len(way.carried) == 1


def test_an_inbox_that_moved_is_looked_for_once(here, way):
    befriend(here, PEER)
    write(here, letter("a"))
    way.answers[PEER] = lambda _name: Answer(410)
    way.moved[f"https://{PEER}/actor"] = "https://new.quince.example/inbox"
    deliver(here, way)
    assert states(here) == {"a": "arrived"}
    assert way.carried == [(PEER, "a"), ("new.quince.example", "a")]


def test_tries_go_on_for_three_days_and_then_a_person_sees_it(here, way, clock):
    befriend(here, PEER)
    write(here, letter("a"), letter("b", until=clock.now() + timedelta(minutes=15)))
    way.answers[PEER] = lambda _name: Answer(429)
    began = clock.now()
    with told(here) as heard:
        while "waiting" in states(here).values():
            deliver(here, way)
            clock.advance(minutes=5)
    ended = {fact.id[-1]: (fact.at - began, fact.reason) for fact in heard}
    assert ended["b"][1] == ended["a"][1] == "late"
    assert timedelta(minutes=15) <= ended["b"][0] <= timedelta(minutes=20)
    assert timedelta(hours=72) <= ended["a"][0] <= timedelta(hours=72, minutes=5)
    assert 35 <= len(way.names()) <= 50


def test_a_host_that_does_not_answer_is_left_alone_and_probed(here, way, clock):
    befriend(here, PEER)
    write(here, *(letter(f"{n}", lane=f"order:{n}") for n in range(40)))

    def silent(_name):
        raise Unreachable("nobody answers")

    way.answers[PEER] = silent
    deliver(here, way)
    first = len(way.carried)
    assert 5 <= first <= 8  # at most what was on its way when it opened
    assert deliver(here, way) == 0
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        clock.advance(minutes=minutes, seconds=-1)
        assert deliver(here, way) == 0
        clock.advance(seconds=1)
        assert deliver(here, way) == 1  # one probe
    way.answers.clear()
    clock.advance(hours=1)
    deliver(here, way)
    assert set(states(here).values()) == {"arrived"}  # it is back: nothing waits any longer


def test_at_most_four_at_once_to_one_host(here, way):
    befriend(here, PEER, "fig.example")
    for host in (PEER, "fig.example"):
        write(here, *(letter(f"{host}{n}", host, lane=f"order:{n}") for n in range(16)))
    way.answers[PEER] = way.answers["fig.example"] = lambda _n: time.sleep(0.02) or Answer(202)
    deliver(here, way)
    assert way.most == {PEER: 4, "fig.example": 4}


def test_a_slow_host_holds_up_no_other(here, way):
    befriend(here, "slow.example", PEER)
    go = threading.Event()
    way.answers["slow.example"] = lambda _name: (go.wait(20), Answer(202))[1]
    write(here, *(letter(f"s{n}", "slow.example", lane=f"order:{n}") for n in range(30)))
    stop = threading.Event()
    crew = Crew(here, way)
    working = threading.Thread(target=crew.go_on, args=(stop,))
    working.start()
    try:
        time.sleep(0.2)
        write(here, *(letter(f"q{n}", lane=f"order:{n}") for n in range(30)))
        until = time.monotonic() + 10
        while len(way.names()) < 30 and time.monotonic() < until:
            time.sleep(0.01)
        assert len(way.names()) == 30
        assert way.names("slow.example") == []
    finally:
        go.set()
        stop.set()
        working.join()


def test_many_deliver_and_each_letter_goes_once(here, way):
    befriend(here, PEER, "fig.example", "pear.example")
    for host in (PEER, "fig.example", "pear.example"):
        for lane in range(6):
            write(here, *(letter(f"{host}-{lane}-{n}", host, f"order:{lane}") for n in range(5)))
    way_answer = lambda _name: time.sleep(0.001) or Answer(202)  # noqa: E731
    way.answers = dict.fromkeys((PEER, "fig.example", "pear.example"), way_answer)
    stop = threading.Event()
    crews = [
        threading.Thread(target=Crew(here, way, hands=4).go_on, args=(stop,)) for _ in range(8)
    ]
    for crew in crews:
        crew.start()
    until = time.monotonic() + 60
    while "waiting" in states(here).values() and time.monotonic() < until:
        time.sleep(0.05)
    stop.set()
    for crew in crews:
        crew.join()
    counted = Counter(way.carried)
    assert len(counted) == 90
    assert set(counted.values()) == {1}
    assert max(way.most.values()) <= 4
    for host in way.answers:
        for lane in range(6):
            mine = [name for name in way.names(host) if f"-{lane}-" in name]
            assert mine == sorted(mine)


def test_whoever_was_killed_gives_the_letters_back(here, way, clock):
    befriend(here, PEER)
    write(here, letter("a"), letter("b"))
    killed = Crew(here, way)
    killed._carry = lambda run: None  # never comes back
    assert killed.step()
    assert deliver(here, way) == 0
    clock.advance(seconds=61)
    deliver(here, way)
    assert way.names() == ["a", "b"]


def test_what_comes_back_too_late_is_not_noted_twice(here, way, clock):
    befriend(here, PEER)
    write(here, letter("a"))
    late = Crew(here, way)
    late.step()
    late._pool.shutdown(wait=True)
    clock.advance(seconds=61)
    with told(here) as heard:
        deliver(here, way)
        late.step()
    assert len(heard) == 1
    assert states(here) == {"a": "arrived"}


def test_a_letter_leaves_at_once(here, way):
    befriend(here, PEER)
    stop = threading.Event()
    working = threading.Thread(target=Crew(here, way).go_on, args=(stop,))
    working.start()
    time.sleep(0.3)
    gone = []
    way.answers[PEER] = lambda _name: gone.append(time.monotonic()) or Answer(202)
    waits = []
    for n in range(5):
        write(here, letter(str(n), lane=f"order:{n}"))
        written = time.monotonic()
        while len(gone) <= n and time.monotonic() - written < 5:
            time.sleep(0.001)
        waits.append(gone[n] - written)
        time.sleep(0.05)
    stop.set()
    working.join()
    assert min(waits) < 0.05
    assert sorted(waits)[2] < 0.5  # a loaded machine; to wait for the next look would be a second


def test_a_listener_that_raises_spoils_only_its_own_letter(here, way, clock):
    befriend(here, PEER)
    write(here, letter("a", lane="order:1"), letter("b", lane="order:2"))

    class Listener:
        @staticmethod
        def letter_ended(fact):
            if fact.id.endswith("/a"):
                raise RuntimeError("cannot take it")

    with listening(here, Listener):
        deliver(here, way)
        assert states(here) == {"a": "waiting", "b": "arrived"}
        for _ in range(3):
            assert deliver(here, way) == 0
        write(here, letter("c", lane="order:3"))
        clock.advance(hours=80)
        deliver(here, way)  # it cannot even be given up, and stands in nobody's way
        assert states(here) == {"a": "waiting", "b": "arrived", "c": "dead"}
    clock.advance(hours=2)
    deliver(here, way)
    assert states(here) == {"a": "dead", "b": "arrived", "c": "dead"}


def test_a_long_lane_on_its_way_hides_no_other(here, way):
    befriend(here, PEER)
    write(here, *(letter(f"{n:03}", lane="order:1") for n in range(100)))
    go = threading.Event()
    way.answers[PEER] = lambda name: (go.wait(20) if name == "000" else None, Answer(202))[1]
    stop = threading.Event()
    working = threading.Thread(target=Crew(here, way).go_on, args=(stop,))
    working.start()
    time.sleep(0.3)
    write(here, letter("other", lane="order:2"))
    until = time.monotonic() + 10
    while "other" not in way.names() and time.monotonic() < until:
        time.sleep(0.01)
    assert way.names() == ["other"]
    go.set()
    until = time.monotonic() + 20
    while len(way.names()) < 101 and time.monotonic() < until:
        time.sleep(0.01)
    stop.set()
    working.join()
    assert way.names()[1:] == [f"{n:03}" for n in range(100)]


def test_a_lease_that_ended_hinders_no_end(here, way, clock):
    befriend(here, PEER)
    write(here, letter("a"))
    killed = Crew(here, way)
    killed._carry = lambda run: None
    killed.step()
    clock.advance(hours=73)
    assert deliver(here, way) == 0
    assert states(here) == {"a": "dead"}
