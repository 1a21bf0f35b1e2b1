"""What is said in Korean: particles that fit, amounts and times as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.language import ago, day, load_catalogues, percent, when, won
from wizzle.core.language.formats import clock, left
from wizzle.core.language.particles import resolve
from wizzle.core.values import Message

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("감자은(는)", "감자는"), ("쌀은(는)", "쌀은"), ("농장이(가)", "농장이"),
        ("나무이(가)", "나무가"), ("쌀을(를)", "쌀을"), ("배추을(를)", "배추를"),
        ("쌀와(과)", "쌀과"), ("배추와(과)", "배추와"), ("배추과(와)", "배추와"),
        ("서울(으)로", "서울로"), ("수원(으)로", "수원으로"), ("제주(으)로", "제주로"),
        ("감자(햇)은(는)", "감자(햇)는"), ("“쌀”을(를)", "“쌀”을"),
        ("쌀(1 kg)이(가)", "쌀(1 kg)이"),
        ("3은(는)", "3은"), ("2은(는)", "2는"), ("10이(가)", "10이"), ("1(으)로", "1로"),
        ("3(으)로", "3으로"), ("LG와(과)", "LG와"), ("URL은(는)", "URL은"),
        ("email을(를)", "email을"),
        ("(으)로", "로"), ("은(는)", "는"), ("괄호(만) 있는 글", "괄호(만) 있는 글"),
    ],
)  # fmt: skip
def test_the_particle_fits_the_sound_before_it(written, spoken):
    assert resolve(written) == spoken


@given(st.text())
def test_a_text_without_particles_stays_as_it_is(text):
    assert resolve(text.replace("(", "")) == text.replace("(", "")


@pytest.mark.parametrize(
    ("amount", "ko", "en"),
    [(0, "0원", "₩0"), (1234567, "1,234,567원", "₩1,234,567"), (-990, "-990원", "-₩990")],
)
def test_won(amount, ko, en):
    assert (won(amount), won(amount, "en")) == (ko, en)


@pytest.mark.parametrize(
    ("rate", "text"), [(700, "7%"), (750, "7.5%"), (725, "7.25%"), (0, "0%"), (5, "0.05%"),
                       (10_000, "100%"), (1_050, "10.5%")],
)  # fmt: skip
def test_percent(rate, text):
    assert percent(rate) == text


def test_days_and_times_are_those_of_the_place():
    midnight = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)  # a new day in Seoul
    assert when(midnight, SEOUL, now=NOW) == "11월 26일(목) 0시(자정)"
    assert when(midnight, SEOUL, "en", now=NOW) == "Thu 26 Nov, 0:00 (midnight)"
    assert day(midnight.replace(year=2025), SEOUL, now=NOW) == "2025년 11월 26일(수)"
    assert day(date(2026, 11, 25), SEOUL, now=NOW) == "11월 25일(수)"


@pytest.mark.parametrize(
    ("hour", "minute", "ko", "en"),
    [
        (0, 30, "오전 0:30", "12:30 am"),
        (9, 5, "오전 9:05", "9:05 am"),
        (12, 0, "낮 12시", "noon"),
        (12, 30, "낮 12:30", "12:30 pm"),
        (16, 0, "오후 4:00", "4:00 pm"),
        (23, 59, "오후 11:59", "11:59 pm"),
    ],
)
def test_the_time_of_day_is_told_as_people_write_it(hour, minute, ko, en):
    instant = datetime(2026, 11, 26, hour, minute, tzinfo=SEOUL)
    assert (clock(instant, SEOUL), clock(instant, SEOUL, "en")) == (ko, en)


@pytest.mark.parametrize(
    ("distance", "ko", "en"),
    [
        (timedelta(seconds=30), "방금", "just now"),
        (timedelta(minutes=1), "1분 전", "1 minute ago"),
        (timedelta(hours=3), "3시간 전", "3 hours ago"),
        (timedelta(days=2), "2일 전", "2 days ago"),
        (-timedelta(days=2), "2일 뒤", "in 2 days"),
    ],
)
def test_how_long_ago(distance, ko, en):
    assert (ago(NOW - distance, NOW), ago(NOW - distance, NOW, "en")) == (ko, en)


def test_elsewhere_amounts_and_times_are_written_as_people_there_do():
    at = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
    assert won(12_000, "vi") == "12.000\u00a0₩"
    assert day(at, SEOUL, "vi", now=NOW) == "Th 5, 26 thg 11"
    assert when(at, SEOUL, "vi", now=NOW) == "Th 5, 26 thg 11, 16:00"
    assert day(at, SEOUL, "ja", now=NOW.replace(year=2020)) == "2026年11月26日(木)"
    assert day(date(2026, 11, 26), SEOUL, "vi", now=NOW) == "Th 5, 26 thg 11"
    assert ago(NOW - timedelta(hours=3), NOW, "vi") == "3 giờ trước"
    assert ago(NOW + timedelta(days=2), NOW, "ja") == "2 日後"
    assert ago(NOW, NOW, "ja") == "1 分前"


@pytest.mark.parametrize(
    ("distance", "ko", "en"),
    [
        (timedelta(days=2, hours=3, minutes=59), "2일 3시간 남음", "2 days 3 hours left"),
        (timedelta(days=1), "1일 남음", "1 day left"),
        (timedelta(hours=23, minutes=20), "23시간 20분 남음", "23 hours 20 minutes left"),
        (timedelta(minutes=1), "1분 남음", "1 minute left"),
        (timedelta(seconds=59), "곧 끝나요", "less than a minute left"),
        (-timedelta(hours=1), "곧 끝나요", "less than a minute left"),
    ],
)
def test_how_long_there_is_still_time(distance, ko, en):
    assert (left(NOW + distance, NOW), left(NOW + distance, NOW, "en")) == (ko, en)


PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=1; plural=0;\\n"

msgid "Hello"
msgstr "{hello}"

msgid "%(num)s item"
msgid_plural "%(num)s items"
msgstr[0] "%(num)s개"

msgctxt "verb"
msgid "Order"
msgstr "주문하기"

msgid "Only %(left)s of %(name)s."
msgstr "%(name)s은(는) %(left)s뿐이에요."
"""


