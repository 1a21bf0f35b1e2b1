"""The timeline of somebody who follows a thousand, on a node on which a great deal was written."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from statistics import median, quantiles
from typing import Any

from sqlalchemy import text

from wizzle.core.models import Follow, Person
from wizzle.core.node import Node
from wizzle.plugins.feed.timeline import queries

from . import node
from .databases import Database, opened
from .machine import watch
from .plan import Plan
from .report import Report

_AUTHORS = 5_000
_TAGS = 500
_TIMES = 60
_PAGE = 30
_MS = 1 << 20
"""Positions that one millisecond has."""

_SERIES = {
    True: "WITH RECURSIVE series(n) AS"
    " (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < :many)",
    False: "WITH series(n) AS (SELECT * FROM generate_series(1, CAST(:many AS bigint)))",
}  # fmt: skip
# A few write much and most write little: the square of an even number between 0 and 1.
_U = "((n * 7919) % 100003)"
_AUTHOR = f"1 + {_U} * {_U} / 100003 * {_AUTHORS} / 100003"
_AT = {True: "'2026-01-01 00:00:00.000000'", False: "TIMESTAMPTZ '2026-01-01 00:00:00+00'"}
_POSITION = f"(1767225600000 + n * 1000) * {_MS} + n % {_MS}"

_FILL = (
    "INSERT INTO feed_post (id, author_id, text, place, audience, key, is_share, told, created_at,"
    " published_at, version) {series} SELECT n, {author}, 'Potatoes from the roof, number ' || n,"
    " '', 'members', 'k' || n, {no}, {no}, {at}, {at}, 1 FROM series",
    "INSERT INTO feed_item (id, subject, kind, author, position, at, title, text, path, picture,"
    " caption, place, hidden) {series} SELECT n, 'post:' || n, 'post', 'person:' || ({author}),"
    " {position}, {at}, 'Potatoes', 'Potatoes', '/posts/' || n, '', '', '', {no} FROM series",
    "INSERT INTO feed_stream (source, position, item_id) {series}"
    " SELECT 'person:' || ({author}), {position}, n FROM series",
    "INSERT INTO feed_stream (source, position, item_id) {series}"
    " SELECT 'tag:t' || (n / 3 % {tags}), {position}, n FROM series WHERE n % 3 = 0",
)


def measure(plan: Plan, report: Report) -> None:
    """Fill a node of each kind with posts, and ask for pages of timelines."""
    for kind in plan.databases:
        with opened(kind) as database:
            if isinstance(database, str):
                report.notes.append(f"timelines on {kind} were not measured: {database}")
                continue
            _measure(plan, report, database)


def _measure(plan: Plan, report: Report, database: Database) -> None:
    home = plan.folder / f"timelines-{database.kind}"
    home.mkdir()
    _, made = node.make(home, database.new())
    try:
        me = _fill(made, plan.posts)
        first = _lowest(made, me, pages=1)
        tenth = _lowest(made, me, pages=10)
        for _ in range(plan.rounds):
            for name, before in (("first page", queries.LATEST), ("tenth page", tenth)):
                asked = partial(_places, made, me, before)
                _note(plan, report, database, f"{name}, places alone", asked)
                drawn = partial(_whole, made, me, before)
                _note(plan, report, database, f"{name}, as it is drawn", drawn)
            bare = partial(_bare, made, first)
            _note(plan, report, database, "the same 31 by their numbers", bare)
        _ratio(report, database, plan.posts)
    finally:
        made.db.close()


def _fill(made: Node, posts: int) -> int:
    """Write the rows as the database likes best, and return who follows a thousand."""
    now, sqlite = made.clock.now(), made.db.is_sqlite
    people = ({"id": number, "email": f"p{number}@example.org", "name": f"p{number}", "phone": "",
               "password_hash": "-", "language": "ko", "email_checked_at": now, "created_at": now,
               "agreed": "-"} for number in range(1, _AUTHORS + 2))  # fmt: skip
    node.fill(made, Person, people)
    words = {"series": _SERIES[sqlite], "author": _AUTHOR, "position": _POSITION, "tags": _TAGS,
             "at": _AT[sqlite], "no": "0" if sqlite else "false"}  # fmt: skip
    for statement in _FILL:
        with made.db.write() as session:
            session.execute(text(statement.format(**words)), {"many": posts})
    me = _AUTHORS + 1
    followed = [f"person:{1 + number * _AUTHORS // 990}" for number in range(990)]
    followed += [f"tag:t{number * 50}" for number in range(10)]
    node.fill(made, Follow, ({"person_id": me, "subject": each, "since": now} for each in followed))
    with made.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if sqlite else "VACUUM ANALYZE"))
    return me


def _places(made: Node, me: int, before: int) -> list[Any]:
    with made.db.look() as session:
        return queries.places(session, me, before=before, size=_PAGE + 1)


def _whole(made: Node, me: int, before: int) -> Any:
    with made.db.look() as session:
        return queries.timeline(session, me, before=before, size=_PAGE)


def _lowest(made: Node, me: int, *, pages: int) -> int:
    before = queries.LATEST
    for _ in range(pages):
        before = int(_places(made, me, before)[-2].position)
    return before


def _bare(made: Node, lowest: int) -> list[Any]:
    """Return as many posts as a page has, by one stretch of an index: what no timeline beats."""
    last = max(1, (lowest >> 20) // 1000 - 1767225600)
    sql = text(
        "SELECT id, author_id, text, published_at FROM feed_post WHERE id <= :last"
        " ORDER BY id DESC LIMIT 31"
    )
    with made.db.look() as session:
        return list(session.execute(sql, {"last": last}))


def _note(
    plan: Plan, report: Report, database: Database, what: str, ask: Callable[[], Any]
) -> None:
    """Ask many times, and note the median and the 95th percentile."""
    taken = []
    with watch() as used:
        for _ in range(_TIMES):
            started = time.perf_counter()
            ask()
            taken.append(1_000 * (time.perf_counter() - started))
    name = f"timeline of 1,000 among {plan.posts:,} posts, {what}, {database.kind}"
    report.note(name, median(taken), "ms", others=used.others_share)
    report.note(f"{name}, 95th percentile", quantiles(taken, n=20)[-1], "ms")


def _ratio(report: Report, database: Database, posts: int) -> None:
    """Note how many times the bare answer a drawn page takes."""
    head = f"timeline of 1,000 among {posts:,} posts"
    bare = median(report.figures[f"{head}, the same 31 by their numbers, {database.kind}"].values)
    page = median(report.figures[f"{head}, first page, as it is drawn, {database.kind}"].values)
    report.note(f"{head}, drawn page over the bare answer, {database.kind}", page / bare, "×")
