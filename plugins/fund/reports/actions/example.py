"""Areas, bookings, offices and a first opinion, for trying the node out."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from .....core import audit, members
from .....core.node import Node
from ...access import AUDITOR, TREASURER
from ...earmarks import actions as earmarks
from ..queries.offices import holders
from ..queries.periods import this_month, zone_of
from .auditing import say
from .booking import Booking, book, make_area, set_apart

_KEEPER, _CHECKER = "activist@gangbuk.example", "resident@gangbuk.example"

_AREAS = (
    (
        "space",
        "공간",
        "마을부엌과 모임방을 고치고 오래 쓰기 위한 돈이에요. 보증금, 수리, 난방에 써요.",
    ),
    ("school", "학교", "마을대학과 아이들의 마을 배움에 써요. 강사비와 재료비예요."),
    ("food", "먹거리", "겨울 반찬 나눔과 공유냉장고처럼, 끼니를 서로 챙기는 일에 써요."),
    ("care", "돌봄", "혼자 지내는 이웃의 병원 동행과 안부 확인에 써요."),
)


def load_example(node: Node, session: Session) -> None:
    """Make four areas with money in them, a grant, a donation, a mistake that was put right, and
    both offices with an opinion on this month; twice the same as once."""
    keeper = members.find_person(session, _KEEPER)
    checker = members.find_person(session, _CHECKER)
    if keeper is None or checker is None:
        return
    if not holders(session):
        now = node.clock.now()
        for office, person in ((TREASURER, keeper), (AUDITOR, checker)):
            members.grant(session, person.id, office, at=now)
            audit.record(
                session, "fund.office_given", at=now, person_id=None,
                subject=("person", person.id), office=office,
            )  # fmt: skip
    made = {
        key: make_area(
            node, session, name=name, purpose=purpose, key=f"example:{key}", actor_id=keeper.id
        )
        for key, name, purpose in _AREAS
    }
    today = node.clock.now().astimezone(zone_of(node)).date()
    for number, (kind, amount, text, area) in enumerate((
        ("grant", 3_000_000, "마을공동체 공간 조성 보조금 1차", "space"),
        ("donation", 2_500_000, "나눔장터와 마을 잔치 수익금", None),
        ("donation", 70_000, "김장 나눔 모금함", None),
    )):  # fmt: skip
        day = today - timedelta(days=min(today.day - 1, 3 - number))
        where = made[area].id if area else None
        booking = Booking(kind, amount, day, text, where, f"example:{number}")
        book(node, session, booking, actor_id=keeper.id)
    _put_right(node, session, keeper.id)
    for key, amount, reason in (
        ("food", 300_000, "겨울 반찬 나눔 스무 집 석 달 치"),
        ("care", 80_000, "병원 동행 교통비 넉 달 치"),
    ):
        set_apart(
            node, session, made[key].id, amount=amount, frees=False, reason=reason,
            key=f"example:{key}", actor_id=keeper.id,
        )  # fmt: skip
    bill = earmarks.Move(
        92_400, "fund:example:bill", "booking:example", "공유냉장고 고친 값 (영수증 보관)",
        keeper.id, kind="other",
    )  # fmt: skip
    earmarks.spend(node, session, bill, source=made["food"])
    fee = earmarks.Move(
        3_300, "fund:example:fee", "booking:example", "통장 관리 수수료", keeper.id, kind="other"
    )
    earmarks.spend(node, session, fee, source=None)
    say(
        node, session, this_month(node),
        "통장 내역과 장부를 한 줄씩 견주어 보았고, 모두 맞았어요. "
        "잘못 적은 기부 한 건은 까닭을 적어 바로잡았어요. "
        "공유냉장고 수리는 영수증을 직접 보았어요.",
        key="example", actor_id=checker.id,
    )  # fmt: skip


def _put_right(node: Node, session: Session, actor_id: int) -> None:
    """Take back the third booking: the box was counted twice."""
    earmarks.take_back(
        node, session, "fund:booked:example:2", memo="바로잡음: 같은 모금함을 두 번 적었어요",
        actor_id=actor_id,
    )  # fmt: skip
