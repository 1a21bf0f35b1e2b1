"""Deadlines, the end of measures, and who may decide, whoever asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.moderation import rules

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PEOPLE = st.integers(1, 6)


@pytest.mark.parametrize("reason", rules.REASONS)
def test_a_request_for_deletion_and_a_danger_are_for_today(reason):
    assert rules.due(rules.DELETION, reason, NOW) == NOW + timedelta(days=1)
    days = 1 if reason == "danger" else 7
    assert rules.due(rules.REPORT, reason, NOW) == NOW + timedelta(days=days)


def test_only_hiding_ends_by_itself_and_after_thirty_days():
    ends = {kind: rules.ends(kind, NOW) for kind in rules.MEASURES}
    assert ends.pop("hide") == NOW + timedelta(days=30)
    assert set(ends.values()) == {None}


@given(viewer=PEOPLE, first=PEOPLE, appellant=PEOPLE, stewards=st.sets(PEOPLE, min_size=1))
def test_nobody_ever_decides_about_an_appeal_in_which_they_have_a_part(
    viewer, first, appellant, stewards
):
    why = rules.may_decide_appeal(viewer, first=first, appellant=appellant, stewards=stewards)
    assert (why is None) == (viewer not in (first, appellant))
    if why is not None and not stewards - {first, appellant}:
        assert "no other steward" in why.text


@given(viewer=PEOPLE, stewards=st.sets(PEOPLE, min_size=1), part_of=st.sets(PEOPLE))
def test_whoever_has_a_part_leaves_the_decision_to_another_where_there_is_one(
    viewer, stewards, part_of
):
    why = rules.may_decide(viewer, stewards=stewards, part_of=part_of)
    assert (why is not None) == (viewer in part_of and bool(stewards - part_of))
