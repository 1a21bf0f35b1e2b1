"""A node with a bank account, and the lists that its bank gives."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import pytest
from market.accounts.conftest import Purse, fair, purse, stall  # noqa: F401 fixtures
from sqlalchemy import select

from wizzle.plugins.market import Item, Order, place_order
from wizzle.plugins.market.accounts.rules import PAY_BY_TRANSFER
from wizzle.plugins.market.transfers import actions
from wizzle.plugins.market.transfers.models import BankFile, Deposit
from wizzle.plugins.market.transfers.schemas import read_file

HEAD = "거래일시,적요,기재내용,찾으신금액,맡기신금액,거래후 잔액,취급점"


@dataclass
class Bank:
    """Brings lists of deposits to the stall's node."""

    purse: Purse

    def __post_init__(self) -> None:
        self.node, self.stall = self.purse.node, self.purse.stall
        self.bob = self.stall.cast.person("bob").id

    def order(self, name: str, product: int, number: int = 1) -> Order:
        """Order and choose to pay by transfer."""
        with self.node.db.write() as session:
            made = place_order(
                self.node, session, self.stall.cast.viewer(name), occasion="fair:1",
                items=[Item(product, number)], key=f"t-{next(self.stall.keys)}",
            )  # fmt: skip
            session.get_one(Order, made.id).payment_provider = PAY_BY_TRANSFER.name
        return made

    def content(self, *rows: str, head: str = HEAD, encoding: str = "cp949") -> bytes:
        return "\n".join([head, *rows]).encode(encoding)

    def row(
        self, depositor: str, amount: int, at: str = "2026.11.20 14:03:22", left: str = ""
    ) -> str:
        return f'{at},타행이체,{depositor},0,"{amount:,}",{left},강북'

    def bring(self, *rows: str, **how: Any) -> int:
        return self.take(self.content(*rows, **how))

    def take(self, content: bytes, name: str = "list.csv") -> int:
        brought = read_file(name, content)
        assert brought.digest == hashlib.sha256(content).hexdigest()
        with self.node.db.write() as session:
            return actions.take_file(
                self.node, session, brought.table, name=name, digest=brought.digest, actor_id=None
            )

    def deposits(self, file: int | None = None) -> list[Deposit]:
        query = select(Deposit).order_by(Deposit.file_id, Deposit.line)
        if file is not None:
            query = query.where(Deposit.file_id == file)
        with self.node.db.read() as session:
            found = list(session.scalars(query))
            session.expunge_all()
            return found

    def states(self, file: int | None = None) -> list[str]:
        return [each.state for each in self.deposits(file)]

    def rest(self, file: int) -> list[tuple[int, str]]:
        with self.node.db.read() as session:
            return [(row[0], row[1]) for row in session.get_one(BankFile, file).rest]

    def decide(self, action: Any, deposit: Deposit, **named: Any) -> None:
        with self.node.db.write() as session:
            action(self.node, session, deposit.id, actor_id=self.bob, **named)


@pytest.fixture
def bank(purse: Purse) -> Bank:  # noqa: F811
    return Bank(purse)
