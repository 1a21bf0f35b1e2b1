"""The digest: one mail a day, by what things are about, exactly once, and only if there is any."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Thread

from sqlalchemy import select, update
from support.telling import HARVEST, TALK, bring, say, told, waiting

from wizzle.core import members, outbox
from wizzle.core.models import Job, Person
from wizzle.core.notices import Times, Way, choose, mark_read
from wizzle.core.notices.actions import work_mail
from wizzle.core.notices.actions.tidying import tidy
from wizzle.core.notices.models import Told
from wizzle.core.testing import make_node
from wizzle.core.work import works

ALICE = "alice@example.com"


def test_it_holds_the_text_by_subject_newest_first(node, id_of, clock):
    alice = id_of("alice")
    for key, subject, heading, title in (
        ("a", "cycle:1", "이번 회차", "첫째"),
        ("b", "shop:2", "수유 책방", "둘째"),
        ("c", "cycle:1", "이번 회차", "셋째"),
    ):
        say(node, alice, TALK, key=key, subject=subject, heading=heading, title=title,
            text=f"{title} 글", url=f"/x/{key}")  # fmt: skip
        clock.advance(minutes=5)
    assert bring(node) == []
    clock.advance(days=1)
    (mail,) = bring(node)
    assert mail["subject"] == "강북위즐: 알림 3가지"
    text = mail["text"]
    places = [text.index(each) for each in ("이번 회차", "셋째", "첫째", "수유 책방", "둘째")]
    assert places == sorted(places)
    assert all(each in text for each in ("셋째 글", "http://127.0.0.1:8000/x/a"))
    assert text.count("이번 회차") == 1
    for each in ("첫째 글", "둘째 글", "셋째 글", "수유 책방"):
        assert each in mail["html"]


def test_nothing_that_a_person_wrote_becomes_html(node, id_of, clock):
    say(node, id_of("alice"), TALK, title="<script>x</script>", text='<img src=x onerror="y">',
        heading="<b>h</b>", subject="s")  # fmt: skip
    clock.advance(days=1)
    (mail,) = bring(node)
    assert "<script>" not in mail["html"]
    assert "<img" not in mail["html"]
    assert "&lt;script&gt;" in mail["html"]


def test_it_comes_at_the_hour_that_one_chose(node, id_of, clock):
    with node.db.write() as session:
        choose(node, session, id_of("alice"), {}, Times(digest_at=18))
    say(node, id_of("alice"), TALK)
    clock.advance(hours=8, minutes=59)  # it was nine in the morning
    assert bring(node) == []
    clock.advance(minutes=1)
    assert len(bring(node)) == 1


def test_a_new_hour_holds_for_what_waits_already(node, id_of, clock):
    say(node, id_of("alice"), TALK)
    with node.db.write() as session:
        choose(node, session, id_of("alice"), {}, Times(digest_at=11))
    clock.advance(hours=2)
    assert len(bring(node)) == 1
    clock.advance(days=2)
    assert len(bring(node)) == 1


def test_a_day_without_anything_has_no_mail_and_two_days_have_two(node, id_of, clock):
    say(node, id_of("alice"), TALK, key="monday")
    clock.advance(days=1)
    assert len(bring(node)) == 1
    clock.advance(days=5)
    assert len(bring(node)) == 1
    say(node, id_of("alice"), TALK, key="saturday")
    clock.advance(days=1)
    assert len(bring(node)) == 2


def test_after_days_of_standing_still_everything_comes_in_one_and_not_at_night(node, id_of, clock):
    for day in range(4):
        say(node, id_of("alice"), TALK, key=f"k{day}", title=f"소식 {day}")
        clock.advance(days=1)
    clock.advance(hours=13)  # the worker is back at ten in the evening
    assert bring(node) == []
    clock.advance(hours=10)
    (mail,) = bring(node)
    assert all(f"소식 {day}" in mail["text"] for day in range(4))


def test_what_was_read_meanwhile_is_not_mailed(node, id_of, clock):
    for key in ("a", "b"):
        say(node, id_of("alice"), TALK, key=key, title=f"소식 {key}")
    first = told(node, ALICE)[0]
    with node.db.write() as session:
        mark_read(session, id_of("alice"), first.id, at=clock.now())
    clock.advance(days=1)
    (mail,) = bring(node)
    assert "소식 a" not in mail["text"]
    assert "소식 b" in mail["text"]


def test_nobody_gets_a_digest_at_an_address_that_is_not_proven(node, id_of, clock):
    with node.db.write() as session:
        session.get_one(Person, id_of("alice")).email_checked_at = None
    say(node, id_of("alice"), TALK)
    clock.advance(days=1)
    assert bring(node) == []
    assert len(told(node, ALICE)) == 1


def test_who_was_shut_out_or_has_left_meanwhile_gets_none(node, id_of, clock):
    for name in ("alice", "gina"):
        say(node, id_of(name), TALK)
    with node.db.write() as session:
        session.get_one(Person, id_of("alice")).blocked_at = clock.now()
        members.leave(session, id_of("gina"), at=clock.now())
    clock.advance(days=1)
    assert bring(node) == []


def test_several_workers_at_once_send_each_of_them_once(node, cast, clock):
    people = [cast.person(name).id for name in ("alice", "gina", "charlie", "bob", "dana")]
    for key in ("a", "b", "c"):
        say(node, people, TALK, key=key)
    clock.advance(days=1)
    table = {kind: do for kind, do in works(node).items() if kind != "mail"}
    together = Barrier(4)

    def worker() -> None:
        together.wait(10)
        outbox.run_due(node.db, node.clock, table)
        for person in people:  # as if the lease had ended and the job came again
            work_mail(node, {"person_id": person})

    threads = [Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    mails = waiting(node)
    assert sorted(mail["to"] for mail in mails) == sorted(
        f"{name}@example.com" for name in ("alice", "gina", "charlie", "bob", "dana")
    )
    assert all("알림 3가지" in mail["subject"] for mail in mails)


def test_a_worker_that_is_killed_before_it_is_done_loses_nothing(node, id_of, clock):
    say(node, id_of("alice"), TALK)
    clock.advance(days=1)

    def killed(_payload: object) -> None:
        raise KeyboardInterrupt

    table = works(node)
    with suppress(KeyboardInterrupt):
        outbox.run_due(node.db, node.clock, {**table, "notices.mail": killed})
    assert waiting(node) == []
    clock.advance(minutes=3)  # the lease has ended
    assert len(bring(node)) == 1


def test_what_was_told_while_its_mail_was_being_sent_is_not_forgotten(node, id_of, clock):
    """Its row is written when the job of its hour is done already: the tidying finds it."""
    say(node, id_of("alice"), TALK, key="a")
    clock.advance(days=1)
    bring(node)
    say(node, id_of("alice"), TALK, key="b")
    late = clock.now() - timedelta(minutes=15)
    with node.db.write() as session:
        session.execute(update(Told).where(Told.key == "b").values(mail_at=late))
    assert tidy(node) == 1
    assert len(bring(node)) == 2
    assert tidy(node) == 0


def test_mail_that_could_not_leave_by_day_waits_for_the_morning(node, id_of, clock):
    say(node, id_of("alice"), HARVEST)
    clock.advance(hours=13)
    sent: list[object] = []
    from wizzle.core.notices import respectful

    table = {"mail": respectful(node, sent.append)}
    outbox.run_due(node.db, node.clock, table)
    assert sent == []
    clock.advance(hours=9, minutes=59)
    outbox.run_due(node.db, node.clock, table)
    assert sent == []
    clock.advance(minutes=1)
    outbox.run_due(node.db, node.clock, table)
    assert len(sent) == 1


def test_daily_mail_can_be_had_of_anything(node, id_of, clock):
    daily = Way(on_bell=True, mail="daily", push=False)
    with node.db.write() as session:
        choose(node, session, id_of("alice"), {HARVEST.name: daily}, Times())
    say(node, id_of("alice"), HARVEST, key="a")
    say(node, id_of("alice"), TALK, key="b")
    assert bring(node) == []
    clock.advance(days=1)
    (mail,) = bring(node)
    assert "알림 2가지" in mail["subject"]


def test_of_very_many_things_the_newest_are_told_and_the_rest_is_counted(node, id_of, clock):
    for number in range(50):
        say(node, id_of("alice"), TALK, key=f"k{number}", title=f"소식 {number:02}")
        clock.advance(seconds=1)
    clock.advance(days=1)
    (mail,) = bring(node)
    assert "소식 49" in mail["text"]
    assert "소식 09" not in mail["text"]
    assert "그 밖에 10가지" in mail["text"]
    with node.db.read() as session:
        assert (
            session.scalar(select(Job.id).where(Job.kind == "notices.mail", Job.state != "done"))
            is None
        )


def test_old_notices_go_by_themselves(tmp_path, clock):
    node = make_node(tmp_path, clock=clock)
    from support.cast import Cast
    from support.telling import garden

    alice = Cast(node).person("alice").id
    with garden(node):
        say(node, alice, key="old")
        clock.advance(days=89)
        say(node, alice, key="new")
        assert tidy(node) == 0
        clock.advance(days=2)
        assert tidy(node) == 1
    assert [row.key for row in told(node, ALICE)] == ["new"]
    node.close()
