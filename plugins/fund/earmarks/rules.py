"""The accounts of the fund in the node's ledger.

The fund's money is ``fund``, which is free, and ``earmark:<id>``, which is set apart; together they
are what the public page shows. Setting apart only moves money between them. No account of the
fund goes below nothing, so what is set apart is never more than what there is.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from ....core.ledger import account

FREE = account("fund")
"""What belongs to the neighbourhood and is not set apart for anything."""

BANK = account("bank")

KINDS = frozenset({"fund", "earmark"})
"""Kinds of accounts that are the fund's."""

AREA, PROJECT = "area", "project"


def apart(earmark_id: int | None) -> str:
    """Return the account of an earmark, None for the free money."""
    return FREE if earmark_id is None else account("earmark", earmark_id)


IN, OUT, APART = "in", "out", "apart"
"""What a posting is to the fund: money that comes, that goes, that is set apart or freed."""

ROUND, SHOP, PEER = "round", "shop", "peer"
"""The centre's share of what is sold in rounds, in shops, and by producers of other nodes."""

KINDS_OF_MONEY = (
    ROUND, SHOP, PEER, "dues", "donation", "pledge", "grant", "claim", "loan", "other",
)  # fmt: skip
"""Where money came from, or why it went."""

_BY_SUBJECT = {"campaign": "pledge"}
"""Subjects whose first word is not itself a kind of money."""


def kind_by(subject: str, said: str = "") -> str:
    """Return the kind of a movement: what was said, else what the subject tells ("claim:7")."""
    if said:
        if said not in KINDS_OF_MONEY:
            raise ValueError(f"no such kind of money: {said}")
        return said
    word = subject.partition(":")[0]
    word = _BY_SUBJECT.get(word, word)
    return word if word in KINDS_OF_MONEY else "other"


def place(code: str) -> int | None:
    """Return which part of the fund an account is: an earmark's id, 0 for free money, None if the
    account is not the fund's."""
    kind, _, owner = code.partition(":")
    if kind not in KINDS:
        return None
    return int(owner) if kind == "earmark" else 0


def month_of(at: datetime, zone: ZoneInfo) -> int:
    """Return the month of an instant as a number that rises: December 2026 is 202612."""
    local = at.astimezone(zone)
    return local.year * 100 + local.month
