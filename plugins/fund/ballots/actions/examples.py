"""The example content: a vote of last year that decided, and one in which one can take part.

Everything is done at its own time, by a node whose clock stands there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import members
from .....core.models import Person
from .....core.node import Node
from .....core.values import Viewer
from ...earmarks.actions import Move, receive
from ...programmes import actions as programmes
from ...programmes.rules import Calendar, Call, Idea
from ..models import Vote
from ..rules import ROLL, SHARES, Terms
from .casting import cast_by_code
from .closing import bind, count, keep, open_urn
from .preparing import add_names, freeze, make_codes, prepare

FILE = Path(__file__).parents[2] / "data" / "votes.toml"
_AUTHORS = ("resident", "activist", "sol", "bori", "hangyeol", "narae")
_SMALLEST = 300_000


@dataclass(frozen=True)
class _Standing:
    """A clock that stands at an instant."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@cache
def _data() -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["vote"]
    return found


def load_example(node: Node, session: Session) -> None:
    """Make the example's votes; those that stand already stay as they are."""
    steward = _person(session, "steward") or session.scalars(select(Person).limit(1)).first()
    if steward is None:
        return
    for said in _data():
        key = f"example:{said['key']}"
        if session.scalar(select(Vote.id).where(Vote.key == key)) is None:
            _vote(node, session, said, key, steward.id)


def _person(session: Session, name: str) -> Person | None:
    return members.find_person(session, f"{name}@gangbuk.example")


def _day(node: Node, days: int) -> datetime:
    zone = ZoneInfo(node.settings.node.time_zone)
    day = node.clock.now().astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time(18), tzinfo=zone)


def _then(node: Node, days: int) -> Node:
    """Return the node as it was so many days from now."""
    return replace(node, ports=replace(node.ports, clock=_Standing(_day(node, days))))


def _vote(node: Node, session: Session, said: Mapping[str, Any], key: str, actor_id: int) -> None:
    programme_id = _programme(node, session, said, key, actor_id)
    then = _then(node, said["frozen"])
    terms = Terms(
        title=said["title"], form=said["form"], rule=SHARES, step=100, electorate=ROLL,
        opens_at=then.clock.now(), closes_at=_day(node, said["closes"]), age=said["age"],
        quorum_kind=said["quorum_kind"], quorum=said["quorum"],
    )  # fmt: skip
    made = prepare(then, session, programme_id, terms, key=key, actor_id=actor_id)
    known = [_person(session, name) for name in said.get("members", ())]
    addresses = [each.email for each in known if each is not None and each.email_checked_at]
    add_names(then, session, made.id, addresses, actor_id=actor_id)
    codes = make_codes(then, session, made.id, said["codes"], actor_id=actor_id)
    freeze(then, session, made.id, actor_id=actor_id)
    ballots = [ballot for number, ballot in said["ballots"] for _ in range(number)]
    for code, ballot in zip(codes, ballots, strict=False):
        cast_by_code(then, session, code, ballot)
    if said["closes"] < 0:
        _count(_then(node, said["closes"]), session, made.id, actor_id)


def _count(then: Node, session: Session, vote_id: int, actor_id: int) -> None:
    opened = open_urn(then, session, vote_id)
    if opened is not None:
        keep(then, session, opened, count(opened), actor_id=actor_id)
        bind(then, session, vote_id, actor_id=actor_id)


def _programme(
    node: Node, session: Session, said: Mapping[str, Any], key: str, actor_id: int
) -> int:
    ends = [_day(node, days) for days in said["days"]]
    then = _then(node, said["days"][0] - 10)
    key = f"{key}-vote"
    move = Move(
        said["money"],
        f"fund:{key}:grant",
        f"grant:vote-{said['key']}",
        f"{said['grant']}이 들어왔어요",
    )
    receive(then, session, move, target=None)
    call = Call(
        title=said["title"], summary=said["summary"], story=said["story"].strip(),
        rules=said["rules"], money=said["money"], smallest=_SMALLEST, largest=said["largest"],
        proposers="members", per_person=10, decision="vote", categories=said["categories"],
        places="", earmark_id=None, calendar=Calendar(*ends),
    )  # fmt: skip
    made = programmes.make(then, session, call, key=key, actor_id=actor_id)
    programmes.publish(then, session, made.id, actor_id=actor_id)
    handed = [
        _propose(then, session, made.id, each, _AUTHORS[place % len(_AUTHORS)])
        for place, each in enumerate(said["project"])
    ]
    reviewing = _then(node, said["days"][0] + 1)
    for number, each in zip(handed, said["project"], strict=True):
        note = "할 수 있는 일이에요. 견적을 두 곳에서 받았어요."
        programmes.find_feasible(
            reviewing, session, number, cost=each["cost"], note=note, actor_id=actor_id
        )
    return made.id


def _propose(
    then: Node, session: Session, programme_id: int, said: Mapping[str, Any], author: str
) -> int:
    person = _person(session, author) or session.scalars(select(Person).limit(1)).one()
    viewer = Viewer(person.id, person.name, person.email, person.language)
    idea = Idea(
        said["title"], said["summary"], said["summary"], "", said["cost"], "", said["category"]
    )
    key = f"example:{said['title']}"
    drafted = programmes.draft(then, session, programme_id, idea, key=key, viewer=viewer)
    programmes.hand_in(then, session, drafted.id, viewer=viewer)
    return drafted.id
