"""An example of what comes from elsewhere: a farm in another county that a neighbour follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from .....core import follows, members
from .....core.answers import ExampleStep
from .....core.node import Node
from ...circles import profile_of
from .. import queries
from ..models import Neighbour
from ..rules.reading import read
from .choosing import show
from .taking import keep

HOME = "https://wanju.example"
FARM = f"{HOME}/orgs/1"
READER = "resident@gangbuk.example"
THINGS: tuple[Mapping[str, Any], ...] = (
    {
        "id": f"{HOME}/things/1",
        "type": "Article",
        "name": "첫눈 오기 전에 무를 뽑았어요",
        "content": "<p>올해 무는 작지만 단단해요. 토요일 아침에 스무 상자를 실어 보냅니다.</p>"
        "<p>무청은 버리지 말고 그늘에 널어 보세요. 겨우내 국거리가 돼요.</p>",
    },
    {
        "id": f"{HOME}/things/2",
        "type": "Event",
        "name": "메주 쑤는 날",
        "content": "<p>콩 서 말을 함께 삶아요. 앞치마와 반찬통을 챙겨 오세요.</p>",
        "location": {"type": "Place", "name": "완주 들녘 마을회관"},
        "attachment": [
            {
                "type": "Image",
                "url": f"{HOME}/pictures/meju.jpg",
                "name": "처마 밑에 줄지어 매단 메주",
            }
        ],
    },
)


def example_steps(_node: Node) -> tuple[ExampleStep, ...]:
    """Return the step, which comes after the people of other plugins."""
    return (ExampleStep(85, "a farm elsewhere that a neighbour follows", load_elsewhere),)


def load_elsewhere(node: Node, session: Session) -> None:
    """Let a resident follow a farm elsewhere of which two things have come; once."""
    person = members.find_person(session, READER)
    if person is None or queries.neighbour(session, FARM) is not None:
        return
    if profile_of(session, person.id) is not None:
        show(node, session, person.id)
    row, now = _farm(node.clock.now()), node.clock.now()
    session.add(row)
    session.flush()
    follows.follow(session, person.id, f"actor:{row.id}", at=now)
    for days, thing in zip((3, 2), THINGS, strict=True):
        found = read(_told(thing, now, now - timedelta(days=days)), now=now)
        if found is not None:
            keep(node, session, row, found)


def _farm(now: datetime) -> Neighbour:
    return Neighbour(
        address=FARM,
        host="wanju.example",
        kind="Organization",
        handle="deulnyeok",
        name="완주 들녘지기",
        words="만경강 가에서 무와 콩을 길러요.",
        page=f"{HOME}/spaces/deulnyeok",
        state="accepted",
        asked_at=now - timedelta(days=9),
    )


def _told(thing: Mapping[str, Any], now: datetime, at: datetime) -> Mapping[str, Any]:
    """Return a thing as its node would tell it; what takes place does so in some days."""
    starts = (now + timedelta(days=6)).replace(hour=1, minute=0, second=0, microsecond=0)
    told = {
        **thing,
        "attributedTo": FARM,
        "to": "as:Public",
        "published": at.isoformat(),
        "tag": [{"type": "Hashtag", "name": "#완주"}],
    }
    return {**told, "startTime": starts.isoformat()} if thing["type"] == "Event" else told
