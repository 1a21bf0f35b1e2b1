"""The accounts of the fund in the node's ledger.

The fund's money is ``fund``, which is free, and ``earmark:<id>``, which is set apart; together they
are what the public page shows. Setting apart only moves money between them. No account of the
fund goes below nothing, so what is set apart is never more than what there is.
"""

from __future__ import annotations

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
