"""Every two years whoever agreed to news is told so, once, with the way to end it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core import members
from wizzle.core.rights import reminding, retention
from wizzle.core.values import months_later
from wizzle.core.work import run_jobs


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
       st.integers(0, 12))  # fmt: skip
def test_a_reminder_comes_within_each_two_years_and_only_then(given_at, years):
    due = months_later(given_at, 24 * years)
    assert reminding.rounds(given_at, due) == years
    assert reminding.rounds(given_at, due - timedelta(days=40)) == max(0, years - 1)


@pytest.fixture
def reminded(node, letters, clock):
    def days(number: int) -> list[str]:
        clock.advance(days=number)
        retention.daily(node)
        retention.daily(node)
        while run_jobs(node):
            pass
        return sorted(each["To"] for each in letters() if "동의하고 계세요" in each["Subject"])

    return days


def test_whoever_agreed_is_reminded_and_nobody_else(node, cast, reminded, letters):
    now = node.clock.now()
    alice, gina, charlie = (cast.person(name).id for name in ("alice", "gina", "charlie"))
    with node.db.write() as session:
        for person in (alice, gina):
            members.give_consent(session, person, "news", "1", at=now)
        members.give_consent(session, charlie, "terms", "1", at=now)
        members.withdraw_consent(session, gina, "news", at=now)
    assert reminded(600) == []
    assert reminded(120) == ["alice@example.com"]
    (letter,) = [each for each in letters() if each["To"] == "alice@example.com"]
    text = letter.get_content()
    assert f"{now:%Y-%m-%d}" in text
    assert "/me/consents" in text
    assert reminded(30) == ["alice@example.com"]
    assert reminded(700) == ["alice@example.com"] * 2


def test_many_are_reminded_in_several_jobs(node, cast, reminded, monkeypatch):
    monkeypatch.setattr(reminding, "BATCH", 1)
    now = node.clock.now()
    people = [cast.person(name).id for name in ("alice", "gina", "charlie")]
    with node.db.write() as session:
        for person in people:
            members.give_consent(session, person, "news", "1", at=now)
    assert len(reminded(720)) == 3
