"""Example content: a drive that is open, one that worked, one that did not, and a proposal."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import members
from .....core.donations import Notice
from .....core.models import Grant, Person, Space
from .....core.node import Node
from .....core.values import STEWARD
from ...carrying import queries as carrying
from ...carrying.actions import accept, show
from ...carrying.actions.showing import Evidence
from ...earmarks import queries as earmarks
from ..models import Drive, Pledge
from ..rules import COUNTING_DAYS, Caps, Part, Plan, path_of, subject_of
from .arriving import arrive, pay_back
from .closing import count
from .matching import Offer, open_match
from .opening import open_drive
from .pledging import Wish, promise
from .proposing import add_reward, propose, tell_news

_DATA = Path(__file__).parents[2] / "data" / "drives.toml"
_PLAN = ("title", "summary", "minimum", "optimum", "for_minimum", "for_optimum", "first_days",
         "second_days", "carrier")  # fmt: skip
Said = Mapping[str, Any]


@dataclass
class _Clock:
    at: datetime

    def now(self) -> datetime:
        return self.at


@cache
def _data() -> list[Said]:
    found: list[Said] = tomllib.loads(_DATA.read_text("utf-8"))["drive"]
    return found


def load_example(node: Node, session: Session) -> None:
    """Make the example's drives; those that stand already stay as they are."""
    steward = select(Grant.person_id).where(Grant.role == STEWARD, Grant.space_id.is_(None))
    keeper = session.scalar(steward.order_by(Grant.id).limit(1))
    if keeper is None:
        return
    for said in _data():
        key = f"example:{said['key']}"
        if session.scalar(select(Drive.id).where(Drive.key == key)) is None:
            _Played(node, session, said, keeper).play(key)


class _Played:
    """One drive, played at the times that it tells of."""

    def __init__(self, node: Node, session: Session, said: Said, keeper: int) -> None:
        self.real, self.session, self.said, self.keeper = node, session, said, keeper
        self.clock = _Clock(node.clock.now())
        self.node = replace(node, ports=replace(node.ports, clock=self.clock))
        self.pledges: list[tuple[int, Pledge]] = []

    def day(self, days: int) -> date:
        """Return the day so many days from today."""
        zone = ZoneInfo(self.real.settings.node.time_zone)
        return self.real.clock.now().astimezone(zone).date() + timedelta(days=days)

    def at(self, days: int) -> None:
        """Set the clock to noon of a day, never past now."""
        zone = ZoneInfo(self.real.settings.node.time_zone)
        noon = datetime.combine(self.day(days), time(12), tzinfo=zone)
        self.clock.at = min(noon, self.real.clock.now())

    def person(self, key: str) -> int | None:
        """Return somebody of the example, None where they are not."""
        found: Person | None = members.find_person(self.session, f"{key}@gangbuk.example")
        return None if found is None else found.id

    def play(self, key: str) -> None:
        """Tell everything in the order in which it happened."""
        said = self.said
        opened = said.get("opened")
        self.at(-1 if opened is None else opened - 2)
        plan = Plan(
            **{name: said[name] for name in _PLAN}, story=said["story"].strip(),
            parts=tuple(Part(*row) for row in said["parts"]), reports=tuple(said["reports"]),
        )  # fmt: skip
        by = self.person(said["by"]) or self.keeper
        drive = propose(self.node, self.session, plan, space_id=None, key=key, actor_id=by)
        if opened is None or by == self.keeper:
            return
        offered = [self._reward(drive.id, number, each)
                   for number, each in enumerate(said.get("rewards", ()))]  # fmt: skip
        self.at(opened)
        open_drive(self.node, self.session, drive.id, self._notice(), actor_id=self.keeper)
        self._match(drive.id)
        self._pledge(drive.id, offered)
        for news in said.get("news", ()):
            if not said.get("count"):
                self._news(drive.id, news, by)
        if said.get("count"):
            self._end(drive, by)

    def _notice(self) -> Notice:
        place, today = self.real.settings.node, self.day(0)
        return Notice(
            organiser=f"{place.name} 마을기금", contact="02-000-5150", representative="한마루",
            purpose="", tax_benefit=False, cost_bp=0, results="이 페이지에서 단계마다",
            goal=1, collect_from=today, collect_until=today, use_from=today,
            use_until=today + timedelta(days=365), account="농협 000-0000-0000-00 마을기금",
        )  # fmt: skip

    def _reward(self, drive_id: int, number: int, said: Said) -> tuple[int, Said]:
        made = add_reward(
            self.node, self.session, drive_id, key=f"example:{number}", actor_id=self.keeper,
            title=said["title"], text=said["text"], price=said["price"], number=said["number"],
            ready_on=self.day(said["ready"]),
        )  # fmt: skip
        return made.id, said

    def _match(self, drive_id: int) -> None:
        caps = self.said.get("match")
        group = self.session.scalar(
            select(Space.id)
            .where(Space.kind == "organisation", Space.closed_at.is_(None))
            .order_by(Space.id.desc())
            .limit(1)
        )
        if caps is None or group is None:
            return
        amount, per_pledge, per_drive, per_person = caps
        offer = Offer(self.said["match_title"], amount,
                      Caps(10_000, per_pledge, per_drive, per_person), space_id=group)  # fmt: skip
        open_match(self.node, self.session, offer, [drive_id],
                   key=f"example:{self.said['key']}", actor_id=self.keeper)  # fmt: skip

    def _pledge(self, drive_id: int, offered: list[tuple[int, Said]]) -> None:
        rows = [(day, who, {"amount": amount}) for who, amount, day in self.said["pledges"]]
        rows += [(day, who, {"reward_id": reward_id, "quantity": quantity})
                 for reward_id, said in offered
                 for who, quantity, day in said["buyers"]]  # fmt: skip
        last = len(rows) - self.said.get("waiting", 0)
        for number, (day, who, wish) in enumerate(sorted(rows, key=lambda row: row[0])):
            person_id = self.person(who)
            if person_id is None:
                continue
            self.at(day)
            made = promise(
                self.node, self.session, drive_id,
                Wish(person_id, f"example:{number}", wants_receipt=True, **wish),
            )  # fmt: skip
            self.pledges.append((day, made))
            if number < last:
                self.at(min(day + 1, 0))
                arrive(self.node, self.session, drive_id, made.id, actor_id=self.keeper)

    def _news(self, drive_id: int, news: Said, by: int) -> None:
        self.at(news["day"])
        tell_news(self.node, self.session, drive_id, title=news["title"], text=news["text"],
                  key="example", actor_id=by)  # fmt: skip

    def _end(self, drive: Drive, by: int) -> None:
        said = self.said
        self.at(said["opened"] + said["first_days"] + COUNTING_DAYS)
        count(self.node, self.session, drive.id, actor_id=self.keeper)
        if said.get("paid_back"):
            self.at(said["opened"] + said["first_days"] + COUNTING_DAYS + 2)
            for _, pledge in self.pledges:
                if pledge.owed_at is not None:
                    pay_back(self.node, self.session, drive.id, pledge.id, actor_id=self.keeper)
        earmark = earmarks.of_subject(self.session, subject_of(drive.id))
        if earmark is None:
            return
        for news in said.get("news", ()):
            self._news(drive.id, news, by)
        if "accepted" in said:
            first = carrying.milestones(self.session, earmark.id)[0]
            link = f"{self.real.settings.node.address.rstrip('/')}{path_of(drive.id)}"
            shown = Evidence(said["accepted"], link)
            show(self.node, self.session, first.id, shown, actor_id=by)
            accept(self.node, self.session, first.id, actor_id=self.keeper)
