"""The index in a database: it finds what the rules say, tells nobody what is not theirs, and is
in step with what is done."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from wizzle.core import search
from wizzle.core.cli import search_commands
from wizzle.core.documents import Document, Searchable
from wizzle.core.models import Space
from wizzle.core.search import EVERYONE, Asked, Place, of_person
from wizzle.core.search.actions import serving, settle, walk
from wizzle.core.search.models import Found, Waiting
from wizzle.core.search.queries.index import (
    NEWEST,
    by_fts5,
    by_tsvector,
    in_fts5,
    in_tsquery,
)
from wizzle.core.search.rules import Every, scope
from wizzle.core.values import Text


@dataclass
class Shelf:
    """Things that a test puts somewhere and says that it has."""

    node: object
    things: dict[int, Document] = field(default_factory=dict)
    read_ids: list[int] = field(default_factory=list)

    @property
    def source(self) -> Searchable:
        return Searchable("thing", Text("것", "Things"), self.read, self.ids)

    def read(self, _session, ids):
        self.read_ids += ids
        return [self.things[id_] for id_ in ids if id_ in self.things]

    def ids(self, _session, after, limit):
        return sorted(id_ for id_ in self.things if id_ > after)[:limit]

    def put(self, id_, title, text="", readers=(EVERYONE,)):
        self.things[id_] = Document(id_, title, f"/{id_}", frozenset(readers), text)
        with self.node.db.write() as session:
            search.changed(session, "thing", id_)

    def take(self, id_):
        del self.things[id_]
        with self.node.db.write() as session:
            search.changed(session, "thing", id_)

    def settle(self):
        while settle(self.node, [self.source]):
            pass

    def found(self, typed, readers=(EVERYONE,), *, limit=50, after=None):
        with self.node.db.read() as session:
            hits = search.hits(
                session, Asked.read(typed), "thing", readers, limit=limit, after=after
            )
        return [hit.item_id for hit in hits]


@pytest.fixture
def shelf(node) -> Shelf:
    return Shelf(node)


GOODS = {
    1: ("햇감자", ""),
    2: ("감자", "수미"),
    3: ("감자 조림", "반찬"),
    4: ("감 자두 상자", ""),
    5: ("양파", "감자와 함께 두지 마세요"),
    6: ("Tomato 1.5kg", "완주"),
    7: ("무", ""),
    8: ("열무김치", ""),
    9: ("나무 도마", ""),
    10: ("메밀 국수", "나무"),
}


@pytest.fixture
def stocked(shelf) -> Shelf:
    for id_, (title, text) in GOODS.items():
        shelf.put(id_, title, text)
    shelf.settle()
    return shelf


FOUND = [
    ("감자", [3, 2, 4, 1, 5]),  # the word by itself, then within others, then the text
    ("햇감자", [1]),
    ("햇 감자", [1]),
    ("감자조림", [3]),
    ("감자전", []),
    ("무", [7, 9, 8, 10]),
    ("tom", [6]),
    ("TOMATO 완주", [6]),
    ("1.5 kg", [6]),
    ("감자 함께", [5]),
    ("두지마세요", [5]),
    ("감자 OR 양파", []),
    ('감자" OR "양파', []),
    ("감자' | '양파", [5]),
    ("감자*", [3, 2, 4, 1, 5]),
]


def test_words_find(stocked):
    assert {typed: stocked.found(typed) for typed, _ in FOUND} == dict(FOUND)


def test_the_index_and_the_rules_find_the_same(stocked):
    for typed in ("감자", "무", "햇 감자", "자두", "상자", "국수 나무", "kg", "수미", "김치", "자"):
        wanted = {n for n, (title, text) in GOODS.items() if Asked.read(typed).holds(title, text)}
        assert set(stocked.found(typed)) == wanted, typed


def test_a_list_goes_on_where_it_ended_without_gap_or_repetition(stocked):
    whole, seen, after = stocked.found("감자"), [], None
    for _ in range(9):
        with stocked.node.db.read() as session:
            some = search.hits(
                session, Asked.read("감자"), "thing", [EVERYONE], limit=2, after=after
            )
        if not some:
            break
        seen += [hit.item_id for hit in some]
        after = some[-1].place
    assert seen == whole
    assert stocked.found("감자", after=Place(2, 0)) == []


def test_what_is_anothers_is_not_found(shelf):
    shelf.put(1, "감자 주문", readers=[of_person(1)])
    shelf.put(2, "감자 주문", readers=[of_person(11)])
    shelf.put(3, "감자")
    shelf.settle()
    assert shelf.found("감자") == [3]
    assert set(shelf.found("감자", [EVERYONE, of_person(1)])) == {1, 3}
    assert shelf.found("감자", [of_person(11)]) == [2]
    # Marks say who reads a thing: to type one must not make anybody its reader.
    for typed in ("sthingxp1", "sthingxp11 감자", "p1", "xp11", "all"):
        assert shelf.found(typed) == []


def test_what_changes_is_found_as_it_is_now(shelf):
    shelf.put(1, "감자")
    shelf.settle()
    shelf.put(1, "고구마")
    shelf.settle()
    assert (shelf.found("감자"), shelf.found("고구마")) == ([], [1])
    shelf.put(1, "고구마", readers=[of_person(5)])
    shelf.settle()
    assert shelf.found("고구마") == []
    shelf.take(1)
    shelf.settle()
    assert shelf.found("고구마", [of_person(5)]) == []
    with shelf.node.db.read() as session:
        assert session.scalars(select(Found.id)).all() == []
        assert session.scalars(select(Waiting.id)).all() == []


def test_a_change_that_is_undone_is_not_noted(shelf):
    def change_and_fail():
        with shelf.node.db.write() as session:
            search.changed(session, "thing", 1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert settle(shelf.node, [shelf.source]) == 0


def test_one_that_cannot_be_read_keeps_no_other_waiting(shelf):
    class Bad(Shelf):
        def read(self, session, ids):
            if 2 in ids:
                raise ValueError("broken")
            return super().read(session, ids)

    bad = Bad(shelf.node)
    for id_ in (1, 2, 3):
        bad.put(id_, "감자")
    bad.settle()
    assert bad.found("감자") == [3, 1]


def walked(shelf) -> int:
    return sum(1 for _ in iter(lambda: walk(shelf.node, [shelf.source]), 0))


def test_everything_is_read_from_its_beginning_once_and_again_a_day_later(shelf, clock):
    shelf.things = {
        id_: Document(id_, f"감자 {id_}", "/", frozenset({EVERYONE})) for id_ in range(1, 451)
    }
    assert walked(shelf) == 4  # three slices, and the end
    assert len(shelf.found("감자", limit=1000)) == 450
    assert walked(shelf) == 0
    # Somebody forgot to say that these have changed.
    del shelf.things[200], shelf.things[450]
    shelf.things[7] = Document(7, "양파", "/", frozenset({EVERYONE}))
    assert len(shelf.found("감자", limit=1000)) == 450
    clock.advance(hours=25)
    assert walked(shelf) == 4
    assert len(shelf.found("감자", limit=1000)) == 447
    assert shelf.found("양파") == [7]


def test_what_is_read_anew_and_the_same_is_not_written_again(shelf, clock):
    shelf.put(1, "감자")
    shelf.settle()
    with shelf.node.db.read() as session:
        before = session.execute(select(Found.id, Found.seal)).all()
    search.begin_anew(shelf.node)
    walked(shelf)
    with shelf.node.db.read() as session:
        assert session.execute(select(Found.id, Found.seal)).all() == before
    assert shelf.found("감자") == [1]


def test_no_table_is_read_row_by_row(stocked):
    """A word that stands in most of the things, one in none, and several together."""
    with stocked.node.db.read() as session:
        search.finds(session, Asked.read("감자"), ["thing"], [EVERYONE])
        for typed in ("감자", "없는말", "햇감자 수미 kg", "무"):
            for wanted in Asked.read(typed).tiers():
                scoped = Every((scope("thing", [EVERYONE]), wanted))
                told_sqlite = (by_fts5(), in_fts5(scoped))
                told_postgres = (by_tsvector(), in_tsquery(scoped))
                statement, asked = told_sqlite if stocked.node.db.is_sqlite else told_postgres
                made = statement.params(wanted=asked, below=NEWEST, most=20).compile(
                    session.get_bind(), compile_kwargs={"literal_binds": True}
                )
                on_sqlite = stocked.node.db.is_sqlite
                plan = "EXPLAIN QUERY PLAN " if on_sqlite else "EXPLAIN "
                told = "\n".join(
                    str(tuple(row)) for row in session.connection().exec_driver_sql(f"{plan}{made}")
                )
                if on_sqlite:
                    assert "core_search_words VIRTUAL TABLE INDEX" in told
                    assert "SEARCH core_search_found USING INTEGER PRIMARY KEY" in told
                    assert "TEMP B-TREE" not in told, told
                else:
                    assert "ix_core_search_found_marks" in told
                    assert "Seq Scan" not in told, told


def test_a_worker_finds_what_is_new_within_a_second(shelf, monkeypatch):
    """And a second one beside it does not get into its way."""
    monkeypatch.setattr(serving, "searchables", lambda _node: [shelf.source])
    stop = threading.Event()
    workers = [
        threading.Thread(target=search.SERVICE.go_on, args=(shelf.node, stop)) for _ in range(2)
    ]
    for worker in workers:
        worker.start()
    try:
        for number in range(1, 4):
            shelf.put(1, f"감자 {number}호")
            until = time.monotonic() + 20
            while shelf.found(f"{number}호") != [1] and time.monotonic() < until:
                time.sleep(0.05)
            assert shelf.found(f"{number}호") == [1]
    finally:
        stop.set()
        for worker in workers:
            worker.join(20)
    assert shelf.found("1호") == []


def test_the_command_reads_everything_anew(sqlite_node, monkeypatch):
    monkeypatch.setattr(search_commands, "the_node", lambda: sqlite_node)
    with sqlite_node.db.write() as session:
        now = sqlite_node.clock.now()
        session.add(Space(kind="producer", slug="x", name="감자골", created_at=now))
    told = CliRunner().invoke(search_commands.search_group, ["rebuild"])
    assert told.exit_code == 0, told.output
    with sqlite_node.db.read() as session:
        asked = Asked.read("감자골")
        assert search.finds(session, asked, ["space"], [EVERYONE])
        assert not search.finds(session, asked, ["product"], [EVERYONE])


def test_a_plugin_that_fails_keeps_no_other_from_being_read(shelf, clock):
    def broken(*_given):
        raise ValueError("broken")

    shelf.things = {1: Document(1, "감자", "/", frozenset({EVERYONE}))}
    bad = Searchable("bad", Text("", ""), broken, broken)
    while walk(shelf.node, [bad, shelf.source]):
        pass
    assert shelf.found("감자") == [1]
    clock.advance(hours=25)
    bad = Searchable("bad", Text("", ""), shelf.read, shelf.ids)  # it was mended
    while walk(shelf.node, [bad]):
        pass
    with shelf.node.db.read() as session:
        assert search.finds(session, Asked.read("감자"), ["bad"], [EVERYONE])
