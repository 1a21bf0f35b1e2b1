"""The file of the fund's books, and how it is checked from itself alone.

Lines of JSON. The first one says what is claimed; each other one is an entry of a posting that
touched the fund. An entry is sealed by the SHA-256 over itself and the seal of the entry before it
in the node's ledger (``core.ledger.seal``). Entries that are nobody's business outside are not in
the file, yet every seal holds all before it: whoever keeps an older file sees any change.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

FORMAT = "wizzle-fund-books/2"
FUND = frozenset({"fund", "earmark"})
"""Kinds of accounts that are the fund's: what is free, and what is set apart."""

CLOSED = frozenset({"resident", "capital", "pledge", "loan"})
"""Kinds of accounts of persons: a posting with one is published without its words and seals that
could be recomputed, so that nobody is told apart by trying names."""


Months = dict[str, dict[str, int]]
"""Won by month ("2026-12") and kind of account; plus goes into an account, minus out of it."""


@dataclass
class Checked:
    """What reading a file came to; ``breaks`` says in words where it does not hold.

    ``offset`` is by how many seconds the months of the file begin before those of UTC.
    """

    entries: int = 0
    closed: int = 0
    balance: int = 0
    offset: int = 0
    months: Months = field(default_factory=dict)
    breaks: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.breaks


Row = Mapping[str, Any]


def line(row: Row) -> str:
    """Return a line of the file."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def heading(
    *, node: str, name: str, made_at: int, offset: int, entries: int, balance: int,
    months: Mapping[str, Mapping[str, int]],
) -> dict[str, Any]:  # fmt: skip
    """Return the first line of a file: whose it is, and what its entries come to."""
    return {"format": FORMAT, "node": node, "name": name, "made_at": made_at,
            "utc_offset": offset, "entries": entries, "balance": balance,
            "months": months}  # fmt: skip


def add_up(months: Months, row: Row, offset: int) -> None:
    """Add an entry to the sum of its month and kind of account."""
    kind = str(row["account"]).partition(":")[0]
    of_month = months.setdefault(month_of(row, offset), {})
    of_month[kind] = of_month.get(kind, 0) + row["amount"]


def month_of(row: Row, offset: int) -> str:
    """Return the month of an entry; one whose words are closed says it by itself."""
    if row.get("closed"):
        return str(row.get("month"))
    return month_at(row["at"], offset)


def month_at(at: int, offset: int) -> str:
    """Return the month of an instant (Unix time) where clocks are ``offset`` seconds ahead."""
    local = datetime.fromtimestamp(at, UTC) + timedelta(seconds=offset)
    return f"{local:%Y-%m}"


def opened(row: Row, *, closed: bool, offset: int) -> dict[str, Any]:
    """Return an entry as it is published: without words if its posting names a person, and then
    with no more of its time than the month."""
    kind = row["account"].partition(":")[0]
    kept: dict[str, Any]
    if closed:
        kept = {"account": kind, "month": month_at(row["at"], offset), "closed": True}
    else:
        kept = {name: row[name] for name in ("posting", "at", "subject", "memo", "account")}
    group = hashlib.sha256(row["posting"].encode()).hexdigest()[:16]
    return {"entry": row["entry"], "group": group, "amount": row["amount"], **kept,
            "previous": row["previous"], "hash": row["hash"]}  # fmt: skip


def check(lines: Iterable[str]) -> Checked:
    """Read a file and return what is wrong with it, each thing in words."""
    seen = Checked()
    rows = _rows(lines, seen)
    head = next(rows, None)
    if head is None or head.get("format") != FORMAT:
        seen.breaks.append(f"this is no file of {FORMAT}")
        return seen
    if type(head.get("utc_offset")) is not int:
        seen.breaks.append("the file does not say where its months begin")
        return seen
    seen.offset = head["utc_offset"]
    sums: Counter[str] = Counter()
    last: Row | None = None
    for row in rows:
        if not _is_entry(row):
            seen.breaks.append(f"line {seen.entries + 2} is no entry")
            continue
        _check_entry(row, last, seen)
        sums[row["group"]] += row["amount"]
        last = row
    seen.breaks += [f"the entries of group {group} do not sum to zero: {total:+,} won"
                    for group, total in sorted(sums.items()) if total]  # fmt: skip
    _check_claims(head, seen)
    return seen


def changed(older: Iterable[str], newer: Iterable[str]) -> list[str]:
    """Return what an older file says that a newer one says no more, each entry in words."""
    seals = {row["entry"]: row["hash"] for row in _rows(newer, Checked()) if _is_entry(row)}
    return [
        f"entry {row['entry']} of the older file is not in the newer one as it was"
        for row in _rows(older, Checked())
        if _is_entry(row) and seals.get(row["entry"]) != row["hash"]
    ]


def _rows(lines: Iterable[str], seen: Checked) -> Iterator[dict[str, Any]]:
    for number, text in enumerate(lines, 1):
        try:
            row = json.loads(text)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            seen.breaks.append(f"line {number} cannot be read")
            return
        yield row


def _is_entry(row: Row) -> bool:
    words = ("group", "account", "previous", "hash")
    return all(type(row.get(name)) is int for name in ("entry", "amount")) and all(
        isinstance(row.get(name), str) for name in words
    )


def _check_entry(row: Row, last: Row | None, seen: Checked) -> None:
    number = row["entry"]
    if last is not None and number <= last["entry"]:
        seen.breaks.append(f"entry {number} stands after entry {last['entry']}")
    if last is not None and number == last["entry"] + 1 and row["previous"] != last["hash"]:
        seen.breaks.append(f"entry {number} does not follow from the one before it")
    if row.get("closed"):
        seen.closed += 1
    elif row["hash"] != sealed(row):
        seen.breaks.append(f"entry {number} is not what was sealed")
    seen.entries += 1
    if is_the_fund_s(row):
        seen.balance -= row["amount"]
    try:
        add_up(seen.months, row, seen.offset)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        seen.breaks.append(f"entry {number} has no time")


def is_the_fund_s(row: Row) -> bool:
    """Say whether an entry is one of the fund's own."""
    return str(row["account"]).partition(":")[0] in FUND


def sealed(row: Row) -> str:
    """Return the seal of an entry, recomputed."""
    content = [row["previous"], row["entry"], row.get("posting"), row.get("at"),
               row.get("subject"), row.get("memo"), row["account"], row["amount"]]  # fmt: skip
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _check_claims(head: Row, seen: Checked) -> None:
    if head.get("balance") != seen.balance:
        said = head.get("balance")
        seen.breaks.append(f"the file claims a balance of {said} won; it is {seen.balance}")
    if head.get("entries") != seen.entries:
        said = head.get("entries")
        seen.breaks.append(f"the file claims {said} entries; there are {seen.entries}")
    said = head.get("months")
    said = said if isinstance(said, dict) else {}
    seen.breaks += [
        f"the file claims {said.get(month)} for {month}; it is {seen.months.get(month)}"
        for month in sorted({*said, *seen.months})
        if said.get(month) != seen.months.get(month)
    ]
