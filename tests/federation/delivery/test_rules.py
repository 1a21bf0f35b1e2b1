"""When letters are tried again, when a host is left alone, and what belongs together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.outgoing import Answer as Answered
from wizzle.federation.delivery.actions import signed_way
from wizzle.federation.delivery.rules.answers import Answer, judge
from wizzle.federation.delivery.rules.circuit import (
    CLOSED,
    CONNECTIONS,
    Circuit,
    after_answer,
    after_failure,
)
from wizzle.federation.delivery.rules.contexts import thread_of
from wizzle.federation.delivery.rules.schedule import LASTS, LATER, STEPS, ends_at, wait_after

NOW = datetime(2026, 11, 23, tzinfo=UTC)
MOMENTS = st.integers(0, 10**6).map(lambda seconds: NOW + timedelta(seconds=seconds))


@given(st.integers(1, 60), st.floats(0, 1))
def test_each_wait_lies_within_a_fifth_of_its_step(tries, chance):
    step = STEPS[tries - 1] if tries <= len(STEPS) else LATER
    assert step * 0.8 <= wait_after(tries, chance) <= step * 1.2


@given(st.integers(1, 60), st.floats(0, 1))
def test_who_does_not_accept_us_is_asked_slowly(tries, chance):
    assert wait_after(tries, chance, slowly=True) >= timedelta(minutes=8)


@given(MOMENTS, st.none() | MOMENTS)
def test_no_letter_lasts_longer_than_three_days(written_at, until):
    ends = ends_at(written_at, until)
    assert ends <= written_at + LASTS
    assert until is None or ends <= until


@given(
    st.integers(-10, 1000), st.none() | st.integers(0, 10**6).map(lambda s: timedelta(seconds=s))
)
def test_every_answer_means_something(status, wait):
    verdict = judge(Answer(status, "x", wait))
    assert verdict.end in {"arrived", "later", "slowly", "dead"}
    assert (verdict.end == "arrived") == (200 <= status < 300)
    assert bool(verdict.reason) == (verdict.end == "dead")
    if verdict.wait is not None:
        assert verdict.wait <= timedelta(hours=6)
    if 400 <= status < 500 and status not in {401, 403, 408, 425, 429}:
        assert verdict.end == "dead"


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (0, True),
        (500, True),
        (503, True),
        (408, True),
        (429, False),
        (401, False),
        (404, False),
    ],
)
def test_what_counts_against_a_host(status, fault):
    assert judge(Answer(status)).fault is fault


def test_five_failures_within_five_minutes_open_it_and_each_probe_doubles_it():
    circuit, now, waits = CLOSED, NOW, []
    for _ in range(5):
        assert circuit.room(now) in (1, CONNECTIONS)
        circuit = after_failure(circuit, now)
        now += timedelta(seconds=30)
    now -= timedelta(seconds=30)
    for _ in range(9):
        waits.append((circuit.quiet_until - now).total_seconds() / 60)
        assert circuit.room(now) == 0
        now = circuit.quiet_until
        assert circuit.room(now) == 1
        circuit = after_failure(circuit, now)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert after_answer(circuit, None, now) == CLOSED


def test_failures_far_apart_do_not_open_it():
    circuit, now = CLOSED, NOW
    for _ in range(20):
        circuit = after_failure(circuit, now)
        now += timedelta(minutes=2)
    assert not circuit.opened


STEPS_TAKEN = st.lists(st.tuples(st.booleans(), st.integers(0, 600)), max_size=60)


@given(STEPS_TAKEN)
def test_a_host_that_answers_is_trusted_again_and_never_left_alone_for_over_an_hour(steps):
    circuit, now = Circuit(), NOW
    for answers, seconds in steps:
        now += timedelta(seconds=seconds)
        circuit = after_answer(circuit, None, now) if answers else after_failure(circuit, now)
        if answers:
            assert circuit.room(now) == CONNECTIONS
        if circuit.quiet_until is not None:
            assert circuit.quiet_until - now <= timedelta(hours=1)


def test_what_is_left_alone_at_its_own_wish_is_left_so_long():
    circuit = after_answer(CLOSED, timedelta(hours=2), NOW)
    assert circuit.room(NOW + timedelta(hours=2, seconds=-1)) == 0
    assert circuit.room(NOW + timedelta(hours=2)) == CONNECTIONS


def test_a_matter_is_known_by_its_context():
    order = "https://a.example/orders/1"
    offer = {"id": "https://a.example/1", "context": order, "object": {"id": "https://a.example/b"}}
    answer = {"id": "https://b.example/2", "object": {"type": "Offer", "context": order}}
    other = {"id": "https://a.example/3", "object": "https://a.example/9"}
    assert thread_of(offer) == thread_of(answer) != thread_of(other)
    assert thread_of({"object": "https://a.example/9"}) == thread_of(other)


@given(
    st.dictionaries(
        st.sampled_from(["id", "context", "object", "type"]),
        st.recursive(
            st.none() | st.text() | st.integers(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        ),
    )
)
def test_a_matter_of_any_document_fits_its_column(document):
    assert len(thread_of(document)) <= 32


@pytest.mark.parametrize("told", [
    "", "soon", "-1", "²", "9" * 400, "Mon, 30 Feb 2026 00:00:00 GMT",
    f"Mon, 01 Jan {'9' * 30} 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 +2359",
    "Mon, 01 Jan 2026 00:00:00 +99999999999",
])  # fmt: skip
def test_no_words_of_when_to_come_again_undo_an_answer(told):
    answer = Answered(202, {"retry-after": told}, b"", "https://quince.example/inbox")
    assert signed_way._told(answer, datetime(2026, 11, 10, tzinfo=UTC)).status == 202
