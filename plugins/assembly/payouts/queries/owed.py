"""What producers and activists are owed now, where it goes, and the cash that hubs hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, String, case, cast, literal, select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.models import Space
from ..models import Payee
from ..rules import KINDS, Owed
from ..rules import Payee as Account

SIZE = 50


@dataclass(frozen=True, slots=True)
class CashInHand:
    """The won in cash that a space holds for the node."""

    space_id: int
    name: str
    amount: int


def owed(session: Session) -> list[Owed]:
    """Return every account of a producer or an activist that does not stand at 0, by name."""
    return _owed(session, ledger.balances(session, *KINDS, "cash"))


def owed_to(session: Session, accounts: Collection[str]) -> list[Owed]:
    """Return those of these accounts that do not stand at 0, by name."""
    tills = [f"cash:{_owner(code)}" for code in accounts if code.startswith("producer:")]
    balances = ledger.balances_of(session, [*accounts, *tills])
    return _owed(session, balances)


def _owed(session: Session, balances: Mapping[str, int]) -> list[Owed]:
    cash = {_owner(code): won for code, won in balances.items() if code.startswith("cash:")}
    ours = {code: won for code, won in balances.items() if won and not code.startswith("cash:")}
    names = _names(session, [_owner(code) for code in ours])
    payees = _payees(session, ours)
    found = [
        Owed(code, code.partition(":")[0], _owner(code), names.get(_owner(code), code), won,
             _kept(code, cash), payees.get(code))
        for code, won in ours.items()
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.name, each.account))


def _kept(code: str, cash: Mapping[int, int]) -> int:
    """Return the cash that a seller took for its own sales, below 0 what it gave back out of its
    own pocket; a hub's cash belongs to all of its round."""
    return cash.get(_owner(code), 0) if code.startswith("producer:") else 0


def _owner(code: str) -> int:
    return int(code.partition(":")[2])


def _names(session: Session, ids: Collection[int]) -> dict[int, str]:
    rows = session.execute(select(Space.id, Space.name).where(Space.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _payees(session: Session, accounts: Collection[str]) -> dict[str, Account]:
    rows = session.execute(select(Payee.__table__).where(Payee.account.in_(accounts)))
    return {row.account: Account(row.bank, row.number, row.holder) for row in rows}


def payee_of(session: Session, account: str) -> Account | None:
    """Return the bank account to which this account is paid out."""
    return _payees(session, [account]).get(account)


def spaces(
    session: Session, *, after: int | None = None, limit: int = SIZE + 1
) -> Sequence[Row[Any]]:
    """Return all who can be paid, by rising id: space_id, kind, name, and their bank account
    (bank, number and holder, None if there is none)."""
    kind = case((Space.kind == "hub", "activist"), else_="producer")
    account = kind + literal(":") + cast(Space.id, String)
    query = (
        select(Space.id.label("space_id"), kind.label("kind"), Space.name, Payee.bank,
               Payee.number, Payee.holder)
        .outerjoin(Payee, Payee.account == account)
        .order_by(Space.id)
        .limit(limit)
    )  # fmt: skip
    return session.execute(query if after is None else query.where(Space.id > after)).all()


def cash_in_hand(session: Session) -> list[CashInHand]:
    """Return the cash that each space holds, by name; those without are left out."""
    found = {_owner(code): won for code, won in ledger.balances(session, "cash").items() if won}
    names = _names(session, list(found))
    listed = [CashInHand(id_, names.get(id_, str(id_)), won) for id_, won in found.items()]
    return sorted(listed, key=lambda each: (each.name, each.space_id))
