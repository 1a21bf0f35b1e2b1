"""The outbox: at least once, never lost, and a person sees what failed for good."""

from __future__ import annotations

import threading
from collections import Counter

import pytest

from wizzle.core import outbox
from wizzle.core.cli import serving
from wizzle.core.errors import Unreachable
from wizzle.core.models import Job


def ask(bare_node, key, kind="mail"):
    with bare_node.db.write() as session:
        outbox.enqueue(session, kind, {"key": key}, key=key, at=bare_node.clock.now())


def run(bare_node, work):
    return outbox.run_due(bare_node.db, bare_node.clock, {"mail": work})


def failures(bare_node):
    with bare_node.db.read() as session:
        return [(job.key, job.error) for job in outbox.failed(session)]


def test_a_job_is_done_once_and_asked_for_once(bare_node):
    ask(bare_node, "a")
    ask(bare_node, "a")
    done = []
    assert run(bare_node, done.append) == 1
    assert run(bare_node, done.append) == 0
    assert done == [{"key": "a"}]


def test_a_job_of_a_transaction_that_failed_does_not_exist(bare_node):
    with pytest.raises(ZeroDivisionError), bare_node.db.write() as session:
        _ = (outbox.enqueue(session, "mail", {}, key="a", at=bare_node.clock.now()), 1 // 0)
    assert run(bare_node, lambda payload: None) == 0


def test_a_killed_worker_gives_the_job_back_when_its_lease_ends(bare_node, clock):
    ask(bare_node, "a")

    def killed(_payload):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(bare_node, killed)
    done = []
    assert run(bare_node, done.append) == 0
    clock.advance(minutes=3)
    assert run(bare_node, done.append) == 1


def test_tries_again_ever_later_and_fails_for_good_before_a_person(bare_node, clock):
    ask(bare_node, "a")

    def down(_payload):
        raise OSError("mail server is down")

    tries = 0
    for _ in range(30):
        tries += run(bare_node, down)
        clock.advance(hours=13)
    assert tries == len(outbox.DELAYS) + 1
    assert failures(bare_node) == [("a", "OSError: mail server is down")]
    with bare_node.db.write() as session:
        outbox.send_again(session, outbox.failed(session)[0].id, at=clock.now())
    done = []
    assert run(bare_node, done.append) == 1
    assert failures(bare_node) == []


def test_a_job_that_kills_every_worker_ends_before_a_person(bare_node, clock):
    ask(bare_node, "a")

    def killed(_payload):
        raise KeyboardInterrupt

    for _ in range(len(outbox.DELAYS) + 1):
        with pytest.raises(KeyboardInterrupt):
            run(bare_node, killed)
        clock.advance(minutes=3)
    assert run(bare_node, killed) == 0
    assert failures(bare_node) == [("a", "The worker ended during every try.")]


def test_what_is_unreachable_for_good_is_not_tried_again(bare_node):
    ask(bare_node, "a")

    def gone(_payload):
        raise Unreachable("There is no such address.", permanent=True)

    assert run(bare_node, gone) == 1
    assert failures(bare_node) == [("a", "Unreachable: There is no such address.")]


def test_one_bad_job_does_not_hold_up_the_others(bare_node):
    for key in "abc":
        ask(bare_node, key)
    done = []

    def work(payload):
        if payload["key"] == "a":
            raise ValueError("bad")
        done.append(payload["key"])

    run(bare_node, work)
    assert done == ["b", "c"]


def test_workers_beside_each_other_deliver_each_job_once(bare_node):
    for number in range(40):
        ask(bare_node, f"job {number}")
    seen: Counter[str] = Counter()
    lock = threading.Lock()

    def work(payload):
        with lock:
            seen[payload["key"]] += 1

    threads = [threading.Thread(target=run, args=(bare_node, work)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(seen) == 40
    assert set(seen.values()) == {1}


def test_a_kind_that_nobody_does_here_waits(bare_node):
    ask(bare_node, "a", kind="federation")
    assert run(bare_node, lambda payload: None) == 0


@pytest.mark.parametrize("words", ["a\ud800b", "a\0b", "가" * 3_000])
def test_an_error_in_words_that_no_database_holds_is_noted(bare_node, words):
    def work(_payload):
        raise ValueError(words)

    with bare_node.db.write() as session:
        outbox.enqueue(session, "bad", {}, key="1", at=bare_node.clock.now())
    assert outbox.run_due(bare_node.db, bare_node.clock, {"bad": work}) == 1
    with bare_node.db.read() as session:
        assert session.get_one(Job, 1).error.startswith("ValueError: ")


def test_the_worker_outlives_whatever_goes_wrong(bare_node, monkeypatch):
    stop, tries = threading.Event(), []

    def run_jobs(_node):
        tries.append(1)
        bare_node.db.written.set()
        if len(tries) == 3:
            stop.set()
        raise UnicodeError("not of the database")

    monkeypatch.setattr(serving, "run_jobs", run_jobs)
    monkeypatch.setattr(serving, "LOOK", 0.01)
    serving.work(bare_node, stop)
    assert len(tries) == 3
