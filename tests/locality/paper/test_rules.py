"""Rules of the paper: weeks, when it goes out, the order of its items."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from wizzle.plugins.locality.paper.rules import (
    COMING,
    NEWS,
    Content,
    Item,
    arranged,
    as_text,
    kept,
    monday,
    next_out,
    placed,
    read,
    shortened,
)

SEOUL = ZoneInfo("Asia/Seoul")
instants = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(instants, st.integers(0, 6), st.integers(-5, 30))
def test_the_next_issue_lies_ahead_within_a_week_on_that_day_and_never_at_night(now, day, hour):
    at = next_out(now, SEOUL, day, hour)
    local = at.astimezone(SEOUL)
    assert now < at <= now + timedelta(days=7, hours=1)
    assert local.weekday() == day
    assert 8 <= local.hour < 21


@given(instants)
def test_a_week_begins_on_the_monday_of_the_place(now):
    day = monday(now, SEOUL)
    assert day.weekday() == 0
    assert 0 <= (now.astimezone(SEOUL).date() - day).days < 7


ITEMS = [Item(f"k{number}", NEWS, f"소식 {number}") for number in range(6)]


@given(st.sets(st.sampled_from(["k0", "k1", "k2", "k3", "k4", "k5", "gone"])),
       st.permutations(["k5", "k3", "k1", "gone"]))  # fmt: skip
def test_items_stand_as_chosen_and_what_is_new_comes_behind(dropped, order):
    found = [item.key for item in arranged(ITEMS, dropped, order)]
    assert set(found) == {item.key for item in ITEMS} - dropped
    chosen = [key for key in order if key in found]
    assert found[: len(chosen)] == chosen
    rest = found[len(chosen) :]
    assert rest == sorted(rest)


def test_the_smaller_number_stands_first_and_a_tie_stays():
    assert placed({"a": 20, "b": 10, "c": 20, "d": -1}) == ["d", "b", "a", "c"]


@given(st.text(max_size=900), st.text(max_size=900), st.text(max_size=900))
def test_what_is_kept_is_bounded_and_read_again_as_it_was(title, over, words):
    item = shortened(Item("k" * 300, COMING, title, over, words, "/" * 500))
    bounds = {"title": 200, "over": 120, "text": 400, "key": 120, "path": 300}
    assert all(len(getattr(item, name)) <= most for name, most in bounds.items())
    content = Content("신문", "제1호", "안녕", "우리", (item,), (("기금", "1원"),))
    assert read(kept(content)) == content


def test_as_text_it_can_be_read_aloud_from_top_to_bottom():
    content = Content(
        "강북위즐 마을신문", "제2호", "안녕하세요.", "강북위즐",
        (Item("a", COMING, "김장 나눔", "목요일", "함께 담가요"), Item("b", NEWS, "새 거점")),
        (("기금", "49,677원"),),
    )  # fmt: skip
    text = as_text(content, {COMING: "다가오는 일", NEWS: "새 소식"}, "https://a.example/2")
    words = ["강북위즐 마을신문", "제2호", "안녕하세요.", "다가오는 일", "목요일 · 김장 나눔",
             "함께 담가요", "새 소식", "새 거점", "기금: 49,677원", "https://"]  # fmt: skip
    places = [text.index(each) for each in words]
    assert places == sorted(places)
