"""An open call with applications, for trying the node out."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import ExampleStep
from .....core.node import Node
from ..models import Application, Call
from ..rules.calls import AREA, BOTH, HUB, RECEIVED, REVIEW, TALK
from .agreeing import VERSION
from .counting import count_on
from .held import note

_RULES = """함께 장을 보고 싶은 동네를 찾아요.

누가 신청하나요
- 서로 얼굴을 아는 열 가구 이상의 모임
- 일주일에 두 시간, 물건을 나눌 자리가 있는 곳

우리는 이렇게 도와요
- 첫 석 달은 우리 활동가가 함께 나가요
- 생산자와 처음 만나는 자리를 마련해요
- 지역위즐을 새로 여는 지역에는 서버와 운영 방법을 알려 드려요

이렇게 정해요
- 함께할 이웃이 있는지, 오래 이어 갈 수 있는지를 봐요
- 신청한 순서가 아니라 이야기를 나누어 보고 정해요
"""
_OVER = "지난봄에 두 곳이 새로 문을 열었어요. 신청해 주신 모임들, 고맙습니다."

_Said = tuple[str, str, str, str, int, str, str, str, str]
_APPLICATIONS: tuple[_Said, ...] = (
    (
        HUB, "번동 부모모임 ‘같이밥상’", "seoul", "강북구 번동", 18, RECEIVED,
        "같은 어린이집에 다니던 부모 열여덟 가구예요. 목요일 저녁마다 돌아가며 반찬을 나누다가, "
        "이왕이면 생산자에게 바로 받아 보자고 뜻을 모았어요. 작은도서관 1층을 쓸 수 있어요.",
        "이도담", "",
    ),
    (
        AREA, "도봉 마을살림모임", "seoul", "도봉구 쌍문동", 42, TALK,
        "골목에서 텃밭을 함께 가꾸는 모임이에요. 내년에는 우리 지역위즐을 열고 싶어요. "
        "컴퓨터를 다룰 줄 아는 분이 둘 있고, 가까운 가게 세 곳이 함께하겠다고 했어요.",
        "한여울", "목요일 모임에 다녀옴. 자리와 사람은 충분해 보임. 첫 생산자를 소개해 주기로.",
    ),
    (
        HUB, "우이동 어르신 사랑방", "seoul", "강북구 우이동", 12, REVIEW,
        "장 보러 멀리 나가기 힘든 어르신이 많아요. 사랑방에서 함께 받으면 좋겠어요.",
        "정다온", "",
    ),
)  # fmt: skip


def load(node: Node, session: Session) -> None:
    """Make the calls and applications, once; and add the ledger up."""
    now = node.clock.now()
    while count_on(node, session):
        pass
    if session.scalar(select(Call.id).limit(1)) is not None:
        return
    call = _call("example-open", "새 거점과 새 지역을 찾아요", _RULES, now, since=5, until=30)
    over = _call("example-over", "봄맞이 거점 모집", _OVER, now, since=240, until=-200)
    session.add_all([call, over])
    session.flush()
    for number, said in enumerate(_APPLICATIONS, 1):
        _apply(session, call, number, said, now - timedelta(days=4 - number))


def _call(key: str, title: str, rules: str, now: datetime, *, since: int, until: int) -> Call:
    return Call(
        key=key, title=title, kind=BOTH, rules=rules, opens_at=now - timedelta(days=since),
        closes_at=now + timedelta(days=until), published_at=now - timedelta(days=since),
        version=1,
    )  # fmt: skip


def _apply(session: Session, call: Call, number: int, said: _Said, at: datetime) -> None:
    kind, group, province, place, households, state, motivation, name, remark = said
    application = Application(
        key=f"example-{number}", call_id=call.id, person_id=None, kind=kind, group=group,
        province=province, place=place, households=households, motivation=motivation, name=name,
        email=f"group{number}@example.org", phone="", language="ko", may_introduce=number == 2,
        agreed_version=VERSION, state=state, reason="", received_at=at, changed_at=at,
    )  # fmt: skip
    session.add(application)
    session.flush()
    passed = {RECEIVED: (RECEIVED,), REVIEW: (RECEIVED, REVIEW), TALK: (RECEIVED, REVIEW, TALK)}
    for place_, each in enumerate(passed[state]):
        note(session, application.id, each, "", at=at + timedelta(hours=5 * place_), actor_id=None)
    if remark:
        note(session, application.id, "", remark, at=at + timedelta(hours=30), actor_id=None)


STEP = ExampleStep(66, "an open call with applications", load)
