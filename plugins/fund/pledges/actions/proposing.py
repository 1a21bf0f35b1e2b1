"""Proposing a drive, and what those who run it tell of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .....core import members, pictures
from .....core.errors import Forbidden, NotFound, Refused, TooMany
from .....core.models import Grant, Space
from .....core.node import Node
from .....core.values import Message
from ..models import Drive, DriveNews, DriveStep, Reward
from ..queries import OWNER
from ..rules import MOST_REWARDS, OPEN, PROPOSED, REFUSED, SUCCEEDED, Plan
from .held import locked, record, tell_desk, tell_followers

_PROPOSED = Message("Somebody proposes a drive: %(title)s", {}).text
MOST_PROPOSED, MOST_NEWS = 5, 200


def propose(
    node: Node, session: Session, plan: Plan, *, space_id: int | None, key: str, actor_id: int
) -> Drive:
    """Propose a drive, for oneself or for an organisation that one owns; the same ``key`` finds the
    one that was made. The treasurer checks it before anybody else sees it."""
    if members.stays(session, actor_id) is None:
        raise NotFound("There is no such drive here.")
    made = session.scalars(select(Drive).where(Drive.key == key)).one_or_none()
    if made is not None:
        return made
    plan.check()
    if space_id is not None:
        _check_owner(session, space_id, actor_id)
    wait = select(func.count()).where(Drive.proposer_id == actor_id, Drive.state == PROPOSED)
    if (session.scalar(wait) or 0) >= MOST_PROPOSED:
        raise TooMany("Several of your drives wait to be checked. Please wait for those first.")
    drive = Drive(
        key=key, proposer_id=actor_id, space_id=space_id, state=PROPOSED,
        created_at=node.clock.now(), **_said(plan),
    )  # fmt: skip
    session.add(drive)
    session.flush()
    _set_steps(session, drive.id, plan)
    tell_desk(node, session, drive, Message(_PROPOSED, {"title": plan.title}), plan.summary,
              "proposed:1")  # fmt: skip
    record(node, session, "proposed", drive.id, actor_id, title=plan.title)
    return drive


def _check_owner(session: Session, space_id: int, actor_id: int) -> None:
    space = session.get(Space, space_id)
    owned = select(Grant.id).where(
        Grant.space_id == space_id, Grant.person_id == actor_id, Grant.role == OWNER
    )
    if space is None or space.kind != "organisation" or space.closed_at is not None:
        raise NotFound("There is no such page here, or it was closed.")
    if session.scalar(owned.limit(1)) is None:
        raise Forbidden("Only the owner of an organisation proposes a drive for it.")


def _said(plan: Plan) -> dict[str, Any]:
    names = ("title", "summary", "story", "minimum", "optimum", "for_minimum", "for_optimum",
             "first_days", "second_days", "carrier")  # fmt: skip
    return {name: getattr(plan, name) for name in names}


def _set_steps(session: Session, drive_id: int, plan: Plan) -> None:
    session.execute(delete(DriveStep).where(DriveStep.drive_id == drive_id))
    rows = [(each.title, each.amount, each.days) for each in plan.parts]
    rows += [("", 0, days) for days in plan.reports]
    session.add_all(
        DriveStep(drive_id=drive_id, position=number, title=title, amount=amount, days=days)
        for number, (title, amount, days) in enumerate(rows, 1)
    )
    session.flush()


def change(
    node: Node, session: Session, drive_id: int, plan: Plan, *, version: int, actor_id: int
) -> None:
    """Change a proposal; one that was refused is proposed anew. Once it is open people have given
    for what it says, so it stays."""
    drive = locked(session, drive_id)
    if drive.version != version:
        raise Refused("This drive was changed in another window. Please look at it again.")
    if drive.state not in (PROPOSED, REFUSED):
        raise Refused("People give for what the drive says, so it stays. Tell what is new as news.")
    plan.check()
    for name, value in _said(plan).items():
        setattr(drive, name, value)
    drive.version += 1
    if drive.state == REFUSED:
        drive.state, drive.reason = PROPOSED, ""
        title = Message(_PROPOSED, {"title": plan.title})
        tell_desk(node, session, drive, title, plan.summary, f"proposed:{drive.version}")
    _set_steps(session, drive_id, plan)
    record(node, session, "changed", drive_id, actor_id)


def set_picture(
    node: Node, session: Session, drive_id: int, prepared: pictures.Prepared, *, caption: str,
    actor_id: int,
) -> None:  # fmt: skip
    """Give a drive a picture, described for those who do not see it."""
    drive = locked(session, drive_id)
    now = node.clock.now()
    picture = pictures.keep(session, node, prepared, caption=caption, owner_id=actor_id, at=now)
    drive.picture_id = picture.id
    record(node, session, "pictured", drive_id, actor_id)


def add_reward(
    node: Node, session: Session, drive_id: int, *, key: str, actor_id: int, **said: Any
) -> Reward:
    """Offer something in return for a pledge, before the drive is opened; the same ``key`` once."""
    drive = locked(session, drive_id)
    of_it = Reward.drive_id == drive_id
    made = session.scalars(select(Reward).where(of_it, Reward.key == key)).one_or_none()
    if made is not None:
        return made
    if drive.state not in (PROPOSED, REFUSED):
        raise Refused("The drive is open, so what it offers stays.")
    if (session.scalar(select(func.count()).where(of_it)) or 0) >= MOST_REWARDS:
        raise Refused("There are as many rewards as a page can show. Please take one out first.")
    reward = Reward(drive_id=drive_id, key=key, **said)
    session.add(reward)
    session.flush()
    record(node, session, "offered", drive_id, actor_id, reward=reward.id)
    return reward


def drop_reward(
    node: Node, session: Session, drive_id: int, reward_id: int, *, actor_id: int
) -> None:
    """Take a reward out again, before the drive is opened."""
    drive = locked(session, drive_id)
    if drive.state not in (PROPOSED, REFUSED):
        raise Refused("The drive is open, so what it offers stays.")
    session.execute(delete(Reward).where(Reward.id == reward_id, Reward.drive_id == drive_id))
    record(node, session, "offered_no_more", drive_id, actor_id, reward=reward_id)


def tell_news(
    node: Node, session: Session, drive_id: int, *, title: str, text: str, key: str, actor_id: int
) -> DriveNews:
    """Tell what is new of a drive; the same ``key`` tells it once."""
    drive = locked(session, drive_id)
    if drive.state not in (OPEN, SUCCEEDED):
        raise Refused("This drive does not go on, so there is no news of it.")
    of_it = DriveNews.drive_id == drive_id
    made = session.scalars(select(DriveNews).where(of_it, DriveNews.key == key)).one_or_none()
    if made is not None:
        return made
    if (session.scalar(select(func.count()).where(of_it)) or 0) >= MOST_NEWS:
        raise Refused("This drive has told as much as it can.")
    news = DriveNews(drive_id=drive_id, title=title, text=text, key=key, at=node.clock.now())
    session.add(news)
    session.flush()
    tell_followers(node, session, drive, title, text[:500], key=f"news:{news.id}",
                   actor_id=actor_id)  # fmt: skip
    record(node, session, "told", drive_id, actor_id, news=news.id)
    return news
