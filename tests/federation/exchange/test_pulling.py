"""A publication of another node is read by real HTTP: whole, what has changed, and repaired."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from support.gardens import Pair

from wizzle.core.outgoing import Answer
from wizzle.core.talk import PublicationState, Taken
from wizzle.core.values import EMPTY_DIGEST
from wizzle.core.work import work_once
from wizzle.federation.exchange import models, rules
from wizzle.federation.exchange.actions import pulling


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


def restored(pair: Pair) -> Callable[[], None]:
    """Keep a backup of the garden; what is returned puts it back in its place."""
    kept, seq = dict(pair.garden.growing), pair.garden.seq

    def restore() -> None:
        pair.garden.growing, pair.garden.seq = dict(kept), seq
        with pair.wanju.db.write() as session:  # who follows is in the backup too
            session.query(models.Follower).update({"told_seq": seq})

    return restore


def held(pair: Pair) -> dict[str, int]:
    return {uri: each.version for uri, each in pair.cellar.kept.items()}


def published(pair: Pair) -> dict[str, int]:
    return {each.uri: each.version for each in pair.garden.standing}


@pytest.mark.parametrize("grown_since", [0, 1, 40])
def test_a_publisher_that_comes_from_an_old_backup_is_followed_as_it_stands_now(pair, grown_since):
    pair.garden.grow("potato", "leek", "rice")
    pair.follow()
    restore = restored(pair)
    for _ in range(9):
        pair.garden.grow("potato", "leek")
    pair.garden.grow("bean")
    pair.garden.pull_out("rice")
    pair.minute()
    assert held(pair) == published(pair)
    restore()
    for _ in range(grown_since):  # it may have changed more since than was lost
        pair.garden.grow("leek")
    pair.minute()
    pair.clock.advance(days=1, minutes=1)
    pair.settle()
    assert held(pair) == published(pair)
    assert pair.followed().problem == ""
    pages = pair.garden.pages
    for _ in range(5):  # and it is not read over and over
        pair.clock.advance(hours=2)
        pair.settle()
    assert pair.garden.pages == pages
    pair.garden.grow("bean", "rice")
    pair.minute()
    assert held(pair) == published(pair)


def test_news_of_a_publisher_that_lost_its_memory_lead_to_a_look_at_once(pair):
    pair.garden.grow("potato")
    pair.follow()
    restore = restored(pair)
    for _ in range(9):
        pair.garden.grow("potato")
        pair.minute()
    restore()
    pair.garden.grow("leek")
    pair.minute()
    pair.minute()
    assert held(pair) == published(pair)
