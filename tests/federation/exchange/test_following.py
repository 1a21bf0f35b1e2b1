"""A publication followed from one node to another by real HTTP: taken whole, told, repaired."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from support.cast import Cast
from support.federated import Wire, join, near

from wizzle.core.addresses import space_actor
from wizzle.core.answers import (
    Followed,
    Following,
    Letter,
    Publication,
    PublicationState,
    PublishedItem,
    Taken,
)
from wizzle.core.facts import PeerChanged
from wizzle.core.hookspecs import hookimpl
from wizzle.core.models import Job, Space
from wizzle.core.node import Node
from wizzle.core.outgoing import Answer
from wizzle.core.testing import FixedClock
from wizzle.core.values import EMPTY_DIGEST, Text, item_mark, xor
from wizzle.core.web import create_app
from wizzle.core.work import work_once
from wizzle.federation.delivery.models import Arrived
from wizzle.federation.exchange import models, queries, rules
from wizzle.federation.exchange.actions import followers, pulling


def digest_of(items: Sequence[PublishedItem]) -> bytes:
    digest = EMPTY_DIGEST
    for each in items:
        digest = xor(digest, item_mark(each.uri, each.version))
    return digest


@dataclass
class Garden:
    """A plugin that publishes what grows, kept in memory; every change is known at once."""

    base: str
    growing: dict[str, PublishedItem] = field(default_factory=dict)
    seq: int = 0
    forgotten: int = 0
    pages: int = 0
    looks: Callable[..., Sequence[PublishedItem]] = lambda *_: ()

    def grow(self, *names: str) -> None:
        for name in names:
            self.seq += 1
            uri = f"{self.base}/plants/{name}"
            version = self.growing[uri].version + 1 if uri in self.growing else 1
            document = {"type": "Note", "name": name}
            self.growing[uri] = PublishedItem(uri, version, self.seq, document)

    def pull_out(self, name: str) -> None:
        self.seq += 1
        uri = f"{self.base}/plants/{name}"
        gone = {"type": "Tombstone", "formerType": "Note"}
        version = self.growing[uri].version + 1
        self.growing[uri] = PublishedItem(uri, version, self.seq, gone, gone=True)

    @property
    def standing(self) -> list[PublishedItem]:
        return [each for each in self.growing.values() if not each.gone]

    def page(
        self, _node: Node, _session: Session, _space: int, seq: int, limit: int, since: bool
    ) -> list[PublishedItem]:
        self.pages += 1
        listed = self.growing.values() if since else self.standing
        after = sorted((e for e in listed if e.seq > seq), key=lambda each: each.seq)
        return after[:limit]

    @hookimpl
    def publications(self) -> list[Publication]:
        return [
            Publication(
                name="garden", titles=Text("텃밭", "Garden"),
                freshen=self.looks,
                state=lambda *_: PublicationState(
                    len(self.standing), self.seq, digest_of(self.standing)
                ),
                page=self.page,
                item=lambda _n, _s, uri: self.growing.get(uri),
                oldest=lambda *_: self.forgotten,
            )
        ]  # fmt: skip


@dataclass
class Cellar:
    """A plugin that keeps what a garden elsewhere sends; what is called a weed it cannot use."""

    kept: dict[str, PublishedItem] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    batches: int = 0

    def take(self, _node: Node, _session: Session, batch: Followed) -> Taken:
        self.batches += 1
        if batch.first:
            self.seen = set()
        refused = {}
        for each in batch.items:
            self.seen.add(each.uri)
            known = self.kept.get(each.uri)
            if known is not None and known.version > each.version:
                continue
            if each.gone:
                self.kept.pop(each.uri, None)
            elif "weed" in each.uri:
                refused[each.uri] = "weeds are not kept"
            else:
                self.kept[each.uri] = replace(each, seq=0)
        if batch.complete:
            self.kept = {uri: each for uri, each in self.kept.items() if uri in self.seen}
        return Taken(len(self.kept), digest_of(list(self.kept.values())), refused)

    @hookimpl
    def followings(self) -> list[Following]:
        return [Following("garden", self.take, lambda *_: self.kept.clear())]


@dataclass
class Pair:
    """A node with a garden, one with a cellar, and the wire between them."""

    wire: Wire
    wanju: Node
    gangbuk: Node
    garden: Garden
    cellar: Cellar
    clock: FixedClock
    actor: str

    def settle(self) -> None:
        """Do all that is due on both nodes, and what comes of it."""
        for _ in range(6):
            if not work_once(self.gangbuk) + work_once(self.wanju):
                return

    def follow(self) -> None:
        with self.gangbuk.db.write() as session:
            self.gangbuk.hooks.follow(node=self.gangbuk, session=session, actor=self.actor,
                                      publication="garden", space_id=None)  # fmt: skip
        self.settle()

    def minute(self) -> None:
        self.clock.advance(seconds=61)
        self.settle()

    @property
    def names(self) -> set[str]:
        return {uri.rpartition("/")[2] for uri in self.cellar.kept}

    def followed(self) -> models.Followed:
        with self.gangbuk.db.read() as session:
            found = queries.followed(session, self.actor, "garden")
            session.expunge_all()
        assert found is not None
        return found


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    wire, clock = Wire(), FixedClock()
    with (
        near(wire, tmp_path / "wanju", "wanju.example", clock=clock) as wanju,
        near(wire, tmp_path / "gangbuk", "gangbuk.example", clock=clock, seed=2) as gangbuk,
    ):
        garden, cellar = Garden("https://wanju.example"), Cellar()
        wanju.host._manager.register(garden)
        gangbuk.host._manager.register(cellar)
        join(wanju, gangbuk)
        with wanju.db.write() as session:
            space = Space(kind="producer", slug="farm", name="완주 농부", created_at=clock.now())
            session.add(space)
            session.flush()
            actor = space_actor("https://wanju.example", space.id)
        yield Pair(wire, wanju, gangbuk, garden, cellar, clock, actor)


def test_what_is_followed_is_taken_whole(pair):
    pair.garden.grow("potato", "leek", "rice")
    pair.follow()
    assert pair.names == {"potato", "leek", "rice"}
    known = pair.followed()
    assert (known.state, known.whole, known.count, known.problem) == ("accepted", True, 3, "")
    assert known.fetched_at == pair.clock.now()


def test_many_things_come_page_by_page_and_none_twice(pair):
    pair.garden.grow(*(f"plant-{number}" for number in range(1_203)))
    pair.follow()
    assert len(pair.names) == 1_203
    assert pair.garden.pages == 3


def test_things_that_are_long_come_on_more_pages_of_a_size_that_is_read(pair):
    pair.garden.grow(*(f"plant-{number}" for number in range(40)))
    for uri, each in pair.garden.growing.items():
        pair.garden.growing[uri] = replace(
            each, document={**each.document, "content": "가" * 20_000}
        )
    sizes = []
    pair.wire.after = lambda method, url, body, answer: sizes.append(len(answer.body)) or answer
    pair.follow()
    assert len(pair.names) == 40
    assert max(sizes) < 1 << 20
    assert pair.garden.pages > 1


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


def test_what_went_wrong_unseen_is_found_within_a_day(pair):
    pair.garden.grow("potato", "leek")
    pair.follow()
    pair.cellar.kept.popitem()
    # The other node has changed something too, so that there is a reason to look closely.
    pair.wire.fault = lambda method, url, body: (
        Answer(202, {}, b"", url) if b'"Update"' in body else None
    )
    pair.garden.grow("rice")
    pair.minute()
    pair.clock.advance(days=1)
    pair.settle()
    assert pair.names == {"potato", "leek", "rice"}


def test_changes_that_are_no_longer_known_are_read_whole(pair):
    pair.garden.grow("potato", "leek")
    pair.follow()
    pair.wire.fault = lambda method, url, body: (
        Answer(202, {}, b"", url) if b'"Update"' in body else None
    )
    pair.garden.pull_out("leek")
    pair.minute()
    pair.garden.forgotten = pair.garden.seq  # as after ninety days
    pair.clock.advance(days=1)
    pair.settle()
    assert pair.names == {"potato"}


def test_nothing_new_costs_one_small_question(pair):
    pair.garden.grow(*(f"plant-{number}" for number in range(50)))
    pair.follow()
    asked, pages = len(pair.wire.sent), pair.garden.pages
    pair.clock.advance(days=1, minutes=1)
    pair.settle()
    assert pair.garden.pages == pages
    assert [url for _, url in pair.wire.sent[asked:]] == [f"{pair.actor}/garden"]
    assert pair.followed().fetched_at == pair.clock.now()


def test_what_cannot_be_used_is_named_and_does_not_stop_the_rest(pair):
    pair.garden.grow("potato", "weed")
    pair.follow()
    assert pair.names == {"potato"}
    known = pair.followed()
    assert "weeds are not kept" in known.problem
    assert known.fetched_at is not None
    asked = len(pair.wire.sent)
    pair.clock.advance(days=1, minutes=1)
    pair.settle()
    assert len(pair.wire.sent) == asked + 1  # and is not read whole again each day


def test_a_node_that_does_not_answer_is_a_problem_that_passes(pair):
    pair.garden.grow("potato")
    pair.follow()
    pair.garden.grow("leek")
    pair.wire.down.add("wanju.example")
    pair.clock.advance(days=1, minutes=1)
    work_once(pair.gangbuk)
    assert pair.followed().problem
    pair.wire.down.clear()
    pair.clock.advance(hours=1, minutes=5)
    pair.settle()
    pair.minute()
    assert pair.names == {"potato", "leek"}
    assert pair.followed().problem == ""


def test_a_node_that_lets_nobody_read_for_days_is_asked_again(pair):
    pair.garden.grow("potato")
    pair.follow()
    pair.garden.grow("leek")
    pair.wire.fault = lambda method, url, _body: (
        Answer(401, {}, b"", url) if "wanju.example" in url else None
    )
    for _ in range(50):
        pair.clock.advance(hours=1, minutes=5)
        work_once(pair.gangbuk)
    assert pair.followed().problem
    pair.wire.fault = None
    pair.clock.advance(hours=1, minutes=5)
    work_once(pair.gangbuk)
    assert pair.names == {"potato", "leek"}
    assert pair.followed().problem == ""


@pytest.mark.parametrize("bent", [
    b"[]", b"{}", b'{"type": "OrderedCollectionPage", "orderedItems": []}', b"\xff",
    b'{"id": 1, "partOf": {}, "totalItems": 1}',
])  # fmt: skip
def test_pages_that_make_no_sense_end_in_words(pair, bent):
    pair.wire.fault = lambda method, url, body: (
        Answer(200, {"content-type": "application/activity+json"}, bent, url)
        if method == "GET" and "/garden" in url else None
    )  # fmt: skip
    pair.follow()
    assert pair.followed().problem
    assert pair.names == set()


def test_pages_that_never_end_are_not_followed_for_ever(pair):
    pair.garden.grow("potato")

    def again(method: str, url: str, body: bytes) -> Answer | None:
        if method != "GET" or "cursor" not in url:
            return None
        page = rules.leaf(f"{pair.actor}/garden", PublicationState(1, 1, EMPTY_DIGEST),
                          (), after=0, more=False, since=False)  # fmt: skip
        page |= {"next": f"{pair.actor}/garden?cursor=0", "@context": []}
        told = json.dumps(page).encode()
        return Answer(200, {"content-type": "application/activity+json"}, told, url)

    pair.wire.fault = again
    asked = len(pair.wire.sent)
    pair.follow()
    assert "do not follow each other" in pair.followed().problem
    assert len(pair.wire.sent) - asked < 20


def test_who_follows_no_more_is_told_nothing_and_keeps_nothing(pair):
    pair.garden.grow("potato")
    pair.follow()
    with pair.gangbuk.db.write() as session:
        pair.gangbuk.hooks.unfollow(node=pair.gangbuk, session=session, actor=pair.actor,
                                    publication="garden", space_id=None)  # fmt: skip
    pair.settle()
    assert pair.names == set()
    asked = len(pair.wire.sent)
    pair.garden.grow("leek")
    pair.minute()
    assert len(pair.wire.sent) == asked
    pair.follow()
    assert pair.names == {"potato", "leek"}


def test_the_end_of_a_tie_ends_what_is_followed(pair):
    pair.garden.grow("potato")
    pair.follow()
    for node, host in ((pair.gangbuk, "wanju.example"), (pair.wanju, "gangbuk.example")):
        fact = PeerChanged(host, "ended", pair.clock.now())
        with node.db.write() as session:
            node.hooks.peer_changed(node=node, session=session, fact=fact)
    assert pair.names == set()
    assert pair.followed().state == "ended"
    with pair.wanju.db.read() as session:
        assert queries.followed_publications(session) == []


def test_a_closed_space_refuses_to_be_followed(pair):
    with pair.wanju.db.write() as session:
        session.query(Space).update({"closed_at": pair.clock.now()})
    pair.follow()
    assert pair.followed().state in {"refused", "asked"}
    assert pair.names == set()


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


def test_a_page_that_is_known_is_not_read_again(pair):
    pair.garden.grow("potato")
    client = create_app(pair.wanju).test_client()
    path = pair.actor.removeprefix("https://wanju.example") + "/garden"
    first = client.get(f"{path}?cursor=0")
    assert first.status_code == 200
    assert first.content_type.startswith("application/activity+json")
    pages = pair.garden.pages
    again = client.get(f"{path}?cursor=0", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, pair.garden.pages) == (304, b"", pages)
    pair.garden.grow("leek")
    fresh = client.get(f"{path}?cursor=0", headers={"If-None-Match": first.headers["ETag"]})
    assert fresh.status_code == 200
    for wrong, status in (("/orgs/99/garden", 404), (f"{path}x", 404),
                          (f"{path}?since=0", 200), (f"{path}?cursor=-1", 200)):  # fmt: skip
        assert client.get(wrong).status_code == status
    pair.garden.forgotten = 1
    gone = client.get(f"{path}?since=0")
    assert gone.status_code == 410
    assert gone.content_type == "application/problem+json"


def test_the_steward_sees_what_is_followed_and_has_it_fetched_anew(pair):
    pair.garden.grow("potato")
    pair.follow()
    cast = Cast(pair.gangbuk)
    app = create_app(pair.gangbuk)
    app.config.update(WTF_CSRF_ENABLED=False)
    steward = cast.signed_in(app, "bob")
    assert 'href="/admin/followed"' in steward.get("/admin/peers").text
    page = steward.get("/admin/followed")
    assert f"{pair.actor}/garden" in page.text
    assert "그쪽과 같아요" in page.text
    pair.cellar.kept.clear()
    pair.clock.advance(minutes=1)
    steward.post("/admin/followed/1/fetch")
    pair.settle()
    assert pair.names == {"potato"}
    assert app.test_client().get("/admin/followed").status_code == 302
    assert cast.signed_in(app, "alice").get("/admin/followed").status_code == 403


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


def waiting_pulls(pair: Pair) -> int:
    with pair.gangbuk.db.read() as session:
        found = select(func.count()).where(Job.kind == pulling.PULL, Job.state == "waiting")
        return int(session.scalar(found) or 0)


def test_a_node_that_lets_us_read_no_more_is_a_problem_that_passes(pair):
    pair.garden.grow("potato")
    pair.follow()
    pair.wire.fault = lambda method, url, body: (
        Answer(403, {}, b"", url) if method == "GET" and "/garden" in url else None
    )
    pair.clock.advance(days=1, minutes=1)
    pair.settle()
    assert pair.followed().problem
    for _ in range(30):  # longer than any job is tried
        pair.clock.advance(hours=2)
        pair.settle()
    pair.wire.fault = None
    pair.garden.grow("leek")
    pair.clock.advance(days=1, minutes=1)
    pair.settle()
    assert pair.names == {"potato", "leek"}
    assert pair.followed().problem == ""


def test_a_fault_of_a_plugin_does_not_end_the_daily_look(pair):
    pair.garden.grow("potato")
    pair.follow()

    def broken(*_: object) -> Taken:
        raise RuntimeError("no room in the cellar")

    pair.cellar.take, taking = broken, pair.cellar.take
    for _ in range(40):
        pair.clock.advance(hours=2)
        pair.settle()
    pair.cellar.take = taking
    pair.wire.fault = lambda method, url, body: (
        Answer(202, {}, b"", url) if method == "POST" else None
    )
    pair.garden.grow("leek")
    pair.clock.advance(days=1, minutes=1)
    pair.settle()
    assert pair.names == {"potato", "leek"}


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


def test_asking_for_what_is_not_there_writes_nothing(pair):
    client = create_app(pair.wanju).test_client()
    pair.wanju.db.written.clear()
    assert client.get("/orgs/9999/garden").status_code == 404
    assert not pair.wanju.db.written.is_set()


@pytest.mark.parametrize("id_", ["x" * 280, "y"])
def test_a_wish_to_follow_that_cannot_be_kept_is_refused_and_not_tried_again(
    pair, id_, monkeypatch
):
    monkeypatch.setattr(followers, "MOST_FOLLOWINGS", 0 if id_ == "y" else 9)
    follow = rules.following(
        f"https://gangbuk.example/{id_}", "https://gangbuk.example/actor", f"{pair.actor}/garden"
    )
    with pair.gangbuk.db.write() as session:
        letter = Letter(to=pair.actor, document=follow, lane="x")
        pair.gangbuk.hooks.send_document(node=pair.gangbuk, session=session, letter=letter)
    work_once(pair.gangbuk)
    work_once(pair.wanju)
    with pair.wanju.db.read() as session:
        assert session.query(Arrived).one().state == "refused"
        assert session.query(models.Follower).count() == 0


def test_a_reading_that_takes_long_lets_others_work_and_goes_on(pair, monkeypatch):
    monkeypatch.setattr(pulling, "LONGEST", 0.0)
    pair.garden.grow(*(f"plant-{number}" for number in range(1_203)))
    pair.follow()
    assert len(pair.names) == 1_203
    assert pair.garden.pages == 3
    assert pair.followed().whole


def test_two_readings_at_once_take_nothing_away(pair, monkeypatch):
    pair.garden.grow(*(f"plant-{number}" for number in range(1_203)))
    pair.follow()
    begun = []

    def another(method: str, url: str, body: bytes) -> Answer | None:
        if "cursor=1000" in url and not begun:
            begun.append(url)
            monkeypatch.setattr(pulling, "LONGEST", 0.0)  # it comes no further than one page
            pulling.work_pull(pair.gangbuk, {"id": pair.followed().id, "whole": True})
        return None

    pair.wire.fault = another
    pulling.work_pull(pair.gangbuk, {"id": pair.followed().id, "whole": True})
    assert begun
    assert len(pair.names) == 1_203
    pair.settle()
    assert len(pair.names) == 1_203
    assert pair.followed().problem == ""