@pytest.fixture
def folders(tmp_path):
    made = []
    for name in ("core", "plugin"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ko.po").write_text(PO.format(hello=f"안녕 {name}"), "utf-8")
        made.append(tmp_path / name)
    return made


def test_catalogues_are_joined_and_the_first_wins(folders):
    spoken = load_catalogues(["ko", "en"], folders)
    ko, en = spoken.tongue("ko"), spoken.tongue("en")
    assert ko.gettext("Hello") == "안녕 core"
    assert en.gettext("Hello") == "Hello"
    assert ko.ngettext("%(num)s item", "%(num)s items", 2) == "2개"
    assert en.ngettext("%(num)s item", "%(num)s items", 1) == "1 item"
    assert ko.pgettext("verb", "Order") == "주문하기"
    assert en.pgettext("verb", "Order") == "Order"
    assert ko.say(Message("Only %(left)s of %(name)s.", {"left": 3, "name": "쌀"})) == (
        "쌀은 3뿐이에요."
    )
    assert spoken.tongue("xx") is ko
    assert ko.gettext("") == en.gettext("") == ""


def test_two_nodes_with_other_plugins_do_not_change_each_other_s_words(folders):
    core, plugin = folders
    together = load_catalogues(["ko"], [core, plugin]).tongue("ko")
    assert together.gettext("Hello") == "안녕 core"
    assert load_catalogues(["ko"], [plugin, core]).tongue("ko").gettext("Hello") == "안녕 plugin"
    assert load_catalogues(["ko"], [plugin]).tongue("ko").gettext("Hello") == "안녕 plugin"
    assert together.gettext("Hello") == "안녕 core"


def test_a_message_inside_a_message_is_said_as_well(folders):
    ko = load_catalogues(["ko"], folders[1:]).tongue("ko")
    whole = Message("Only %(left)s of %(name)s.", {"left": 1, "name": Message("Hello", {})})
    assert ko.say(whole) == "안녕 plugin은 1뿐이에요."
