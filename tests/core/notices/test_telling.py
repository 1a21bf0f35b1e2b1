"""Telling: once, in one's own language, and by the way that one has chosen."""

from __future__ import annotations

from contextlib import suppress

import pytest
from sqlalchemy import func, select
from support.telling import (
    CONFIRM,
    HARVEST,
    QUIET,
    SALE,
    TALK,
    bring,
    say,
    told,
    waiting,
)

from wizzle.core import members
from wizzle.core.models import Job, Person
from wizzle.core.notices import Notice, Times, Way, choose, tell
from wizzle.core.notices.models import Told
from wizzle.core.values import Message

ALICE, GINA = "alice@example.com", "gina@example.com"


def night(clock) -> None:
    """Make it ten in the evening."""
    clock.advance(hours=13)


def test_what_comes_at_once_stands_on_the_bell_and_in_the_outbox(node, id_of):
    say(node, id_of("alice"), url="/orders/1")
    (row,) = told(node, ALICE)
    assert (row.title, row.text, row.read_at) == ("토마토", "다 익었어요.", None)
    (mail,) = waiting(node)
    assert (mail["to"], mail["subject"]) == (ALICE, "토마토")
    assert "다 익었어요." in mail["text"]
    assert "http://127.0.0.1:8000/orders/1" in mail["text"]


def test_the_same_thing_is_told_nobody_twice(node, id_of):
    for _ in range(2):
        say(node, [id_of("alice"), id_of("gina"), id_of("alice")])
    assert len(told(node, ALICE)) == len(told(node, GINA)) == 1
    assert sorted(mail["to"] for mail in waiting(node)) == [ALICE, GINA]


def test_what_is_undone_was_never_told(node, id_of):
    notice = Notice(kind=HARVEST.name, title="t", text="t", key="k")
    alice = id_of("alice")
    with suppress(ZeroDivisionError), node.db.write() as session:
        tell(node, session, alice, notice)
        raise ZeroDivisionError
    assert told(node, ALICE) == waiting(node) == []


def test_each_is_told_in_their_own_language(node, id_of):
    with node.db.write() as session:
        session.get_one(Person, id_of("gina")).language = "en"
    people = [id_of("alice"), id_of("gina")]
    say(node, people, title=Message("Notices", {}), text=lambda tongue: tongue.gettext("Mail"))
    assert told(node, ALICE)[0].title == "알림"
    assert (told(node, GINA)[0].title, told(node, GINA)[0].text) == ("Notices", "Mail")
    mails = {mail["to"]: mail["text"] for mail in waiting(node)}
    assert "메일로 받을 알림 고르기" in mails[ALICE]
    assert "Choose what is mailed to you" in mails[GINA]


def test_a_kind_that_no_plugin_declares_is_a_mistake(node, id_of):
    notice = Notice(kind="garden.nothing", title="t", text="t", key="k")
    with pytest.raises(ValueError, match=r"garden\.nothing"), node.db.write() as session:
        tell(node, session, id_of("alice"), notice)


def test_who_has_left_is_told_nothing(node, id_of):
    alice = id_of("alice")
    with node.db.write() as session:
        members.leave(session, alice, at=node.clock.now())
    say(node, alice)
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Told)) == 0


def test_what_stands_on_the_bell_alone_sends_nothing(node, id_of):
    say(node, id_of("alice"), QUIET)
    node.clock.advance(days=2)
    assert bring(node) == []
    assert len(told(node, ALICE)) == 1


def test_at_night_it_waits_for_the_morning_but_for_what_one_has_just_done(node, id_of, clock):
    night(clock)
    say(node, id_of("alice"), CONFIRM, key="mine", title="주문했어요")
    say(node, id_of("alice"), HARVEST, key="other")
    assert [mail["subject"] for mail in bring(node)] == ["주문했어요"]
    clock.advance(hours=9, minutes=59)
    assert len(bring(node)) == 1
    clock.advance(minutes=1)
    assert [mail["subject"] for mail in bring(node)] == ["주문했어요", "토마토"]


def test_who_wants_to_be_told_at_night_is(node, id_of, clock):
    with node.db.write() as session:
        choose(node, session, id_of("alice"), {}, Times(0, 0))
    night(clock)
    say(node, id_of("alice"))
    assert len(waiting(node)) == 1


