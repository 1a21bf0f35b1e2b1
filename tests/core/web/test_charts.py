"""Charts: what is drawn is what the numbers say, whatever they are, and the table says the same."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from flask import render_template_string
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.language.formats import short
from wizzle.core.web.charts import HEIGHT, plot, scale_of

WHOLE = st.integers(min_value=-(10**15), max_value=10**15)
CHART = """
{% from "wizzle/macros/charts.html" import chart %}
{{ chart("What came in", "Month", "Amount", points, kind=kind, unit="won") }}
"""


@given(st.lists(WHOLE, max_size=40))
def test_the_scale_holds_every_value_and_zero_in_equal_round_steps(values):
    scale = scale_of(values)
    assert scale[0] >= max([0, *values])
    assert scale[-1] <= min([0, *values])
    assert 0 in scale
    steps = {above - below for above, below in pairwise(scale)}
    assert len(steps) == 1
    assert re.fullmatch(r"[125]0*", str(steps.pop()))
    assert 2 <= len(scale) <= 6


@given(st.lists(st.tuples(st.text(max_size=5), WHOLE), max_size=40))
def test_every_value_is_a_mark_as_high_as_it_is(points):
    drawn = plot(points)
    span = drawn.scale[0] - drawn.scale[-1]
    assert [(mark.label, mark.value) for mark in drawn.marks] == points
    for mark in drawn.marks:
        assert mark.height == pytest.approx(HEIGHT * abs(mark.value) / span, abs=0.02)
        assert mark.y >= 0
        assert mark.y + mark.height <= HEIGHT + 0.02
        assert 0 <= mark.x < mark.x + mark.width <= drawn.width
        assert mark.end_y <= drawn.zero if mark.value >= 0 else mark.end_y >= drawn.zero
    assert len([mark for mark in drawn.marks if mark.is_labelled]) <= 7


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (["1월", "2월", "3월"], ["1월", "2월", "3월"]),
        (
            [f"2026년 {month}월" for month in range(1, 13)],
            ["2026년 4월", "2026년 8월", "2026년 12월"],
        ),
        ([str(week) for week in range(1, 15)], ["2", "4", "6", "8", "10", "12", "14"]),
        (["x" * 90, "y" * 90], ["y" * 90]),
        ([], []),
    ],
)
def test_labels_are_shown_that_have_room_and_the_last_always(labels, shown):
    marks = plot([(label, 1) for label in labels]).marks
    assert [mark.label for mark in marks if mark.is_labelled] == shown


def test_a_small_scale_has_no_halves():
    assert scale_of([1]) == (1, 0)
    assert scale_of([3, -1]) == (3, 2, 1, 0, -1)
    assert scale_of([]) == (1, 0)
    assert scale_of([1_234_567]) == (1_500_000, 1_000_000, 500_000, 0)


@pytest.mark.parametrize(
    ("value", "ko", "en"),
    [
        (0, "0", "0"), (500, "500", "500"), (5_000, "5,000", "5k"), (20_000, "2만", "20k"),
        (1_500_000, "150만", "1.5m"), (-25_000, "-2.5만", "-25k"), (150_000_000, "1.5억", "150m"),
        (1_234_567, "1,234,567", "1,234,567"), (10**13, "100,000억", "10,000bn"),
    ],
)  # fmt: skip
def test_numbers_of_a_scale_are_short_and_exact(value, ko, en):
    assert (short(value), short(value, "en")) == (ko, en)


@pytest.mark.parametrize(("kind", "mark"), [("bars", "chart-bar"), ("line", "chart-dot")])
def test_a_chart_is_drawn_by_the_server_and_has_its_table(guarded, kind, mark):
    points = [("Oct <1>", 120_000), ("Nov", 0), ("Dec", 45_500)]
    with guarded.test_request_context("/"):
        page = render_template_string(CHART, points=points, kind=kind)
    assert page.count(mark) == 3
    assert "style=" not in page
    assert "<script" not in page
    assert 'role="img" aria-label="What came in"' in page
    assert page.count("<tr>") == 4
    assert "120,000원" in page
    assert "12만" not in page.partition("<table")[2]
    assert "Oct &lt;1&gt;" in page


def test_a_chart_of_nothing_says_so(guarded):
    with guarded.test_request_context("/"):
        page = render_template_string(CHART, points=[], kind="bars")
    assert "<svg" not in page
    assert "아직 보여 드릴 숫자가 없어요." in page
