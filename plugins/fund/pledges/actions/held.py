"""A drive held for a change, and what is written down of what was done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from .....core import audit, follows, ledger
from .....core.donations import check_room, counts_from
from .....core.errors import NotFound
from .....core.models import Grant, Space
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import Message
from ...access import TREASURER
from ..models import Drive, Pledge, PledgeChange
from ..queries import OWNER
from ..rules import NOTICE, path_of, pledge_path, subject_of


def today(node: Node) -> date:
    """Return today in the node's time zone."""
    return node.clock.now().astimezone(ZoneInfo(node.settings.node.time_zone)).date()


def locked(session: Session, drive_id: int) -> Drive:
    """Return a drive, held until the transaction ends: here all meet that change its won."""
    found = session.scalars(
        select(Drive)
        .where(Drive.id == drive_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such drive here.")
    return found


def check_organiser(node: Node, session: Session, space_id: int | None, amount: int) -> None:
    """Refuse what would bring an organiser to the amount that needs a registration, wherever on
    this node it asks; here meet two who give to different drives of it at once."""
    if space_id is None:
        ledger.hold(session)
    else:
        query = select(Space.id).where(Space.id == space_id).with_for_update(key_share=True)
        session.execute(query).one()
    since = counts_from(today(node))
    asked = {"node": node, "session": session, "space_id": space_id, "since": since}
    check_room(sum(node.hooks.solicited(**asked)), amount)


def record(
    node: Node, session: Session, what: str, drive_id: int, actor_id: int | None, **details: Any
) -> None:
    """Write in the audit log what was done with a drive."""
    audit.record(
        session, f"fund.drive.{what}", at=node.clock.now(), person_id=actor_id,
        subject=("drive", drive_id), **details,
    )  # fmt: skip


def noted(node: Node, session: Session, what: str, pledges: Sequence[Pledge]) -> None:
    """Add a line to the history of each of these pledges."""
    if pledges:
        at = node.clock.now()
        rows = [{"pledge_id": p.id, "what": what, "amount": p.amount, "at": at} for p in pledges]
        session.execute(insert(PledgeChange), rows)


def tell_giver(
    node: Node, session: Session, drive: Drive, pledge: Pledge, title: str, text: str, key: str
) -> None:
    """Tell who pledged; ``text`` may name %(amount)s."""
    if pledge.person_id is None:
        return
    notice = Notice(
        kind=NOTICE.name, title=Message(title, {"title": drive.title}),
        text=Message(text, {"amount": f"{pledge.amount:,}"}), url=pledge_path(pledge.id),
        subject=subject_of(drive.id), heading=drive.title, key=f"fund:pledge:{pledge.id}:{key}",
    )  # fmt: skip
    tell(node, session, pledge.person_id, notice)


def runners(session: Session, drive: Drive) -> list[int]:
    """Return the ids of those who run a drive."""
    if drive.space_id is None:
        return [] if drive.proposer_id is None else [drive.proposer_id]
    owners = select(Grant.person_id).where(Grant.space_id == drive.space_id, Grant.role == OWNER)
    return list(session.scalars(owners))


def tell_runners(
    node: Node, session: Session, drive: Drive, title: Message, text: Message | str, key: str
) -> None:
    """Tell those who run a drive."""
    notice = Notice(
        kind="fund.drive", title=title, text=text, url=path_of(drive.id),
        subject=subject_of(drive.id), heading=drive.title, key=f"fund:drive:{drive.id}:{key}",
    )  # fmt: skip
    tell(node, session, runners(session, drive), notice)


def tell_followers(
    node: Node, session: Session, drive: Drive, title: Message | str, text: Message | str, *,
    key: str, actor_id: int | None,
) -> None:  # fmt: skip
    """Tell those who follow a drive what is new."""
    notice = Notice(
        kind="fund.drive", title=title, text=text, url=path_of(drive.id),
        subject=subject_of(drive.id), heading=drive.title, key=f"fund:drive:{drive.id}:{key}",
    )  # fmt: skip
    follows.tell(node, session, subject_of(drive.id), notice, but=actor_id)


def tell_desk(
    node: Node, session: Session, drive: Drive, title: Message, text: Message | str, key: str
) -> None:
    """Tell the treasurers that something waits for them."""
    keepers = select(Grant.person_id).where(
        Grant.space_id.is_(None), Grant.role.in_((TREASURER, "steward"))
    )
    notice = Notice(
        kind="fund.drive_desk", title=title, text=text, url="/fund/raise/desk",
        subject=subject_of(drive.id), heading=drive.title, key=f"fund:desk:{drive.id}:{key}",
    )  # fmt: skip
    tell(node, session, list(session.scalars(keepers.distinct())), notice)
