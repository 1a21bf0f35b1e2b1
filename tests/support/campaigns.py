"""An organisation with hana, who runs it, and its campaigns as a test needs them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from wizzle.core import ledger
from wizzle.core.donations import Notice
from wizzle.core.models import Job, Space
from wizzle.core.node import Node
from wizzle.plugins.board.campaigns import actions
from wizzle.plugins.board.campaigns.rules import Plan
from wizzle.plugins.board.giving import actions as giving

from . import cast as casting
from .cast import Cast

casting.SPACES.setdefault("group", ("organisation", "강북 나눔이웃"))
casting.PEOPLE.setdefault("hana", ("하나", (("group", "owner"),)))
TODAY = date(2026, 11, 23)
ON_ONE = pytest.mark.parametrize("node", ["sqlite"], indirect=True)
"""For tests of pages and words, to which it is all the same which database stands below."""
PAGE = {"title": "겨울 이불을 모아요", "summary": "추운 밤을 함께 나요.", "story": "이웃이 추워요."}


@dataclass
class Board:
    """What hana does with the campaigns of her organisation."""

    node: Node
    cast: Cast
    make_site: Callable[[], Flask]
    made: int = field(default=0)

    @property
    def site(self) -> Flask:
        """The website, made when a test looks at it."""
        return self.make_site()

    @property
    def group(self) -> Space:
        return self.cast.space("group")

    @property
    def hana(self) -> int:
        return self.cast.person("hana").id

    def browser(self, name: str) -> FlaskClient:
        return self.cast.signed_in(self.site, name)

    def draft(self, kind: str, space_id: int | None = None, **more: Any) -> int:
        self.made += 1
        said = {**PAGE, "receiver": "구청장" if kind == "petition" else "",
                "bring": "마을회관, 토요일" if kind == "things" else "", **more}  # fmt: skip
        with self.node.db.write() as session:
            made = actions.make(
                self.node, session, space_id or self.group.id, Plan(kind=kind, **said),
                key=f"k{self.made}", actor_id=self.hana,
            )  # fmt: skip
            return made.id

    def opened(self, kind: str, **more: Any) -> int:
        campaign_id = self.draft(kind, **more)
        with self.node.db.write() as session:
            actions.open_campaign(self.node, session, campaign_id, actor_id=self.hana)
        return campaign_id

    def appeal(self, space_id: int | None = None, **more: Any) -> int:
        """Open a donation campaign with this notice."""
        campaign_id = self.draft("donation", space_id)
        with self.node.db.write() as session:
            giving.write_notice(self.node, session, campaign_id, notice(**more), actor_id=self.hana)
            giving.open_appeal(self.node, session, campaign_id, actor_id=self.hana)
        return campaign_id

    def promise(self, campaign_id: int, amount: int, who: str = "alice", **more: Any) -> int:
        person = self.cast.person(who)
        self.made += 1
        said = {"way": "named", "wants_receipt": True, "key": f"g{self.made}", **more}
        wish = giving.Wish(amount, name=person.name, person_id=person.id, **said)
        with self.node.db.write() as session:
            return giving.promise(self.node, session, campaign_id, wish).id

    def arrived(self, campaign_id: int, amount: int, who: str = "alice", **more: Any) -> int:
        gift_id = self.promise(campaign_id, amount, who, **more)
        with self.node.db.write() as session:
            giving.arrive(self.node, session, campaign_id, gift_id, actor_id=self.hana)
        return gift_id

    def close(self, campaign_id: int) -> None:
        with self.node.db.write() as session:
            actions.close(self.node, session, campaign_id, actor_id=self.hana)

    def balance(self, code: str | None = None) -> int:
        with self.node.db.read() as session:
            assert ledger.verify(session).ok
            return ledger.balance(session, code or f"organisation:{self.group.id}")

    def letters(self, to: str) -> list[str]:
        """The texts of the letters that wait for this address, the newest last."""
        with self.node.db.read() as session:
            jobs = session.scalars(select(Job).where(Job.kind == "mail").order_by(Job.id))
            return [job.payload["text"] for job in jobs if job.payload.get("to") == to]

    def link(self, to: str) -> str:
        """The path of the link in the last letter to this address."""
        found = re.search(r"https?://[^/\s]+(/\S+)", self.letters(to)[-1])
        assert found
        return found[1]


def notice(**more: Any) -> Notice:
    said: Mapping[str, Any] = {
        "organiser": "강북 나눔이웃", "contact": "02-000-1111", "representative": "이나눔",
        "purpose": "겨울 이불", "tax_benefit": False, "cost_bp": 500, "results": "이 페이지",
        "goal": 9_000_000, "collect_from": TODAY, "collect_until": TODAY + timedelta(days=30),
        "use_from": TODAY, "use_until": TODAY + timedelta(days=90), "account": "농협 1-2-3",
    }  # fmt: skip
    return Notice(**{**said, **more})
