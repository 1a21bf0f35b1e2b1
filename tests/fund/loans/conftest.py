"""A lender who may lend, its treasurer, a borrower, and guarantors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from support.cast import Cast

from wizzle.core import ledger, members
from wizzle.core.node import Node
from wizzle.plugins.fund.loans import actions, queries
from wizzle.plugins.fund.loans.actions import Money, Terms, Wish
from wizzle.plugins.fund.loans.rules import EQUAL, Lending

NUMBERS = count(1)
TODAY = date(2026, 11, 23)
COOP = Lending(
    "수유 사회적협동조합", "social_coop", "제2024-3호", "02-000-0000", 3_000_000, 24, 400, 800,
    "급한 생활비", 30, 5_000_000,
)  # fmt: skip
TERMS = Terms(1_200_000, 12, 0, EQUAL, 400, 800)


@dataclass
class Desk:
    """What people do with loans on ``node``: frank is its treasurer, bob the steward."""

    node: Node
    cast: Cast
    make_site: Callable[[], Flask]

    def id(self, name: str) -> int:
        return self.cast.person(name).id

    def browser(self, name: str) -> FlaskClient:
        return self.cast.signed_in(self.make_site(), name)

    def do(self, action: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Do an action in a transaction of its own and return the id of what it made."""
        with self.node.db.write() as session:
            made = action(self.node, session, *args, **more)
            return getattr(made, "id", made)

    def see(self, query: Callable[..., Any], *args: Any, **more: Any) -> Any:
        with self.node.db.read() as session:
            found = query(session, *args, **more)
            session.expunge_all()
            return found

    def treasurer(self, name: str = "frank") -> int:
        with self.node.db.write() as session:
            at = self.node.clock.now()
            members.grant(session, self.id(name), "treasurer", at=at)
        return self.id(name)

    def lender(self, lending: Lending = COOP, *, verified: bool = True) -> int:
        key = f"lender:{next(NUMBERS)}"
        made = self.do(actions.add_lender, lending, key=key, actor_id=self.treasurer())
        if verified:
            self.do(actions.verify_lender, made, actor_id=self.id("bob"))
        return int(made)

    def draft(self, lender_id: int, name: str = "alice", **more: Any) -> int:
        said = {
            "amount": 1_200_000, "months": 12, "grace": 0, "way": EQUAL, "purpose": "냉장고 수리",
            "repay_how": "월급에서", "key": f"k{next(NUMBERS)}",
        }  # fmt: skip
        wish = Wish(lender_id, **{**said, **more})
        return int(self.do(actions.draft, wish, person_id=self.id(name)))

    def approved(self, lender_id: int, terms: Terms = TERMS, name: str = "alice") -> int:
        """A loan whose contract the borrower has confirmed."""
        made = self.draft(lender_id, name, amount=terms.amount, months=terms.months)
        self.do(actions.hand_in, made, person_id=self.id(name))
        self.do(actions.approve, made, terms, actor_id=self.id("frank"))
        self.do(actions.agree, made, person_id=self.id(name))
        return made

    def out(self, lender_id: int, terms: Terms = TERMS, name: str = "alice") -> int:
        made = self.approved(lender_id, terms, name)
        self.do(actions.pay_out, made, self.today, actor_id=self.id("frank"))
        return made

    @property
    def today(self) -> date:
        return actions.today(self.node)

    def pay(self, loan_id: int, amount: int, key: str = "") -> int:
        money = Money(amount, self.today, key or f"pay:{next(NUMBERS)}")
        return int(self.do(actions.pay, loan_id, money, actor_id=self.id("frank")))

    def loan(self, loan_id: int) -> Any:
        return self.see(queries.a_loan, loan_id)

    def owes(self, loan_id: int) -> int:
        return -self.see(ledger.balance, f"loan:{loan_id}")


@pytest.fixture
def desk(node: Node, cast: Cast, request: pytest.FixtureRequest) -> Desk:
    return Desk(node, cast, lambda: request.getfixturevalue("site"))
