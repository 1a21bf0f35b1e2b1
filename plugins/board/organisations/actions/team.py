"""Who is named as part of an organisation: asked by it, shown once they agreed themselves."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .....core import audit, members
from .....core.answers import Keeping
from .....core.errors import NotFound, Refused
from .....core.models import Space
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import Message
from ..models import Teammate
from ..rules import MOST_TEAM, TEAM


def ask(
    node: Node, session: Session, space: Space, *, address: str, task: str, actor_id: int
) -> None:
    """Ask a member, by their e-mail address, whether they may be named with this task.

    Nothing tells the one who asks whether the address has an account. Somebody who is named
    already gets the other task only once they agree to it.
    """
    count = session.scalar(select(func.count()).where(Teammate.space_id == space.id)) or 0
    if count >= MOST_TEAM:
        raise Refused("At most %(most)s people can be named.", most=MOST_TEAM)
    audit.record(
        session, "board.team.asked", at=node.clock.now(), person_id=actor_id,
        subject=("space", space.id), task=task,
    )  # fmt: skip
    person = members.find_proven(session, address)
    if person is None:
        return
    row = _row(session, space.id, person.id)
    if row is None:
        row = Teammate(space_id=space.id, person_id=person.id)
        session.add(row)
    if row.agreed_at is not None and row.task == task:
        return
    row.task, row.asked_at, row.agreed_at = task, node.clock.now(), None
    session.flush()
    _tell(node, session, space, person.id, task)


def _tell(node: Node, session: Session, space: Space, person_id: int, task: str) -> None:
    values = {"name": space.name, "task": task}
    notice = Notice(
        kind=TEAM.name,
        title=Message("May %(name)s name you as %(task)s?", values),
        text=Message(
            "If you agree, your name stands on its page with this task, for everyone to read. You"
            " can take it back whenever you like.",
            {},
        ),
        url="/board/me",
        subject=f"space:{space.id}",
        heading=space.name,
        key=f"team:{space.id}:{node.clock.now().isoformat()}",
    )
    tell(node, session, person_id, notice)


def answer(node: Node, session: Session, space_id: int, person_id: int, *, agreed: bool) -> None:
    """Agree to be named, or not (any more); ``NotFound`` for who was not asked."""
    row = _row(session, space_id, person_id)
    if row is None:
        raise NotFound("Nobody has asked you for this.")
    if agreed:
        row.agreed_at = row.agreed_at or node.clock.now()
    else:
        session.delete(row)
    session.flush()
    what = "agreed" if agreed else "declined"
    audit.record(
        session, f"board.team.{what}", at=node.clock.now(), person_id=person_id,
        subject=("space", space_id),
    )  # fmt: skip


def remove(node: Node, session: Session, space_id: int, mate_id: int, *, actor_id: int) -> None:
    """Name somebody no longer."""
    gone = session.execute(
        delete(Teammate).where(Teammate.id == mate_id, Teammate.space_id == space_id)
    )
    if not gone.rowcount:  # type: ignore[attr-defined]
        raise NotFound("There is no such thing here any more.")
    audit.record(
        session, "board.team.removed", at=node.clock.now(), person_id=actor_id,
        subject=("space", space_id),
    )  # fmt: skip


def forget(session: Session, person_id: int) -> None:
    """Name nobody who has left."""
    session.execute(delete(Teammate).where(Teammate.person_id == person_id))


def _row(session: Session, space_id: int, person_id: int) -> Teammate | None:
    query = select(Teammate).where(Teammate.space_id == space_id, Teammate.person_id == person_id)
    return session.scalars(query.with_for_update()).one_or_none()


TEAMS = Keeping(
    "teams",
    Message("Being named as one of an organisation's team", {}),
    Message("name and task, to everyone", {}),
    Message("until you take it back or close your account", {}),
    Message("your consent (article 15 (1) 1)", {}),
    by_consent=True,
)
KEEPINGS = (TEAMS,)
