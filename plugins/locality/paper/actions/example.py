"""Two issues of the paper, for trying the node out."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from .....core.answers import ExampleStep
from .....core.node import Node
from ..queries import content_of, last, zone_of
from ..rules import begin, kept, monday
from .choosing import locked_issue
from .publishing import let_out

_FIRST = (
    "첫 마을신문이에요. 큰 글씨로 한 장에 담아 경로당과 가게 문에 붙여요. "
    "알리고 싶은 일이 있으면 언제든 이야기해 주세요."
)
_SECOND = (
    "바람이 차가워졌어요. 김장 배추가 밭에서 잘 자라고 있대요. "
    "혼자 하기 힘든 분은 거점에 말씀해 주세요. 같이 해요."
)


def load(node: Node, session: Session) -> None:
    """Make last week's issue and this week's, unless there is one already."""
    if last(session) is not None:
        return
    now, zone = node.clock.now(), zone_of(node)
    week = monday(now, zone)
    before = locked_issue(session, week - timedelta(days=7))
    before.greeting = _FIRST
    out_at = begin(before.week, zone) + timedelta(days=3, hours=9)
    before.number, before.out_at = 1, out_at
    before.content = kept(content_of(node, session, before, 1, out_at))
    locked_issue(session, week).greeting = _SECOND
    session.flush()
    let_out(node, session, week, actor_id=None)


STEP = ExampleStep(68, "two issues of the paper", load)
