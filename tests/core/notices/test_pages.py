"""The bell, the list behind it, and the page on which one chooses."""

from __future__ import annotations

import re

import pytest
from support.telling import CONFIRM, HARVEST, OWNERS, QUIET, TALK, say, told

from wizzle.core.notices import Times, Way, choices, choose, times_of
from wizzle.core.web import create_app

ALICE = "alice@example.com"


def name_of(way, kind):
    return f"{way}-{kind.name.replace('.', '-')}"


@pytest.fixture
def node(on_sqlite):
    return on_sqlite


@pytest.fixture
def site(node):
    app = create_app(node)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


@pytest.fixture
def alice(cast, site):
    return cast.signed_in(site, "alice")


def bell(page):
    found = re.search(r'<a class="account-button bell".*?</a>', page.text, re.S)
    return re.sub(r"<[^>]+>", " ", found.group(0)).split() if found else None


def test_the_bell_says_how_much_is_new_and_strangers_have_none(node, alice, site, id_of):
    assert bell(alice.get("/terms")) == ["알림"]
    for number in range(3):
        say(node, id_of("alice"), key=f"k{number}")
    say(node, id_of("gina"), key="hers")
    assert bell(alice.get("/terms")) == ["알림:", "새", "알림", "3개", "3"]
    assert bell(site.test_client().get("/terms")) is None


def test_a_very_full_bell_stays_small(node, alice, id_of):
    for number in range(101):
        say(node, id_of("alice"), QUIET, key=f"k{number}")
    assert bell(alice.get("/terms"))[-1] == "99+"


def test_what_is_not_for_the_bell_is_not_counted_and_not_listed(node, alice, id_of):
    off = Way(on_bell=False, mail="daily", push=False)
    with node.db.write() as session:
        choose(node, session, id_of("alice"), {TALK.name: off}, Times())
    say(node, id_of("alice"), TALK, title="딸기")
    assert bell(alice.get("/terms")) == ["알림"]
    assert "딸기" not in alice.get("/me/notices").text


def test_the_list_is_by_days_newest_first(node, alice, id_of, clock):
    say(node, id_of("alice"), key="a", title="어제 것", text="어제 글")
    clock.advance(days=1)
    say(node, id_of("alice"), key="b", title="오늘 것", heading="이번 회차")
    page = alice.get("/me/notices").text
    places = [page.index(each) for each in ("11월 24일", "오늘 것", "11월 23일", "어제 것")]
    assert places == sorted(places)
    assert "이번 회차" in page
    assert "어제 글" in page


def test_an_empty_list_says_so(alice):
    assert "아직 알림이 없어요" in alice.get("/me/notices").text


