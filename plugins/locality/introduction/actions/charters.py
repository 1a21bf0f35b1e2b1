"""Versions of the charter, and members who agree to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .....core import audit, members, outbox, search
from .....core.answers import Keeping
from .....core.errors import Invalid, Refused
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.statements import insert_of
from .....core.values import Message
from ...kinds import CHARTER
from ..models import Agreement, Charter
from ..queries import charter, charter_in_force, to_ask, today

IN_FORCE = "locality.charter_in_force"
AT_ONCE = 100
"""Members who are told in one transaction."""

AGREED = Keeping(
    "charter",
    Message("That you agree to our charter", {}),
    Message("which version, and when", {}),
    Message("until you close your account", {}),
    Message("your consent (article 15 (1) 1)", {}),
    by_consent=True,
)
OFFICES = Keeping(
    "offices",
    Message("Who is in office", {}),
    Message("name, office and term of those who agreed to be named", {}),
    Message("as history of the alliance, until they want it removed", {}),
    Message("your consent (article 15 (1) 1)", {}),
    by_consent=True,
)
_PAST = Message("A version cannot be in force before today: what held then stays as it was.", {})


def propose(
    node: Node, session: Session, *, title: str, text: str, changed: str, in_force_on: date,
    actor_id: int | None,
) -> Charter:  # fmt: skip
    """Write a new version that is in force from a day on; the same one twice is one."""
    if in_force_on < today(node) and charter_in_force(session, today(node)) is not None:
        raise Invalid({"in_force_on": [_PAST]})
    same = session.scalars(
        select(Charter).where(
            Charter.title == title, Charter.text == text, Charter.in_force_on == in_force_on
        )
    ).first()
    if same is not None:
        return same
    made = Charter(
        title=title, text=text, changed=changed, in_force_on=in_force_on,
        written_at=node.clock.now(), written_by=actor_id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    search.changed(session, "charter", made.id)
    zone = ZoneInfo(node.settings.node.time_zone)
    due = max(datetime.combine(in_force_on, time(9), zone), node.clock.now())
    payload = {"charter_id": made.id, "after": 0}
    key = f"{IN_FORCE}:{made.id}:{due.isoformat()}"
    outbox.enqueue(session, IN_FORCE, payload, key=key, at=due)
    _record(node, session, "written", made.id, actor_id)
    return made


def withdraw(node: Node, session: Session, number: int, *, actor_id: int) -> None:
    """Take back a version that is not in force yet; Refused for any other."""
    found = charter(session, number)
    if found.in_force_on <= today(node):
        raise Refused("This version is or was in force, so it stays.")
    session.delete(found)
    session.flush()
    search.changed(session, "charter", number)
    _record(node, session, "withdrawn", number, actor_id)


def agree(node: Node, session: Session, person_id: int, number: int, language: str) -> None:
    """Write down that a person read and agreed to the version in force; Refused for another."""
    current = charter_in_force(session, today(node))
    if current is None or current.id != number:
        raise Refused("Another version of the charter is in force now. Please read that one.")
    if members.stays(session, person_id) is None:
        raise Refused("This account was closed.")
    now = node.clock.now()
    insert = insert_of(session.get_bind().dialect.name)
    given = {"agreed_at": now, "language": language, "ended_at": None}
    first = insert(Agreement).values(charter_id=number, person_id=person_id, **given)
    session.execute(
        first.on_conflict_do_update(
            index_elements=["charter_id", "person_id"], set_=given,
            where=Agreement.ended_at.is_not(None),
        )
    )  # fmt: skip
    _record(node, session, "agreed", number, person_id)


def disagree(node: Node, session: Session, person_id: int) -> None:
    """End all agreements of a person."""
    now = node.clock.now()
    session.execute(
        update(Agreement)
        .where(Agreement.person_id == person_id, Agreement.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )
    _record(node, session, "ended", 0, person_id)


def tell_in_force(node: Node, payload: Mapping[str, Any]) -> None:
    """Ask those who agreed to an earlier version to read the one that is in force now."""
    number, after = int(payload["charter_id"]), int(payload["after"])
    with node.db.write() as session:
        current = charter_in_force(session, today(node))
        if current is None or current.id != number:
            return
        people = to_ask(session, number, after=after, limit=AT_ONCE)
        notice = Notice(
            kind=CHARTER.name,
            title=Message("A new version of our charter is in force", {}),
            text=Message("Please read this one, and say whether you agree to it too.", {}),
            url="/alliance/charter",
            subject="charter",
            key=f"charter:{number}",
        )
        for person_id in people:
            tell(node, session, person_id, notice)
        if len(people) == AT_ONCE:
            going = {"charter_id": number, "after": people[-1]}
            key = f"{IN_FORCE}:{number}:{people[-1]}"
            outbox.enqueue(session, IN_FORCE, going, key=key, at=node.clock.now())


WORK = {IN_FORCE: tell_in_force}
"""The timed work of charters by its kind."""


def forget_person(session: Session, person_id: int) -> None:
    """Forget what somebody agreed to who closes their account."""
    session.execute(delete(Agreement).where(Agreement.person_id == person_id))


def _record(node: Node, session: Session, what: str, number: int, actor_id: int | None) -> None:
    audit.record(
        session, f"locality.charter.{what}", at=node.clock.now(), person_id=actor_id,
        subject=("charter", number),
    )  # fmt: skip
