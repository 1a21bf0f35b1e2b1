"""Two made-up organisations at work, for trying the node out: told by the same actions that the
pages call. Loaded twice it is there once."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .....core import members, notices
from .....core.models import Grant, Job, Person, Space
from .....core.node import Node
from .....core.values import STEWARD
from ...activities import actions as activities
from ...activities.rules import Story
from ...organisations import actions as organisations
from ..rules import Plan, Wanted
from . import calling, confirming, signing_up

GARDEN, TABLE = "수유 마을텃밭 모임", "번동 어르신 밥상"
_TEXTS = tomllib.loads((Path(__file__).parents[2] / "data" / "example.toml").read_text("utf-8"))
_RUN = {GARDEN: ("sol", "ruda"), TABLE: ("dawoon", "bori")}
"""Who runs them, by the beginning of their addresses."""


class _Clock:
    """A clock that stands at a time of the example."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def load(node: Node, session: Session) -> None:
    """Make both organisations with what they tell, ask for and account for, once."""
    if session.scalar(select(Space.id).where(Space.name == GARDEN)) is not None:
        return
    people, steward = _people(session)
    if len(people) < 6 or steward is None:
        return  # there are too few to run, ask and help
    before = session.scalar(select(func.max(Job.id))) or 0
    for name in (GARDEN, TABLE):
        _Played(node, session, name, people, steward).play()
    session.execute(delete(Job).where(Job.id > before, Job.created_at < node.clock.now()))
    notices.let_lie(session, before=node.clock.now())


def _people(session: Session) -> tuple[list[Person], int | None]:
    """Return members of the example, and a steward."""
    steward = select(Grant.person_id).where(Grant.role == STEWARD, Grant.space_id.is_(None))
    query = select(Person).where(Person.blocked_at.is_(None), Person.id.not_in(steward))
    people = list(session.scalars(query.order_by(Person.id).limit(20)))
    return people, session.scalar(steward.order_by(Grant.person_id).limit(1))


