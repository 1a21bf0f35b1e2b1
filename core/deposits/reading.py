"""What each row of a bank's list says: money that came in, something else, or nothing readable."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from ..errors import Refused
from ..sheets import Row, Table, read_table, tidy
from ..values import Message
from .columns import Columns, find_columns, is_heading

SEEN, NOT_A_DEPOSIT, REFUSED = "seen", "not_a_deposit", "refused"
MOST = 10**12
MOST_BYTES = 5 * 2**20
"""Bytes of a bank's file."""

_SUM = re.compile(r"[+-]?[0-9]{1,15}(?:\.0+)?")
_OUTGOING = ("출금", "지급", "이체출금")


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that came in; ``mark`` is the same whenever a file brings the same row."""

    line: int
    at: datetime
    amount: int
    depositor: str
    memo: str
    mark: str

    @property
    def text(self) -> str:
        return f"{self.depositor} {self.memo}"


@dataclass(frozen=True, slots=True)
class Left:
    """A row that brings no deposit, and why."""

    line: int
    outcome: str
    why: Message


@dataclass(frozen=True, slots=True)
class Brought:
    """A bank's file as it came; ``digest`` names its content."""

    name: str
    digest: str
    table: Table


def read_file(name: str, content: bytes) -> Brought:
    """Read a bank's file; Refused if it cannot be read."""
    table = read_table(content, name, known=is_heading)
    return Brought(tidy(name)[-120:], hashlib.sha256(content).hexdigest(), table)


def read_deposits(table: Table, zone: tzinfo) -> tuple[list[Paid], list[Left]]:
    """Read every row of a bank's list; each is either money that came in or left with a reason.

    Rows that look the same are told apart by their count, so that files which overlap bring each
    of them once.
    """
    columns = find_columns(table.columns)
    paid, left, alike = list[Paid](), list[Left](), Counter[str]()
    for row in table.rows:
        try:
            found = _read(row, columns, zone)
        except Refused as refused:
            left.append(Left(row.line, REFUSED, refused.message))
            continue
        if isinstance(found, Message):
            left.append(Left(row.line, NOT_A_DEPOSIT, found))
            continue
        at, amount, depositor, memo, looks = found
        alike[looks] += 1
        mark = hashlib.sha256(f"{looks}|{alike[looks]}".encode()).hexdigest()
        paid.append(Paid(row.line, at, amount, depositor, memo, mark))
    return paid, left


def _read(
    row: Row, columns: Columns, zone: tzinfo
) -> Message | tuple[datetime, int, str, str, str]:
    amount = _came_in(row.cells, columns)
    if isinstance(amount, Message):
        return amount
    at = read_moment(row.cells[columns.day], row.cells.get(columns.hour, ""), zone)
    texts = [text for name in columns.texts if (text := " ".join(row.cells[name].split()))]
    depositor, memo = (texts or [""])[0][:60], " ".join(texts[1:])[:120]
    balance = row.cells.get(columns.balance, "")
    looks = "|".join((at.isoformat(), str(amount), depositor, memo, _digits(balance)))
    return at, amount, depositor, memo, looks


def _came_in(cells: Mapping[str, str], columns: Columns) -> int | Message:
    """Return the won that came in, or why this row is no deposit."""
    amount = read_sum(cells.get(columns.paid_in, ""))
    if amount == 0 and not columns.paid_in:
        amount = read_sum(cells.get(columns.amount, ""))
        if amount < 0 or cells.get(columns.kind, "").replace(" ", "") in _OUTGOING:
            return Message("Money that went out.", {})
    if amount == 0:
        out = read_sum(cells.get(columns.paid_out, ""))
        return Message("Money that went out.", {}) if out else Message("No sum stands here.", {})
    if not 0 < amount <= MOST:
        raise Refused("This sum cannot be right: %(amount)s.", amount=f"{amount:,}")
    return amount


def read_sum(text: str) -> int:
    """Return a sum of won as banks write it, 0 for none; Refused for anything else."""
    bare = re.sub(r"[\s,원₩\\]", "", text)
    if bare in ("", "-"):
        return 0
    if not _SUM.fullmatch(bare):
        raise Refused("%(text)s is no sum of won.", text=text[:40])
    return int(bare.partition(".")[0])


def read_moment(day: str, hour: str, zone: tzinfo) -> datetime:
    """Return when it came, in the zone of the bank; Refused if that cannot be read."""
    numbers = re.findall(r"[0-9]+", f"{day} {hour}")
    if numbers and len(numbers[0]) in (8, 12, 14):
        numbers = [*_cut(numbers[0], 4), *numbers[1:]]
    if len(numbers) >= 4 and len(numbers[3]) in (4, 6):
        numbers = [*numbers[:3], *_cut(numbers[3], 2)]
    try:
        if len(numbers) < 3 or len(numbers[0]) != 4:
            raise ValueError
        parts = [*map(int, numbers[:6]), 0, 0, 0]
        return datetime(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], tzinfo=zone)
    except ValueError as error:
        raise Refused("%(text)s is no day.", text=day[:40] or "-") from error


def _cut(digits: str, first: int) -> list[str]:
    rest = digits[first:]
    return [digits[:first], *(rest[place : place + 2] for place in range(0, len(rest), 2))]


def _digits(text: str) -> str:
    return re.sub("[^0-9-]", "", text)