def test_what_came_in_the_night_comes_in_one_mail_in_the_morning(node, id_of, clock):
    night(clock)
    for number in range(5):
        say(node, id_of("alice"), key=f"k{number}", title=f"소식 {number}")
    clock.advance(hours=10)
    (mail,) = bring(node)
    assert all(f"소식 {number}" in mail["text"] for number in range(5))
    assert bring(node) == [mail]


def test_what_would_come_too_late_is_on_the_bell_alone(node, id_of, clock):
    night(clock)
    say(node, id_of("alice"), until=clock.now().replace(minute=30))
    clock.advance(days=1)
    assert bring(node) == []
    assert len(told(node, ALICE)) == 1


def test_nobody_is_flooded_and_nothing_is_lost(node, id_of, clock):
    for number in range(25):
        say(node, id_of("alice"), key=f"k{number}", title=f"소식 {number:02}")
    assert len(bring(node)) == 10
    clock.advance(minutes=59)
    say(node, id_of("alice"), key="later", title="소식 나중")
    assert len(bring(node)) == 10
    clock.advance(minutes=1)
    mails = bring(node)
    assert len(mails) == 11
    assert all(f"소식 {number:02}" in mails[10]["text"] for number in range(10, 25))
    assert "소식 나중" in mails[10]["text"]


def test_the_number_of_mails_is_a_setting_of_the_node(node, id_of):
    settings = node.settings.notices
    object.__setattr__(settings, "mails_an_hour", 2)
    for number in range(5):
        say(node, id_of("alice"), key=f"k{number}")
    assert len(waiting(node)) == 2


def test_advertising_goes_to_those_who_agreed_says_so_and_can_be_stopped(node, id_of, clock):
    say(node, [id_of("alice"), id_of("gina")], SALE)
    assert waiting(node) == []
    with node.db.write() as session:
        members.give_consent(session, id_of("alice"), "news", "1", at=clock.now())
    say(node, [id_of("alice"), id_of("gina")], SALE, key="again")
    (mail,) = waiting(node)
    assert mail["to"] == ALICE
    assert mail["subject"].startswith("(광고) ")
    assert "강북 운영센터" in mail["text"]
    assert "hello@gangbuk.example" in mail["text"]
    assert "/notices/off/" in mail["unsubscribe"]
    with node.db.write() as session:
        choose(node, session, id_of("alice"), {}, Times(0, 0))
    night(clock)
    say(node, id_of("alice"), SALE, key="at night")
    assert len(bring(node)) == 1


def test_advertising_that_waits_is_not_sent_to_who_takes_the_consent_back(node, id_of, clock):
    with node.db.write() as session:
        members.give_consent(session, id_of("alice"), "news", "1", at=clock.now())
    night(clock)
    say(node, id_of("alice"), SALE, key="ad", title="할인")
    say(node, id_of("alice"), HARVEST, key="other", title="수확")
    with node.db.write() as session:
        members.withdraw_consent(session, id_of("alice"), "news", at=clock.now())
    clock.advance(hours=10)
    (mail,) = bring(node)
    assert (mail["subject"], "할인" in mail["text"]) == ("수확", False)


def test_a_choice_is_kept_to(node, id_of):
    off = Way(on_bell=False, mail="off", push=False)
    with node.db.write() as session:
        choose(node, session, id_of("alice"), {HARVEST.name: off, TALK.name: off}, Times())
    say(node, [id_of("alice"), id_of("gina")])
    assert [mail["to"] for mail in waiting(node)] == [GINA]
    assert [row.on_bell for row in told(node, ALICE)] == [False]


def test_what_waits_follows_a_changed_choice(node, id_of, clock):
    alice = id_of("alice")
    say(node, alice, TALK, key="talk")
    with node.db.write() as session:
        now = Way(on_bell=True, mail="now", push=False)
        choose(node, session, alice, {TALK.name: now}, Times())
    assert [mail["subject"] for mail in bring(node)] == ["토마토"]
    clock.advance(days=1)
    assert len(bring(node)) == 1


def test_a_long_text_is_cut_and_a_line_stays_one(node, id_of):
    say(node, id_of("alice"), title="가\r\nBcc: x@example.com " + "나" * 400, text="다" * 9_000)
    (row,) = told(node, ALICE)
    assert (len(row.title), len(row.text)) == (300, 4_000)
    assert "\n" not in row.title
    with node.db.read() as session:
        assert all("\n" not in str(job.payload["subject"]) for job in session.scalars(select(Job)))


def test_a_key_that_is_too_long_is_a_mistake(node, id_of):
    with pytest.raises(ValueError, match="too long"):
        say(node, id_of("alice"), key="k" * 111)
