"""One's own life here: what stands in it, and that nobody else sees any of it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from support.cast import Cast
from support.settling import Sold

from wizzle.core import follows
from wizzle.core.answers import Joined
from wizzle.core.hookspecs import hookimpl
from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
from wizzle.core.values import Message
from wizzle.plugins.feed.life import queries
from wizzle.plugins.feed.life.rules import Month, lines_of, looked_back

SEOUL = ZoneInfo("Asia/Seoul")
PLACES = ("/me/life", "/me/life/2026", "/me/life/2026.pdf", "/me/life/2026/card")


@pytest.fixture
def sold(node: Node, cast: Cast, clock: FixedClock) -> Sold:
    """A round at which alice and gina have ordered different goods."""
    made = Sold(node, cast, clock)
    (plum,) = made.goods("매실청")
    (leek,) = made.goods("대파")
    return made.ready({"alice": {plum: 1}, "gina": {leek: 1}}, ("farm",))


class Diary:
    """A plugin that has something for every person, named after them."""

    @hookimpl
    def joined(self, person_id: int, since: datetime, until: datetime) -> list[Joined]:
        at = datetime(2026, 11, 5, 1, 0, tzinfo=UTC)
        kind = Message("Helping in a shift", {})
        found = [
            Joined(f"일기 {person_id}", kind, at, at + timedelta(hours=2), gave=True),
            Joined(
                f"새해 {person_id}",
                Message("Shopping", {}),
                datetime(2025, 12, 31, 15, 0, tzinfo=UTC),
            ),
        ]
        return [each for each in found if since <= each.starts_at < until]


@pytest.fixture
def diary(node: Node):
    plugin = Diary()
    node.host._manager.register(plugin, name="diary")
    yield
    node.host._manager.unregister(plugin)


def test_a_month_shows_what_one_ordered(sold, as_):
    page = as_("alice").get("/me/life").text
    assert sold.row().title in page
    assert "장보기" in page


def test_each_sees_their_own_and_nobody_elses(diary, as_, cast):
    alice, gina = cast.person("alice").id, cast.person("gina").id
    for who, mine, other in (("alice", alice, gina), ("gina", gina, alice)):
        for path in (*PLACES[:2], PLACES[3]):
            page = as_(who).get(path).text
            assert f"일기 {mine}" in page
            assert f"일기 {other}" not in page


def test_a_stranger_is_asked_to_log_in_and_nothing_is_kept_by_caches(diary, client, as_):
    alice = as_("alice")
    for path in PLACES:
        assert client.get(path).location.startswith("/log-in")
        answer = alice.get(path)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]


def test_no_address_of_somebodys_life_names_a_person(site):
    """There is nothing to guess: each page is about whoever asks."""
    rules = [rule for rule in site.url_map.iter_rules() if "/me/life" in str(rule)]
    assert len(rules) == 4
    assert {name for rule in rules for name in rule.arguments} <= {"year"}


def test_stewards_see_nobody_elses_either(diary, as_, cast):
    number = cast.person("alice").id
    bob = as_("bob")
    asked = f"person_id={number}&person={number}"
    for path in (*PLACES[:2], PLACES[3]):
        page = bob.get(f"{path}?{asked}").text
        assert f"일기 {cast.person('bob').id}" in page
        assert f"일기 {number}" not in page


def test_public_pages_show_nothing_of_it(diary, client, as_, cast):
    number = cast.person("alice").id
    as_("alice").get("/me/life")
    for path in ("/", "/collections", "/search?q=일기", "/feeds/news.atom", "/sitemap.xml"):
        for browser in (client, as_("gina")):
            assert f"일기 {number}" not in browser.get(path).text


def test_a_year_holds_what_began_in_it_on_the_nodes_clock(diary, as_, cast):
    number = cast.person("alice").id
    assert f"새해 {number}" in as_("alice").get("/me/life/2026").text  # 0:00 on 1 January in Seoul
    assert f"새해 {number}" not in as_("alice").get("/me/life/2025").text


def test_years_and_months_that_make_no_sense(as_):
    alice = as_("alice")
    for year in (0, 1999, 2100, 9999):
        assert alice.get(f"/me/life/{year}").status_code == 404
    for month in ("", "2026-13", "2026-1", "x", "9999-01", "2026-11-01", "٢٠٢٦-11"):
        page = alice.get("/me/life", query_string={"month": month})
        assert "2026년 11월" in page.text


def test_the_card_holds_what_was_chosen_and_the_node_keeps_none(diary, as_, node):
    alice = as_("alice")
    for chosen in ([], ["n0", "n1", "n2", "m0"], ["x"]):
        assert alice.post("/me/life/2026/card", data={"chosen": chosen}).status_code == 422
    answer = alice.post("/me/life/2026/card", data={"chosen": ["n0"]})
    assert answer.mimetype == "image/png"
    assert "no-store" in answer.headers["Cache-Control"]
    assert Image.open(io.BytesIO(answer.data)).size == (1200, 630)
    assert not (node.home / "cards").exists()
    named = alice.post("/me/life/2026/card", data={"chosen": ["n0"], "named": "yes"})
    assert named.data != answer.data  # the name is there only if it was ticked


def test_no_box_is_ticked_beforehand(diary, as_):
    assert " checked" not in as_("alice").get("/me/life/2026/card").text


def test_what_one_follows_is_listed_to_oneself(as_, cast, node):
    alice, shop = cast.person("alice"), cast.space("shop")
    with node.db.write() as session:
        for subject in (f"space:{shop.id}", "space:999"):
            follows.follow(session, alice.id, subject, at=node.clock.now())
    assert "수유 책방" in as_("alice").get("/me/life").text
    assert "수유 책방" not in as_("gina").get("/me/life").text


def test_a_plugin_that_fails_leaves_the_rest(diary, node, cast):
    class Broken:
        @hookimpl
        def joined(self) -> list[Joined]:
            raise RuntimeError("broken")

    broken = Broken()
    node.host._manager.register(broken, name="broken")
    since, until = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    with node.db.read() as session:
        found = queries.lines(node, session, cast.person("alice").id, since, until)
    assert len(found) == 1
    node.host._manager.unregister(broken)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 30), timezones=st.just(SEOUL))
lines = st.lists(
    st.builds(
        Joined,
        title=st.just("일"),
        kind=st.sampled_from([Message("Shopping", {}), Message("Helping in a shift", {})]),
        starts_at=moments,
        ends_at=st.none() | moments,
        gave=st.booleans(),
    ),
    max_size=40,
)


@given(lines)
def test_a_year_counts_each_line_once(joined):
    found = looked_back(lines_of(joined, SEOUL))
    assert sum(each.times for each in found.numbers) == len(joined) == sum(found.months)
    assert found.days <= len(joined)
    assert found.hours >= 0
    assert len(found.moments) == len(found.numbers)
    assert found.is_empty == (not joined)


@given(st.integers(2000, 2099), st.integers(1, 12), st.integers(-400, 400))
def test_months_go_on_and_back(year, number, by):
    month = Month(year, number)
    assert month.later(by).later(-by) == month
    assert Month.read(str(month)) == month
    days = [day for week in month.weeks() for day in week if day.month == number]
    assert days[0] == date(year, number, 1)
    assert month.begins(SEOUL) < month.later(1).begins(SEOUL)
