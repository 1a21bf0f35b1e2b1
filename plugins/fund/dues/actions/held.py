"""What all actions of this room do: hold a member, write it down, tell who keeps the fund."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, notices
from .....core.errors import NotFound, Refused
from .....core.models import Grant
from .....core.node import Node
from .....core.notices import Notice
from .....core.values import STEWARD, Message
from ...access import TREASURER
from ..models import Member
from ..rules import DESK, MINE


def today(node: Node) -> date:
    """Return the day that it is where the node stands."""
    return node.clock.now().astimezone(ZoneInfo(node.settings.node.time_zone)).date()


def locked(session: Session, member_id: int) -> Member:
    """Hold a member: whatever becomes of their dues and their capital happens one after another.

    Held before the ledger, and after the person where both are.
    """
    found = session.get(Member, member_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound("There is no such member.")
    return found


def own(session: Session, member_id: int, person_id: int) -> Member:
    """Hold one's own membership; NotFound if it is somebody else's."""
    found = locked(session, member_id)
    if found.person_id != person_id:
        raise NotFound("There is no such member.")
    return found


def refuse_unless(member: Member, *states: str) -> None:
    """Refuse what does not fit how a membership stands."""
    if member.state not in states:
        raise Refused("This membership has changed meanwhile. Please look again.")


def record(
    node: Node, session: Session, what: str, subject: tuple[str, int | None], actor_id: int | None,
    **details: Any,
) -> None:  # fmt: skip
    """Write down who did what with memberships."""
    audit.record(
        session, f"fund.dues.{what}", at=node.clock.now(), person_id=actor_id, subject=subject,
        **details,
    )  # fmt: skip


def tell_member(
    node: Node, session: Session, member: Member, title: Message, text: Message | str, *, key: str
) -> None:
    """Tell a member something about their membership, once for each key."""
    if member.person_id is None:
        return
    notice = Notice(
        kind=MINE.name, title=title, text=text, url=f"/fund/membership/{member.id}",
        subject=f"membership:{member.id}", key=f"fund:member:{key}",
    )  # fmt: skip
    notices.tell(node, session, member.person_id, notice)


def tell_desk(
    node: Node, session: Session, member_id: int, title: Message, text: Message | str, *, key: str
) -> None:
    """Tell who keeps the fund, or the stewards while nobody does."""
    notice = Notice(
        kind=DESK.name, title=title, text=text, url=f"/fund/members/{member_id}",
        subject=f"membership:{member_id}", key=f"fund:desk:{key}",
    )  # fmt: skip
    notices.tell(node, session, keepers(session), notice)


def keepers(session: Session) -> list[int]:
    """Return the ids of the treasurers, of the stewards if there is none."""
    rows = session.execute(
        select(Grant.person_id, Grant.role)
        .where(Grant.space_id.is_(None), Grant.role.in_((TREASURER, STEWARD)))
        .order_by(Grant.person_id)
    ).all()
    found = [row.person_id for row in rows if row.role == TREASURER]
    return found or [row.person_id for row in rows]
