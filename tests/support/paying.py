"""Paying out what a settled round owes: accounts, a run, and what stands in it."""

from __future__ import annotations

from support.settling import Sold
from wizzle.core import ledger
from wizzle.plugins.assembly.payouts import actions, queries
from wizzle.plugins.assembly.payouts.models import Payout
from wizzle.plugins.assembly.payouts.rules import total

FARM = 2524 + 2 * 1955
OTHER = 4250
ACTIVIST = 208 + 2 * 161 + 350
"""What the farms and the activist of ``sold`` have coming once it is settled, in won."""


def account(sold: Sold, kind: str, space: str) -> str:
    return ledger.account(kind, sold.cast.space(space).id)


def name_payees(sold: Sold, *wanted: tuple[str, str]) -> None:
    everyone = (("producer", "farm"), ("producer", "other_farm"), ("activist", "hub"))
    accounts = [account(sold, *each) for each in wanted or everyone]
    with sold.node.db.write() as session:
        for each in accounts:
            actions.name_payee(
                sold.node, session, each, bank="농협은행", number="302-1234-5678-91",
                holder="홍길동", actor_id=None,
            )  # fmt: skip


def pay(sold: Sold, key: str = "1", shown: int | None = None) -> Payout:
    with sold.node.db.write() as session:
        if shown is None:
            shown = total(queries.owed(session))
        made = actions.pay_out(sold.node, session, key=key, shown=shown, actor_id=None)
        session.flush()
        session.expunge(made)
        return made


def rows(sold: Sold, payout_id: int) -> dict[str, int]:
    with sold.node.db.read() as session:
        page = queries.payout_page(session, payout_id)
        return {row.account: row.amount for row in page.rows}
