"""A fund with money, a project that is carried out with it, and people in its offices.

tess and toby are treasurers, audrey audits; hana leads the project.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from wizzle.core import pictures
from wizzle.core.node import Node
from wizzle.plugins.fund.carrying import actions as carrying
from wizzle.plugins.fund.carrying import queries as projects
from wizzle.plugins.fund.carrying.rules import Step
from wizzle.plugins.fund.claims import actions as claims
from wizzle.plugins.fund.claims.rules import Account, Wish
from wizzle.plugins.fund.earmarks import actions as earmarks
from wizzle.plugins.fund.earmarks.actions import Move

from . import cast as casting
from .cast import Cast

for _name, _office in (("tess", "treasurer"), ("toby", "treasurer"), ("audrey", "auditor")):
    casting.PEOPLE.setdefault(_name, (_name, ((None, _office),)))
casting.PEOPLE.setdefault("hana", ("하나", (("group", "owner"),)))
casting.SPACES.setdefault("group", ("organisation", "강북 나눔이웃"))

TODAY = date(2026, 11, 23)
ACCOUNT = Account("신협", "302-1234-5678-91", "앨리스")
NUMBERS = count(1)


def photograph(colour: int = 200) -> bytes:
    """A photograph of nothing, which differs with its colour."""
    kept = io.BytesIO()
    Image.new("RGB", (32, 32), (colour, 120, 90)).save(kept, "PNG")
    return kept.getvalue()


@dataclass
class Purse:
    """The fund of a node, and what people do with it."""

    node: Node
    cast: Cast
    make_site: Callable[[], Flask]
    browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def id(self, name: str) -> int:
        return self.cast.person(name).id

    def browser(self, name: str) -> FlaskClient:
        if name not in self.browsers:
            self.browsers[name] = self.cast.signed_in(self.make_site(), name)
        return self.browsers[name]

    def project(
        self, *amounts: int, leader: str = "hana", late: bool = False, accepted: int = 0
    ) -> int:
        """A project of so many won in each step, of which the first ones are accepted."""
        number, leader_id, keeper = next(NUMBERS), self.id(leader), self.id("tess")
        with self.node.db.write() as session:
            earmark = earmarks.open_for(
                self.node, session, f"test:{number}", name=f"골목 벤치 {number}"
            )
            money = Move(sum(amounts), f"in:{number}", "test:1", "모금")
            earmarks.receive(self.node, session, money, target=earmark)
            steps = [Step(f"걸음 {place}", amount, TODAY + timedelta(days=30 + place))
                     for place, amount in enumerate(amounts)]  # fmt: skip
            carrying.begin(
                self.node, session, earmark, title=f"골목 벤치 {number}", leader_id=leader_id,
                space_id=None, steps=steps,
                report_on=[TODAY + timedelta(days=-2 if late else 40)],
            )  # fmt: skip
            for step in projects.milestones(session, earmark.id)[:accepted]:
                evidence = carrying.Evidence("다 했어요", link="https://example.com/")
                carrying.show(self.node, session, step.id, evidence, actor_id=leader_id)
                carrying.accept(self.node, session, step.id, actor_id=keeper)
            return earmark.id

    def area(self, amount: int) -> int:
        """An area with so many won."""
        number = next(NUMBERS)
        with self.node.db.write() as session:
            area = earmarks.open_area(
                self.node, session, name=f"먹거리 {number}", purpose="", key=f"area:{number}",
                actor_id=None,
            )  # fmt: skip
            money = Move(amount, f"in:{number}", "test:1", "모금")
            earmarks.receive(self.node, session, money, target=area)
            return area.id

    def claim(
        self, earmark_id: int, amount: int, who: str = "alice", until: str = "", **said: Any
    ) -> int:
        """A claim, brought on by toby as the first and tess as the second person."""
        number, claimant, first, second = next(NUMBERS), *map(self.id, (who, "toby", "tess"))
        wish = Wish(earmark_id, said.get("purpose", f"나무 {number}"), amount,
                    said.get("day", TODAY), said.get("seller", f"목재소 {number}"))  # fmt: skip
        drawn = pictures.prepare(photograph(said.get("colour", number % 250)))
        with self.node.db.write() as session:
            made = claims.hand_in(
                self.node, session, wish, ACCOUNT, [drawn], key=str(number), claimant_id=claimant
            )
            if until in ("checked", "approved", "paid"):
                claims.check(self.node, session, made.id, wish.purpose, actor_id=first)
            if until in ("approved", "paid"):
                claims.approve(self.node, session, made.id, actor_id=second)
            return made.id

    def pay(self, shown: int) -> int:
        """Put all that is approved into a run and pay it; return the run."""
        keeper = self.id("tess")
        with self.node.db.write() as session:
            run = claims.make_run(
                self.node, session, key=f"run:{next(NUMBERS)}", shown=shown, actor_id=keeper
            )
            claims.pay(self.node, session, run.id, actor_id=keeper)
            return run.id

    def sends(self, name: str, path: str, follow: bool = False, **data: Any) -> TestResponse:
        return self.browser(name).post(path, data=data, follow_redirects=follow)

    def sees(self, name: str, path: str) -> str:
        answer = self.browser(name).get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.get_data(as_text=True)