def test_long_lists_go_on(node, alice, id_of):
    for number in range(65):
        say(node, id_of("alice"), QUIET, key=f"k{number}", title=f"소식 {number:02}")
    seen, path = [], "/me/notices"
    while path:
        page = alice.get(path).text
        seen += re.findall(r"소식 (\d\d)</h3>", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following.group(1) if following else None
    assert seen == [f"{number:02}" for number in reversed(range(65))]


def test_going_to_the_thing_has_read_it(node, alice, id_of):
    say(node, id_of("alice"), url="/orders/7")
    (row,) = told(node, ALICE)
    answer = alice.get(f"/me/notices/{row.id}/go")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/orders/7")
    assert told(node, ALICE)[0].read_at is not None
    assert bell(alice.get("/terms")) == ["알림"]


@pytest.mark.parametrize("url", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_it_never_leads_to_another_site(node, alice, id_of, url):
    say(node, id_of("alice"), url=url)
    (row,) = told(node, ALICE)
    assert alice.get(f"/me/notices/{row.id}/go").headers["Location"] == "/me/notices"


def test_one_or_all_can_be_marked_but_not_what_came_meanwhile(node, alice, id_of):
    for number in range(3):
        say(node, id_of("alice"), key=f"k{number}")
    first, second, third = told(node, ALICE)
    alice.post(f"/me/notices/{first.id}/read")
    assert bell(alice.get("/terms"))[-1] == "2"
    alice.post("/me/notices/read", data={"upto": second.id})
    assert [row.read_at is None for row in told(node, ALICE)] == [False, False, True]
    assert third.read_at is None


def test_what_is_another_persons_is_neither_seen_nor_marked(node, alice, id_of):
    say(node, id_of("gina"), title="지나만")
    (row,) = told(node, "gina@example.com")
    assert alice.get(f"/me/notices/{row.id}/go").status_code == 404
    alice.post(f"/me/notices/{row.id}/read")
    alice.post("/me/notices/read", data={"upto": 10**12})
    alice.post("/me/notices/read", data={"upto": "x"})
    assert told(node, "gina@example.com")[0].read_at is None
    assert "지나만" not in alice.get("/me/notices").text


def test_strangers_are_asked_to_log_in_and_come_back(site):
    for path in ("/me/notices", "/me/notices/settings", "/me/notices/1/go"):
        answer = site.test_client().get(path)
        assert answer.status_code == 302
        assert "/log-in" in answer.headers["Location"]


def filled(page):
    """Return what a browser would send of the form on the page."""
    values = {}
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        values[name] = re.search(r'value="([^"]+)" selected', body).group(1)
    for box in re.findall(r'<input type="checkbox"[^>]*>', page):
        if " checked" in box:
            values[re.search(r'name="([^"]+)"', box).group(1)] = "yes"
    return values


def test_the_page_shows_what_the_house_does_and_keeps_what_is_chosen(node, alice, id_of):
    values = filled(alice.get("/me/notices/settings").text)
    assert values[name_of("mail", HARVEST)] == "now"
    assert values[name_of("mail", TALK)] == "daily"
    assert (values["quiet_from"], values["quiet_until"], values["digest_at"]) == ("21", "8", "8")
    values |= {name_of("mail", TALK): "off", "digest_at": "19", "quiet_from": "22"}
    del values[name_of("bell", HARVEST)]
    assert alice.post("/me/notices/settings", data=values).status_code == 302
    assert filled(alice.get("/me/notices/settings").text) == values
    with node.db.read() as session:
        ways, times = choices(session, id_of("alice")), times_of(session, id_of("alice"))
    assert ways[TALK.name] == Way(on_bell=True, mail="off", push=False)
    assert ways[HARVEST.name] == Way(on_bell=False, mail="now", push=True)
    assert times == Times(22, 8, 19)


def test_who_wants_to_be_told_at_night_says_so(node, alice, id_of):
    values = {**filled(alice.get("/me/notices/settings").text), "at_night": "yes", "digest_at": "3"}
    assert alice.post("/me/notices/settings", data=values).status_code == 302
    with node.db.read() as session:
        times = times_of(session, id_of("alice"))
    assert times.quiet_from == times.quiet_until
    assert filled(alice.get("/me/notices/settings").text)["at_night"] == "yes"


def test_a_digest_in_the_quiet_hours_is_asked_about(node, alice, id_of):
    values = {**filled(alice.get("/me/notices/settings").text), "digest_at": "23"}
    answer = alice.post("/me/notices/settings", data=values)
    assert answer.status_code == 422
    assert "조용히 둘 시간 안에" in answer.text
    with node.db.read() as session:
        assert times_of(session, id_of("alice")) == Times()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (name_of("mail", CONFIRM), "off"), (name_of("mail", HARVEST), "hourly"),
        (name_of("mail", HARVEST), ""), ("digest_at", "24"), ("quiet_from", "-1"),
        ("quiet_until", "x"),
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_is_refused(node, alice, id_of, name, value):
    values = {**filled(alice.get("/me/notices/settings").text), name: value}
    answer = alice.post("/me/notices/settings", data=values)
    assert answer.status_code == 422
    with node.db.read() as session:
        assert choices(session, id_of("alice")) == {}


def test_only_what_can_concern_one_is_offered(cast, site):
    pages = {
        name: cast.signed_in(site, name).get("/me/notices/settings").text
        for name in ("erin", "alice")
    }
    assert name_of("mail", OWNERS) in pages["erin"]
    assert name_of("mail", OWNERS) not in pages["alice"]


def test_mail_leads_back_through_logging_in(node, site, id_of):
    say(node, id_of("alice"), url="/orders/7")
    (row,) = told(node, ALICE)
    answer = site.test_client().get(f"/me/notices/{row.id}/go")
    assert f"next=/me/notices/{row.id}/go" in answer.headers["Location"].replace("%2F", "/")


def test_leaving_takes_everything_along(node, cast, site, id_of):
    from wizzle.core.auth import accounts
    from wizzle.core.notices.models import Browser, Choice, Hours, Told

    alice = id_of("alice")
    say(node, alice)
    with node.db.write() as session:
        off = Way(on_bell=True, mail="off", push=False)
        choose(node, session, alice, {HARVEST.name: off}, Times(22, 7))
        session.add(Browser(person_id=alice, endpoint="https://p.example", digest="d", public="p",
                            auth="a", added_at=node.clock.now()))  # fmt: skip
    with node.db.write() as session:
        accounts.leave(session, node, alice)
    with node.db.read() as session:
        for table in (Told, Choice, Hours, Browser):
            assert session.query(table).filter_by(person_id=alice).count() == 0
