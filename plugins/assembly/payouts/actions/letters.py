"""Telling those who are paid: that the money is on its way, or that the bank sent it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from .....core.banks import bank_in, masked
from .....core.language import won
from .....core.node import Node
from .....core.notices import Notice, tell
from ...cycles.queries import AnyRow, holders
from ...cycles.rules import ACTIVIST
from ...kinds import MONEY
from ..models import Payout, PayoutRow

ROLES = {"producer": "owner", "activist": ACTIVIST}
"""Who is written to on behalf of an account, by its kind."""

Say = Callable[..., str]


def paid_letters(
    node: Node, session: Session, payout: Payout, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Tell those who are paid in a run how much comes to which account, once for each of them."""
    for kind, role in ROLES.items():
        own = {_space(row["account"]): row for row in rows if _kind(row["account"]) == kind}
        for reader in holders(session, role, own):
            row, say = own[reader.space_id], _say(node, reader)
            money = won(row["amount"], reader.language)
            text = [
                say("%(amount)s are sent to %(name)s in these days.",
                    amount=money, name=reader.name),
                say("To: %(bank)s %(number)s", bank=bank_in(reader.language, row["bank"]),
                    number=masked(row["number"])),
                say("Number of the payout: %(number)s", number=payout.number),
            ]  # fmt: skip
            subject = say("You are paid %(amount)s", amount=money)
            _tell(node, session, reader, subject, text, payout, f"paid:{row['account']}")


def returned_letters(
    node: Node, session: Session, payout: Payout, row: PayoutRow, reason: str
) -> None:
    """Tell those who were to be paid that the bank sent it back, and that it is owed still."""
    for reader in holders(session, ROLES[_kind(row.account)], [_space(row.account)]):
        say = _say(node, reader)
        money = won(row.amount, reader.language)
        text = [
            say("The bank sent the %(amount)s for %(name)s back.", amount=money, name=reader.name),
            say("Reason: %(reason)s", reason=reason),
            say("Please tell those who run this site the right account. The money goes out with"
                " the next payout."),
        ]  # fmt: skip
        subject = say("%(amount)s could not be paid to you", amount=money)
        _tell(node, session, reader, subject, text, payout, f"returned:{row.account}")


def _say(node: Node, reader: AnyRow) -> Say:
    return partial(node.catalogues.tongue(reader.language).pgettext, "paid")


def _tell(
    node: Node, session: Session, reader: AnyRow, subject: str, text: list[str], payout: Payout,
    what: str,
) -> None:  # fmt: skip
    notice = Notice(
        kind=MONEY.name,
        title=subject,
        text="\n".join(text),
        url="/me",
        subject=f"payout:{payout.id}",
        key=f"assembly:payout:{payout.id}:{what}",
    )
    tell(node, session, reader.id, notice)


def _kind(account: str) -> str:
    return account.partition(":")[0]


def _space(account: str) -> int:
    return int(account.partition(":")[2])
