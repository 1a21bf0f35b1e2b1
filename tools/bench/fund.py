"""The fund's months and years over a ledger of a million entries, from the sums that are kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, text

from wizzle.core.models import LedgerAccount, LedgerEntry
from wizzle.core.node import Node
from wizzle.plugins.fund.books import queries as books
from wizzle.plugins.fund.earmarks import actions
from wizzle.plugins.fund.earmarks import queries as earmarks
from wizzle.plugins.fund.earmarks.models import Earmark
from wizzle.plugins.fund.reports.queries import periods

from . import node
from .databases import Database, opened
from .machine import watch
from .plan import Plan
from .report import Report

_AREAS = 20
_MONTHS_AGO = 60
_SPAN = _MONTHS_AGO * 30 * 86_400
"""Over how many seconds the postings are spread."""

_SERIES = {
    True: "WITH RECURSIVE series(n) AS"
    " (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < :many)",
    False: "WITH series(n) AS (SELECT * FROM generate_series(1, CAST(:many AS integer)))",
}  # fmt: skip
_AT = {
    True: "strftime('%Y-%m-%d %H:%M:%S', 1577836800 + n * {step}, 'unixepoch') || '.000000'",
    False: "to_timestamp(1577836800 + n * {step})",
}
# Every fiftieth posting is an expense, every tenth other one comes into an area.
_OUT = "n % 50 = 0"
_PLACE = f"CASE WHEN n % 10 = 1 THEN 3 + n / 10 % {_AREAS} ELSE 1 END"

_FILL = (
    "INSERT INTO core_ledger_posting (id, key, at, subject, memo) {series}"
    " SELECT n, 'b' || n, {at}, 'cycle:' || n / 20, 'Round' FROM series",
    "INSERT INTO core_ledger_entry (id, posting_id, account_id, amount, previous, hash) {series}"
    " SELECT 2 * n - 1, n, 2, CASE WHEN {out} THEN -900 ELSE n % 997 + 1 END, '', ''"
    " FROM series",
    "INSERT INTO core_ledger_entry (id, posting_id, account_id, amount, previous, hash) {series}"
    " SELECT 2 * n, n, CASE WHEN {out} THEN 1 ELSE {place} END,"
    " CASE WHEN {out} THEN 900 ELSE -(n % 997 + 1) END, '', '' FROM series",
    "INSERT INTO fund_moved (posting, way, kind) {series}"
    " SELECT 'b' || n, CASE WHEN {out} THEN 'out' ELSE 'in' END,"
    " CASE WHEN {out} THEN 'claim' WHEN n % 3 = 0 THEN 'shop' ELSE 'round' END FROM series",
)


def measure(plan: Plan, report: Report) -> None:
    """Fill a ledger of each kind, and read the fund's books from it."""
    for kind in plan.databases:
        with opened(kind) as database:
            if isinstance(database, str):
                report.notes.append(f"the fund on {kind} was not measured: {database}")
                continue
            _measure(plan, report, database)


def _measure(plan: Plan, report: Report, database: Database) -> None:
    home = plan.folder / f"fund-{database.kind}"
    home.mkdir()
    _, made = node.make(home, database.new())
    head = f"the fund over {plan.entries:,} entries"
    try:
        _fill(made, plan.entries // 2)
        zone = ZoneInfo(made.settings.node.time_zone)
        counted = _timed(
            report, f"{head}, all sums counted again, {database.kind}", "",
            made, lambda session: actions.write_sums(session, zone), writes=True,
        )  # fmt: skip
        report.notes.append(f"{counted} sums of months on {database.kind}")
        with made.db.read() as session:
            _, last = earmarks.bounds(session) or (0, 0)
            report.expect(f"{head}, won that sums and ledger differ by, {database.kind}",
                          abs(earmarks.total(session) - _owed(session)), 0)  # fmt: skip
        asked: dict[str, Callable[[Any], Any]] = {
            "a month": lambda session: periods.the_period(made, session, last),
            "a year": lambda session: periods.the_period(made, session, last // 100),
            "all months": periods.all_months,
            "the balance": earmarks.total,
            "the first page of entries": lambda session: books.entries(made, session),
        }
        for _ in range(plan.rounds):
            for name, ask in asked.items():
                _timed(report, f"{head}, {name}, {database.kind}", "< 2,000", made, ask)
    finally:
        made.db.close()


def _owed(session: Any) -> int:
    """Return what the ledger itself says that the fund holds."""
    owed = session.scalar(
        select(func.sum(LedgerEntry.amount))
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(earmarks.of_the_fund())
    )
    return -int(owed)


def _timed(
    report: Report, name: str, target: str, made: Node, ask: Callable[[Any], Any],
    *, writes: bool = False,
) -> Any:  # fmt: skip
    with watch() as used, made.db.write() if writes else made.db.read() as session:
        started = time.perf_counter()
        found = ask(session)
        taken = 1_000 * (time.perf_counter() - started)
    report.note(name, taken, "ms", target, others=used.others_share)
    return found


def _fill(made: Node, postings: int) -> None:
    """Write the rows as the database likes best."""
    sqlite = made.db.is_sqlite
    codes = ["fund", "centre", *(f"earmark:{number}" for number in range(1, _AREAS + 1))]
    node.fill(made, LedgerAccount, ({"id": n, "code": code} for n, code in enumerate(codes, 1)))
    node.fill(made, Earmark, (
        {"id": number, "kind": "area", "name": f"Area {number}", "purpose": "-", "subject": "",
         "key": f"a{number}", "made_at": made.clock.now()} for number in range(1, _AREAS + 1)
    ))  # fmt: skip
    words = {"series": _SERIES[sqlite], "at": _AT[sqlite].format(step=_SPAN // postings),
             "out": _OUT, "place": _PLACE}  # fmt: skip
    for statement in _FILL:
        with made.db.write() as session:
            session.execute(text(statement.format(**words)), {"many": postings})
    with made.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if sqlite else "VACUUM ANALYZE"))