class _Played:
    """One organisation, played at the times that it tells of."""

    def __init__(
        self, node: Node, session: Session, name: str, people: list[Person], steward: int
    ) -> None:
        self.real, self.session, self.name = node, session, name
        self.zone = ZoneInfo(node.settings.node.time_zone)
        self.clock = _Clock(node.clock.now())
        self.node = replace(node, ports=replace(node.ports, clock=self.clock))
        self.words = _TEXTS["garden" if name == GARDEN else "table"]
        runs = {f"{start}@gangbuk.example" for start in _RUN[name]}
        ordered = sorted(people, key=lambda each: (each.email not in runs, -each.id))
        self.helpers, self.steward = [each.id for each in ordered], steward
        self.owner, self.space_id = self.helpers[0], 0

    def at(self, days: int, hour: int) -> datetime:
        """Return an hour of the day so many days from today, and set the clock to it if past."""
        day = self.real.clock.now().astimezone(self.zone).date() + timedelta(days=days)
        instant = datetime.combine(day, time(hour), tzinfo=self.zone)
        if instant < self.real.clock.now():
            self.clock.at = instant
        return instant

    def play(self) -> None:
        """Tell everything in the order in which it happened."""
        self.at(-40, 10)
        place = self.real.settings.node
        space = members.make_space(
            self.session, kind="organisation", name=self.name, at=self.clock.now(),
            intro=self.words["intro"], province=place.province, county=place.county,
            address="수유동 옛 공터" if self.name == GARDEN else "번동 마을부엌 2층",
        )  # fmt: skip
        self.space_id = space.id
        for person_id in self.helpers[:2]:
            members.grant(self.session, person_id, "owner", space.id, at=self.clock.now())
        self._name(("모임을 이끌어요", "살림을 맡아요"))
        (self._garden if self.name == GARDEN else self._table)()
        self.clock.at = self.real.clock.now()

    def _name(self, tasks: tuple[str, ...]) -> None:
        space = self.session.get_one(Space, self.space_id)
        for person_id, task in zip(self.helpers, tasks, strict=False):
            address = self.session.get_one(Person, person_id).email
            organisations.ask(
                self.node, self.session, space, address=address, task=task, actor_id=self.owner
            )
            organisations.answer(self.node, self.session, space.id, person_id, agreed=True)

    def _describe(self, form: str, number: str, seen: str) -> None:
        organisations.describe(
            self.node, self.session, self.space_id, form=form, number=number, books_open=True,
            version=0, actor_id=self.owner,
        )  # fmt: skip
        organisations.verify(
            self.node, self.session, self.space_id, seen=seen, version=1, actor_id=self.steward
        )

    def _tell(self, key: str, story: Story, *asked: str) -> None:
        row = activities.draft(
            self.node, self.session, self.space_id, story, key=key, actor_id=self.owner
        )
        activities.publish(self.node, self.session, row.id, actor_id=self.owner)
        for place, text in enumerate(asked[::2]):
            asker = self.helpers[2 + place % (len(self.helpers) - 2)]
            question = activities.ask(
                self.node, self.session, row.id, text, key=f"{key}:{place}", person_id=asker
            )
            if asked[2 * place + 1]:
                activities.answer(
                    self.node, self.session, row.id, question.id, asked[2 * place + 1],
                    actor_id=self.owner,
                )  # fmt: skip

    def _book(self, key: str, kind: str, amount: int, purpose: str) -> None:
        day = self.clock.now().astimezone(self.zone).date()
        organisations.book(
            self.node, self.session, self.space_id,
            organisations.Booking(kind, "cash", amount, purpose, day),
            key=key, receipt_id=None, today=day, actor_id=self.owner,
        )  # fmt: skip

    def _call(self, key: str, wanted: Wanted, *plans: Plan) -> tuple[int, list[int]]:
        call = calling.draft(
            self.node, self.session, self.space_id, wanted, key=key, actor_id=self.owner
        )
        slots = [
            calling.add_slot(
                self.node, self.session, call.id, plan, key=f"{key}:{place}", actor_id=self.owner
            ).id
            for place, plan in enumerate(plans)
        ]
        calling.publish(self.node, self.session, call.id, actor_id=self.owner)
        return call.id, slots

    def _report(self, kind: str, year: int, text: str, *numbers: int) -> None:
        income, expense, reached = numbers
        organisations.write(
            self.node, self.session, self.space_id,
            {"kind": kind, "year": year, "text": text, "income": income, "expense": expense,
             "reached": reached},
            paper=None, drop_paper=False, version=0, actor_id=self.owner,
        )  # fmt: skip

    def _garden(self) -> None:
        year = self.clock.now().astimezone(self.zone).year
        self._describe("informal", "", "모임 규칙과 회의록")
        self._report(
            "plan", year,
            self.words["report"],
            1_800_000, 1_650_000, 120,
        )  # fmt: skip
        self._book("dues", "income", 320_000, "회비")
        self.at(-21, 11)
        self._book("soil", "expense", 86_000, "상토와 퇴비")
        self._tell(
            "kimjang", Story(
                "배추 백이십 포기를 뽑았어요",
                self.words["story"],
                place="수유동 마을텃밭", together="번동 어르신 밥상, 수유초등학교 3학년",
            ),
            "내년 텃밭 자리는 언제 신청하나요?",
            "2월 첫 주에 이 페이지에 알릴게요. 소식 받기를 눌러 두시면 알림이 가요.",
            "아이와 함께 가도 될까요?", "",
        )  # fmt: skip
        self.at(-2, 9)
        self._call(
            "mulch", Wanted(
                "텃밭 겨울나기 함께해요",
                self.words["call"], "수유동 마을텃밭",
            ),
            Plan(self._planned(5, 10), self._planned(5, 12), 6, "장갑과 편한 신발을 챙겨 주세요."),
            Plan(self._planned(12, 10), self._planned(12, 12), 6, "장갑을 챙겨 주세요."),
        )  # fmt: skip

    def _table(self) -> None:
        year = self.clock.now().astimezone(self.zone).year
        self._describe("npo", "제2021-3-강북-12호", "비영리민간단체 등록증")
        self._report(
            "report", year - 1,
            self.words["report"],
            6_240_000, 5_980_000, 42,
        )  # fmt: skip
        self._book("gift", "income", 1_200_000, "마을 바자회 수익")
        _, (past,) = self._call(
            "saturday", Wanted(
                "토요일 반찬 만들기",
                self.words["call"], "번동 마을부엌 2층",
            ),
            Plan(self._planned(-9, 9), self._planned(-9, 12), 4, "앞치마는 부엌에 있어요."),
        )  # fmt: skip
        for person_id in self.helpers[1:4]:
            signing_up.sign_up(self.node, self.session, past, person_id)
        self.at(-9, 14)
        self._book("food", "expense", 214_500, "반찬 재료")
        for person_id in self.helpers[2:4]:
            confirming.confirm(
                self.node, self.session, past, person_id, minutes=180, actor_id=self.owner
            )
        self.at(-8, 18)
        self._tell(
            "bazaar", Story(
                "마흔두 집에 동짓날 팥죽을 나눠요",
                self.words["story"], starts_at=self._planned(9, 13), ends_at=self._planned(9, 16),
                place="번동 마을부엌 2층", together="수유 마을텃밭 모임",
            ),
            "저희 할머니도 받을 수 있을까요?",
            "그럼요. 번동 주민센터 복지 창구에 말씀하시면 저희에게 이어져요.",
        )  # fmt: skip
        self.at(-1, 10)
        _, slots = self._call(
            "porridge", Wanted(
                "동짓날 팥죽 배달",
                "두 사람이 한 조로 여섯 집씩 찾아가요. 걸어서 한 시간이면 됩니다.",
                "번동 마을부엌 2층",
            ),
            Plan(self._planned(9, 13), self._planned(9, 16), 2, "1층에서 보온 가방을 받아 가세요."),
        )  # fmt: skip
        for person_id in self.helpers[2:5]:
            signing_up.sign_up(self.node, self.session, slots[0], person_id, wait=True)

    def _planned(self, days: int, hour: int) -> datetime:
        """Return an hour without moving the clock to it."""
        stood = self.clock.at
        instant = self.at(days, hour)
        self.clock.at = stood
        return instant
