"""What each posting is to the fund, the sums of each month, and the auditor's opinions.

Both tables are filled from what stands in the ledger. The months are those of Korea; a node of
another time zone counts them again with ``wizzle fund recount --write``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from wizzle.core.migration import append_only, changeable_again

revision = "fund_0003"
down_revision = "fund_0002"
branch_labels = None
depends_on = None

_WORDS = frozenset({"dues", "donation", "pledge", "grant", "claim", "loan"})

_STANDING = sa.text(
    "SELECT p.key AS posting, p.at AS at, p.subject AS subject, a.code AS code,"
    " e.amount AS amount, s.kind AS space_kind, s.home AS home"
    " FROM core_ledger_entry e"
    " JOIN core_ledger_posting p ON p.id = e.posting_id"
    " JOIN core_ledger_account a ON a.id = e.account_id"
    " LEFT JOIN fund_income i ON i.posting = p.key"
    " LEFT JOIN core_space s ON s.id = i.seller_id"
    " WHERE e.posting_id IN (SELECT t.posting_id FROM core_ledger_entry t"
    " JOIN core_ledger_account b ON b.id = t.account_id"
    " WHERE b.code = 'fund' OR b.code LIKE 'earmark:%')"
    " ORDER BY e.id"
).columns(at=sa.DateTime())


def upgrade() -> None:
    _make_tables()
    won: Counter[tuple[Any, ...]] = Counter()
    entries: Counter[tuple[Any, ...]] = Counter()
    rows: list[dict[str, Any]] = []
    moved = sa.table("fund_moved", sa.column("posting"), sa.column("way"), sa.column("kind"))
    for posting, way, kind, at, places in _postings():
        rows.append({"posting": posting, "way": way, "kind": kind})
        for place, amount in places:
            won[_month(at), place, way, kind] -= amount
            entries[_month(at), place, way, kind] += 1
        if len(rows) == 1_000:
            op.bulk_insert(moved, rows)
            rows = []
    if rows:
        op.bulk_insert(moved, rows)
    names = ("month", "earmark_id", "way", "kind")
    sums = sa.table("fund_month_sum", *(sa.column(name) for name in (*names, "amount", "entries")))
    found = [
        {**dict(zip(names, key, strict=True)), "amount": won[key], "entries": entries[key]}
        for key in sorted(entries)
    ]
    if found:
        op.bulk_insert(sums, found)
    append_only("fund_moved")
    append_only("fund_opinion")


def _make_tables() -> None:
    op.create_table(
        "fund_moved",
        sa.Column("posting", sa.String(length=120), nullable=False),
        sa.Column("way", sa.String(length=5), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.CheckConstraint("way IN ('in', 'out', 'apart')", name=op.f("ck_fund_moved_way")),
        sa.PrimaryKeyConstraint("posting", name=op.f("pk_fund_moved")),
    )
    op.create_table(
        "fund_month_sum",
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("earmark_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("way", sa.String(length=5), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "month", "earmark_id", "way", "kind", name=op.f("pk_fund_month_sum")
        ),
    )
    op.create_table(
        "fund_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["core_person.id"], name=op.f("fk_fund_opinion_author_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_opinion")),
        sa.UniqueConstraint("key", name=op.f("uq_fund_opinion_key")),
    )
    op.create_index("ix_fund_opinion_period_id", "fund_opinion", ["period", "id"])
    op.create_table(
        "fund_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_check")),
    )


def _postings() -> Iterator[tuple[str, str, str, datetime, list[tuple[int, int]]]]:
    found = op.get_bind().execute(_STANDING.execution_options(yield_per=2_000))
    for posting, some in groupby(found, lambda row: row.posting):
        rows = list(some)
        places = [(_place(row.code), row.amount) for row in rows]
        ours = [(place, amount) for place, amount in places if place is not None]
        if len(ours) == len(rows):
            way, kind = "apart", "apart"
        else:
            first, total = rows[0], sum(amount for _, amount in ours)
            way = "in" if first.space_kind or total < 0 else "out"
            kind = _kind(first)
        yield posting, way, kind, rows[0].at, ours


def _kind(row: Any) -> str:
    if row.space_kind:
        return "peer" if row.home else "shop" if row.space_kind == "shop" else "round"
    word = row.subject.partition(":")[0]
    return word if word in _WORDS else "pledge" if word == "campaign" else "other"


def _place(code: str) -> int | None:
    kind, _, owner = code.partition(":")
    if kind == "earmark":
        return int(owner)
    return 0 if kind == "fund" else None


def _month(at: datetime) -> int:
    local = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(ZoneInfo("Asia/Seoul"))
    return local.year * 100 + local.month


def downgrade() -> None:
    op.drop_table("fund_check")
    changeable_again("fund_opinion")
    op.drop_table("fund_opinion")
    op.drop_table("fund_month_sum")
    changeable_again("fund_moved")
    op.drop_table("fund_moved")
