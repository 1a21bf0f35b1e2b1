"""The fund for programs: what it holds and every entry, open to everyone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint
from marshmallow import Schema, fields

from ....core.web import this_node
from ....core.web.api import Asked, Listing, Moment, Won, api, described, listed, mark
from . import queries
from .queries import Entry

programs = Blueprint("fund_api", __name__)


class MonthSchema(Schema):
    """What a month brought."""

    start = Moment()
    amount = Won(metadata=described(mark("What came in less what went out, in won.")))


class FundSchema(Schema):
    """The fund in one look."""

    balance = Won(metadata=described(mark("What it holds, in won.")))
    months = fields.List(fields.Nested(MonthSchema))


class EntrySchema(Schema):
    """An entry of the fund with where it came from."""

    id = fields.Integer()
    at = Moment()
    amount = Won(metadata=described(mark("In won; below 0 is what went out.")))
    memo = fields.String()
    occasion = fields.String()
    hub = fields.String(allow_none=True)
    seller = fields.String(allow_none=True)
    reverses = fields.Boolean(metadata=described(mark("Whether it takes back an earlier one.")))


class EntriesAsked(Asked):
    """Entries of the fund."""

    cursor = Asked.cursor_of(int)


@programs.get("/api/v1/fund")
@api("fund.read", mark("What the fund holds, and what each month brought"), "fund",
     gives=FundSchema())  # fmt: skip
def api_fund() -> Mapping[str, Any]:
    """Show the fund in one look."""
    node = this_node()
    with node.db.read() as session:
        return {
            "balance": queries.balance(session), "months": queries.by_month(node, session),
        }  # fmt: skip


@programs.get("/api/v1/fund/entries")
@api(
    "fund.read", mark("The entries of the fund, the newest first"), "fund",
    asks=EntriesAsked(), gives=EntrySchema(), pages=True,
)  # fmt: skip
def api_fund_entries(asked: Mapping[str, Any]) -> Listing:
    """List entries with where each came from."""
    node, limit, cursor = this_node(), asked["limit"], asked["cursor"]
    before = cursor[0] if cursor else None
    with node.db.read() as session:
        found = queries.entries(node, session, before=before, limit=limit + 1)
    page = listed(found, limit, lambda entry: (entry.line.id,))
    return Listing([_told(entry) for entry in page.rows], page.place)


def _told(entry: Entry) -> dict[str, Any]:
    line, source = entry.line, entry.source
    return {
        "id": line.id,
        "at": line.at,
        "amount": line.amount,
        "memo": line.memo,
        "occasion": line.subject,
        "hub": source.hub_name if source else None,
        "seller": source.seller_name if source else None,
        "reverses": line.reverses,
    }
