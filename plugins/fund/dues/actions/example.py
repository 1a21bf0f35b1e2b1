"""The example: kinds of membership, a member with a due open, one whose dues are late, and somebody
who waits to be accepted."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import members
from .....core.deposits import read_file
from .....core.models import Person
from .....core.node import Node
from .. import queries
from ..models import Due, Member, MembershipKind
from ..rules import due_on, month_later, reminder
from .deposits import take_file
from .excusing import plead
from .held import today
from .joining import accept, apply
from .kinds import Choice, KindSaid, choose, make_kind
from .paying import Came, shares_came
from .shares import certify

_DATA = Path(__file__).parents[2] / "data" / "dues.toml"


def load_example(node: Node, session: Session) -> None:
    """Fill a node with the example; it is left alone where kinds of membership stand already."""
    if session.scalar(select(MembershipKind.id).limit(1)) is not None:
        return
    told = tomllib.loads(_DATA.read_text("utf-8"))
    choose(node, session, Choice(**told["account"]), actor_id=None)
    kinds = {}
    for each in told["kinds"]:
        key = each.pop("key")
        made = make_kind(node, session, KindSaid(**each), key=f"example:{key}", actor_id=None)
        kinds[key] = made.id
    lines = list[str]()
    for each in told["members"]:
        person = members.find_person(session, each["email"])
        if person is not None:
            lines += _member(node, session, person, kinds[each["kind"]], each)
    for each in told["strangers"]:
        lines.append(f"{today(node)} 09:10,{each['amount']},{each['depositor']},{each['memo']}")
    listed = "거래일시,입금액,기재내용,적요\n" + "\n".join(lines)
    take_file(node, session, read_file("농협 거래내역.csv", listed.encode()), actor_id=None)


def _member(
    node: Node, session: Session, person: Person, kind_id: int, told: Mapping[str, Any]
) -> list[str]:
    """Make a member as it is told, and return the rows of the bank's list that come of it."""
    made = apply(node, session, person.id, kind_id, words=told["words"], key="example")
    if told.get("waits"):
        return []
    since = month_later(today(node), -int(told["months"]))
    accept(node, session, made.id, owes_from=since, actor_id=None)
    _date_back(node, session, made, told)
    if told.get("capital"):
        for each in queries.purchases(session, made.id):
            came = Came(each.amount, today(node), f"example:shares:{each.id}")
            shares_came(node, session, each.id, came)
        certify(node, session, made.id, key="example", person_id=person.id, name=person.name)
    amount = queries.kind(session, kind_id).amount
    if told.get("plea"):
        oldest = session.scalars(select(Due).where(Due.member_id == made.id).order_by(Due.id))
        plead(node, session, oldest.first().id, words=told["plea"], person_id=person.id)  # type: ignore[union-attr]
    day = today(node)
    return [
        f"{day - timedelta(days=number + 1)} 10:3{number},{amount},{made.code},"
        for number in range(int(told.get("transfers", 0)))
    ]


def _date_back(node: Node, session: Session, made: Member, told: Mapping[str, Any]) -> None:
    """Let a member of the example be one for as long as they owe, so that dues can be late."""
    since = made.owes_from or today(node)
    made.joined_at = node.clock.now() - timedelta(days=(today(node) - since).days)
    day = queries.settings(session).due_day
    for due in session.scalars(select(Due).where(Due.member_id == made.id)):
        due.due_on = due_on(due.period, day, since)
        if told.get("late") and due.period < today(node).replace(day=1):
            due.due_on = min(due.due_on, today(node) - timedelta(days=4))
            due.told = 2
        due.remind_on = reminder(due.due_on, due.told)
    session.flush()
