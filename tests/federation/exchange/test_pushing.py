"""Those who follow are told what has changed: a hint, at most once a minute."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from support.federated import join, near
from support.gardens import Pair, waiting_pulls
from support.letters import befriend

from wizzle.core.models import Space
from wizzle.core.node import Node
from wizzle.core.outgoing import Answer
from wizzle.core.talk import Letter, PublicationState, PublishedItem
from wizzle.core.values import EMPTY_DIGEST
from wizzle.core.web import create_app
from wizzle.core.work import work_once
from wizzle.federation.delivery.models import Sent
from wizzle.federation.exchange import models, rules


def test_a_change_is_told_within_a_minute_and_fetches_nothing(pair):
    pair.garden.grow("potato", "leek")
    pair.follow()
    asked = len(pair.wire.sent)
    pair.garden.grow("potato", "rice")
    pair.garden.pull_out("leek")
    pair.minute()
    assert pair.names == {"potato", "rice"}
    assert {e.version for e in pair.cellar.kept.values()} == {1, 2}
    assert [method for method, _ in pair.wire.sent[asked:]] == ["POST"]


def test_a_letter_that_was_lost_is_made_up_for_by_the_next(pair):
    pair.garden.grow("potato")
    pair.follow()
    lost = []

    def lose(method: str, url: str, body: bytes) -> Answer | None:
        if method == "POST" and b'"Update"' in body and not lost:
            lost.append(url)
            return Answer(202, {}, b"", url)  # said to have arrived, and did not
        return None

    pair.wire.fault = lose
    pair.garden.grow("leek")
    pair.minute()
    assert lost
    assert pair.names == {"potato"}
    pair.garden.grow("rice")
    pair.minute()
    assert pair.names == {"potato", "leek", "rice"}


def test_a_stranger_cannot_tell_what_has_changed(pair, tmp_path):
    pair.garden.grow("potato")
    pair.follow()
    with near(pair.wire, tmp_path / "quince", "quince.example", clock=pair.clock) as quince:
        join(quince, pair.gangbuk)
        forged = PublishedItem("https://wanju.example/plants/gold", 1, 9, {"type": "Note"})
        state = PublicationState(2, 9, EMPTY_DIGEST)
        page = rules.leaf(f"{pair.actor}/garden", state, [forged], after=1, more=False, since=True)
        actor = "https://quince.example/actor"
        update = rules.update(f"{actor}/activities/1", actor, f"{pair.actor}/garden", page)
        with quince.db.write() as session:
            letter = Letter(to="https://gangbuk.example/actor", document=update, lane="x")
            quince.hooks.send_document(node=quince, session=session, letter=letter)
        work_once(quince)
        pair.settle()
    assert pair.names == {"potato"}


def hinted(pair: Pair, times: int) -> None:
    """Let the publisher say so often that there is something new, without saying what."""
    state = PublicationState(1, 99, EMPTY_DIGEST)
    for number in range(times):
        head = rules.head(f"{pair.actor}/garden", pair.actor, state)
        update = rules.update(
            f"{pair.actor}/activities/{number}", pair.actor, f"{pair.actor}/garden", head
        )
        with pair.wanju.db.write() as session:
            letter = Letter(to="https://gangbuk.example/actor", document=update, lane="x",
                            sender_id=int(pair.actor.rpartition("/")[2]))  # fmt: skip
            pair.wanju.hooks.send_document(node=pair.wanju, session=session, letter=letter)
        work_once(pair.wanju)
        work_once(pair.gangbuk)
        pair.clock.advance(seconds=1)


def test_hints_without_end_make_no_work_without_end(pair):
    pair.garden.grow("potato")
    pair.follow()
    asked = len(pair.wire.sent)
    hinted(pair, 20)
    gets = [url for method, url in pair.wire.sent[asked:] if method == "GET"]
    assert len([url for url in gets if "since" not in url and "cursor" not in url]) <= 3
    pair.clock.advance(minutes=5)
    pair.settle()
    assert waiting_pulls(pair) <= 2
    asked = len(pair.wire.sent)
    pair.clock.advance(days=1, minutes=1)
    pair.settle()
    assert len([url for _, url in pair.wire.sent[asked:] if url.endswith("/garden")]) <= 2


def test_a_follower_whom_nothing_may_be_sent_to_stands_in_nobodys_way(pair):
    pair.garden.grow("potato")
    pair.follow()
    with pair.wanju.db.write() as session:  # it followed while this node talked to all
        session.add(models.Follower(
            space_id=int(pair.actor.rpartition("/")[2]), name="garden",
            actor="https://quince.example/actor", host="quince.example",
            request="https://quince.example/1", since=pair.clock.now(),
        ))  # fmt: skip
    pair.garden.grow("leek")
    path = pair.actor.removeprefix("https://wanju.example") + "/garden"
    assert create_app(pair.wanju).test_client().get(path).status_code == 200
    pair.minute()
    assert pair.names == {"potato", "leek"}
    with pair.wanju.db.read() as session:
        assert session.query(models.Follower).filter_by(host="quince.example").one().ended_at


def test_a_publication_that_fails_does_not_silence_the_others(pair):
    pair.garden.grow("potato")
    pair.follow()
    with pair.wanju.db.write() as session:
        bad = int(pair.actor.rpartition("/")[2])
        other = Space(kind="producer", slug="other", name="다른 농부", created_at=pair.clock.now())
        session.add(other)
        session.flush()
        session.add(models.Follower(
            space_id=other.id, name="garden", actor="https://gangbuk.example/actor",
            host="gangbuk.example", request="https://gangbuk.example/1", since=pair.clock.now(),
        ))  # fmt: skip

    def breaks(_node: Node, _session: Session, space: int) -> tuple[()]:
        if space == bad:
            raise RuntimeError("a fault")
        return ()

    pair.garden.looks = breaks
    pair.garden.grow("leek")
    pair.minute()
    with pair.wanju.db.read() as session:
        told = session.query(models.Follower).filter_by(space_id=other.id).one()
        assert told.told_seq == pair.garden.seq


def news(pair: Pair) -> list[Sent]:
    with pair.wanju.db.read() as session:
        found = session.scalars(select(Sent).where(Sent.kind == "Update").order_by(Sent.id)).all()
        session.expunge_all()
    return list(found)


def test_a_node_that_is_away_for_days_has_one_piece_of_news_to_take(pair):
    pair.garden.grow("potato")
    pair.follow()
    pair.wire.down.add("gangbuk.example")
    for number in range(30):
        pair.garden.grow(f"plant-{number}")
        pair.minute()
    assert [each.state for each in news(pair)] == ["waiting"]
    pair.wire.down.clear()
    pair.clock.advance(hours=2)
    pair.settle()
    pair.minute()
    assert len(pair.names) == 31
    assert [each.state for each in news(pair)] == ["arrived", "arrived"]


def test_others_hear_of_it_meanwhile(pair):
    pair.garden.grow("potato")
    pair.follow()
    with pair.wanju.db.write() as session:
        session.add(models.Follower(
            space_id=int(pair.actor.rpartition("/")[2]), name="garden",
            actor="https://quince.example/actor", host="quince.example",
            request="https://quince.example/1", since=pair.clock.now(),
        ))  # fmt: skip
    befriend(pair.wanju, "quince.example")  # nobody is there, so that its news waits
    pair.garden.grow("leek")
    pair.minute()
    pair.garden.grow("rice")
    pair.minute()
    assert pair.names == {"potato", "leek", "rice"}
    waiting = [each.host for each in news(pair) if each.state == "waiting"]
    assert waiting == ["quince.example"]
