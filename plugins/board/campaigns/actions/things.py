"""Collections of things: what is needed, what neighbours bring, what has come."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import NotFound, Refused
from .....core.node import Node
from ..models import Need, Pledge
from ..rules import MOST_NEEDS, THINGS
from .held import held_open, locked, record


def add_need(
    node: Node, session: Session, campaign_id: int, *, name: str, wanted: int, actor_id: int
) -> Need:
    """Ask for a thing; asked for by the same name again, that many are wanted from now on."""
    campaign = locked(session, campaign_id)
    if campaign.kind != THINGS:
        raise NotFound("There is no such campaign here.")
    of_it = Need.campaign_id == campaign_id
    need = session.scalars(select(Need).where(of_it, Need.name == name).limit(1)).one_or_none()
    if need is None:
        if (session.scalar(select(func.count()).where(of_it)) or 0) >= MOST_NEEDS:
            raise Refused("A campaign asks for at most %(most)s things.", most=MOST_NEEDS)
        need = Need(campaign_id=campaign_id, name=name, wanted=wanted)
        session.add(need)
    need.wanted = wanted
    session.flush()
    record(node, session, "needs", campaign_id, actor_id, need=need.id, wanted=wanted)
    return need


def pledge(
    node: Node, session: Session, campaign_id: int, need_id: int, quantity: int, *, person_id: int
) -> Pledge:
    """Promise to bring so many, or another number; never more than are still wanted."""
    if members.stays(session, person_id) is None:
        raise NotFound("There is no such campaign here.")
    held_open(node, session, campaign_id, THINGS)
    need = _locked_need(session, campaign_id, need_id)
    mine = session.scalars(
        select(Pledge).where(Pledge.need_id == need_id, Pledge.person_id == person_id)
    ).one_or_none()
    if mine is not None and mine.received_at is not None:
        raise Refused("What you brought is there already. Thank you!")
    promised = select(func.coalesce(func.sum(Pledge.quantity), 0)).where(Pledge.need_id == need_id)
    left = need.wanted - int(session.scalar(promised) or 0) + (mine.quantity if mine else 0)
    if quantity > left:
        raise Refused("So many are still wanted: %(left)s", left=max(0, left))
    if mine is None:
        mine = Pledge(need_id=need_id, person_id=person_id, made_at=node.clock.now())
        session.add(mine)
    mine.quantity = quantity
    session.flush()
    record(node, session, "pledged", campaign_id, person_id, need=need_id, quantity=quantity)
    return mine


def _locked_need(session: Session, campaign_id: int, need_id: int) -> Need:
    """Here meet two who want to bring the last one."""
    need = session.get(Need, need_id, with_for_update=True, populate_existing=True)
    if need is None or need.campaign_id != campaign_id:
        raise NotFound("Nothing like this is collected here.")
    return need


def unpledge(
    node: Node, session: Session, campaign_id: int, need_id: int, *, person_id: int
) -> None:
    """Take a promise back, as long as nothing was brought."""
    _locked_need(session, campaign_id, need_id)
    mine = session.scalars(
        select(Pledge).where(Pledge.need_id == need_id, Pledge.person_id == person_id)
    ).one_or_none()
    if mine is None or mine.received_at is not None:
        return
    session.delete(mine)
    session.flush()
    record(node, session, "unpledged", campaign_id, person_id, need=need_id)


def tick(
    node: Node, session: Session, campaign_id: int, pledge_id: int, *, received: bool,
    actor_id: int,
) -> None:  # fmt: skip
    """Note that what somebody promised has come, or that this was a mistake."""
    locked(session, campaign_id)
    found = session.get(Pledge, pledge_id, with_for_update=True)
    if found is None or session.get_one(Need, found.need_id).campaign_id != campaign_id:
        raise NotFound("Nothing like this is collected here.")
    found.received_at = (found.received_at or node.clock.now()) if received else None
    session.flush()
    record(node, session, "received", campaign_id, actor_id, pledge=pledge_id, came=received)
