"""Drives as a test needs them: proposed by erin, kept by bob, pledged to by whoever it takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from wizzle.core import ledger
from wizzle.core.donations import Notice
from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
from wizzle.plugins.fund.earmarks import actions as earmarks
from wizzle.plugins.fund.pledges import actions, queries
from wizzle.plugins.fund.pledges.models import Drive, Match, Pledge
from wizzle.plugins.fund.pledges.rules import Caps, Part, Plan, phase_of, status_of

from .cast import Cast

TODAY = date(2026, 11, 23)
NOTICE = Notice(
    organiser="수유 마을기금", contact="02-000-1111", representative="이나눔", purpose="",
    tax_benefit=False, cost_bp=0, results="이 페이지", goal=1, collect_from=TODAY,
    collect_until=TODAY, use_from=TODAY, use_until=TODAY + timedelta(days=400),
    account="농협 1-2-3",
)  # fmt: skip


def plan(minimum: int = 100_000, optimum: int = 200_000, **more: Any) -> Plan:
    said: dict[str, Any] = {
        "title": "골목 평상", "summary": "앉아서 이야기할 자리", "story": "평상이 없어요.",
        "minimum": minimum, "optimum": optimum, "for_minimum": "나무와 품",
        "for_optimum": "그늘막", "first_days": 10, "second_days": 0, "carrier": "에린",
        "parts": (Part("나무를 사요", minimum, 30),), "reports": (60,),
    }  # fmt: skip
    return Plan(**{**said, **more})


@dataclass
class Raising:
    """What people do with drives on one node."""

    node: Node
    cast: Cast
    made: int = field(default=0)

    @property
    def clock(self) -> FixedClock:
        clock = self.node.clock
        assert isinstance(clock, FixedClock)
        return clock

    @property
    def bob(self) -> int:
        return self.cast.person("bob").id

    def key(self) -> str:
        self.made += 1
        return f"k{self.made}"

    def proposed(self, *, space_id: int | None = None, who: str = "erin", **more: Any) -> int:
        with self.node.db.write() as session:
            return actions.propose(
                self.node, session, plan(**more), space_id=space_id, key=self.key(),
                actor_id=self.cast.person(who).id,
            ).id  # fmt: skip

    def opened(self, notice: Notice = NOTICE, **more: Any) -> int:
        drive_id = self.proposed(**more)
        self.open(drive_id, notice)
        return drive_id

    def open(self, drive_id: int, notice: Notice = NOTICE) -> None:
        with self.node.db.write() as session:
            actions.open_drive(self.node, session, drive_id, notice, actor_id=self.bob)

    def pledge(self, drive_id: int, amount: int = 0, who: str = "alice", **more: Any) -> int:
        person = self.cast.person(who).id
        said = {"key": self.key(), **more}
        with self.node.db.write() as session:
            wish = actions.Wish(person, amount=amount, **said)
            return actions.promise(self.node, session, drive_id, wish).id

    def arrive(self, pledge_id: int) -> int:
        self._book(actions.arrive, pledge_id)
        return pledge_id

    def pay_back(self, pledge_id: int) -> None:
        self._book(actions.pay_back, pledge_id)

    def turn_back(self, pledge_id: int) -> None:
        self._book(actions.turn_back, pledge_id)

    def _book(self, step: Any, pledge_id: int) -> None:
        with self.node.db.write() as session:
            drive_id = queries.pledge(session, pledge_id).drive_id
            step(self.node, session, drive_id, pledge_id, actor_id=self.bob)

    def take_back(self, pledge_id: int) -> None:
        with self.node.db.write() as session:
            person_id = queries.pledge(session, pledge_id).person_id
            assert person_id is not None
            actions.take_back(self.node, session, pledge_id, person_id=person_id)

    def count(self, drive_id: int) -> None:
        """Let the last day of the round pass, and end it."""
        with self.node.db.read() as session:
            phase = phase_of(session.get_one(Drive, drive_id), actions.today(self.node))
        if phase.pledging:
            self.clock.advance(days=phase.days_left + 1)
        with self.node.db.write() as session:
            actions.count(self.node, session, drive_id, actor_id=self.bob)

    def cancel(self, drive_id: int) -> None:
        with self.node.db.write() as session:
            actions.cancel(self.node, session, drive_id, reason="사정", actor_id=self.bob)

    def reward(self, drive_id: int, price: int, number: int | None) -> int:
        said = {"title": "평상 이름표", "text": "", "price": price, "number": number,
                "ready_on": TODAY + timedelta(days=90)}  # fmt: skip
        with self.node.db.write() as session:
            return actions.add_reward(
                self.node, session, drive_id, key=self.key(), actor_id=self.bob, **said
            ).id

    def area(self, won: int) -> int:
        """Make an area that holds so much."""
        with self.node.db.write() as session:
            made = earmarks.open_area(
                self.node, session, name="골목 살림", purpose="", key=self.key(), actor_id=self.bob
            )
            move = earmarks.Move(won, f"test:{made.id}", "test", "시험")
            earmarks.receive(self.node, session, move, target=made)
            return made.id

    def match(self, drive_ids: list[int], amount: int, area_id: int, **caps: int) -> int:
        said = {"factor_bp": 10_000, "per_pledge": 10**9, "per_drive": 10**9, "per_person": 10**9}
        offer = actions.Offer("두 배 기금", amount, Caps(**{**said, **caps}), area_id=area_id)
        with self.node.db.write() as session:
            return actions.open_match(
                self.node, session, offer, drive_ids, key=self.key(), actor_id=self.bob
            ).id

    def left(self, match_id: int) -> int:
        with self.node.db.read() as session:
            return queries.remainder(session, session.get_one(Match, match_id))

    def balance(self, code: str) -> int:
        with self.node.db.read() as session:
            return ledger.balance(session, code)

    def drive(self, drive_id: int) -> Drive:
        with self.node.db.read() as session:
            found = session.get_one(Drive, drive_id)
            session.expunge(found)
            return found

    def pledge_of(self, pledge_id: int) -> Pledge:
        with self.node.db.read() as session:
            found = session.get_one(Pledge, pledge_id)
            session.expunge(found)
            return found

    def status(self, pledge_id: int) -> str:
        return status_of(self.pledge_of(pledge_id))
