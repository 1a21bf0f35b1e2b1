"""Match funds: their money is set apart when they open, and what is left goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.errors import NotFound, Refused
from .....core.models import Space
from .....core.node import Node
from ...earmarks import actions as earmarks
from ...earmarks import queries as held
from ...earmarks.models import Earmark
from ...earmarks.rules import AREA
from ..models import Drive, Match, MatchDrive
from ..queries import match_of
from ..queries.matches import all_ended
from ..rules import OPEN, PROPOSED, Caps
from .held import record


@dataclass(frozen=True, slots=True)
class Offer:
    """A match fund: so many won within four caps, out of an area or from an organisation that has
    sent them to the fund's account."""

    title: str
    amount: int
    caps: Caps
    area_id: int | None = None
    space_id: int | None = None


def open_match(
    node: Node, session: Session, offer: Offer, drive_ids: Sequence[int], *, key: str,
    actor_id: int,
) -> Match:  # fmt: skip
    """Set the money of a match fund apart for these drives; the same ``key`` does it once.

    ``Refused`` if the area holds less, or if another fund adds to one of the drives.
    """
    ledger.hold(session)
    made = session.scalars(select(Match).where(Match.key == key)).one_or_none()
    if made is not None:
        return made
    source = _giver(session, offer)
    match = Match(
        key=key, title=offer.title, area_id=offer.area_id, space_id=offer.space_id,
        amount=offer.amount, factor_bp=offer.caps.factor_bp, per_pledge=offer.caps.per_pledge,
        per_drive=offer.caps.per_drive, per_person=offer.caps.per_person,
        opened_at=node.clock.now(),
    )  # fmt: skip
    session.add(match)
    session.flush()
    subject = f"match:{match.id}"
    earmark = earmarks.open_for(node, session, subject, name=offer.title)
    match.earmark_id = earmark.id
    move = earmarks.Move(offer.amount, f"{subject}:opened", subject, f"매칭기금: {offer.title}",
                         actor_id)  # fmt: skip
    if source is None:
        earmarks.receive(node, session, move, target=earmark)
    else:
        earmarks.shift(node, session, move, source=source, target=earmark)
    for drive_id in drive_ids:
        _tie(session, match, drive_id)
    session.flush()
    record(node, session, "match_opened", match.id, actor_id, amount=offer.amount)
    return match


def _giver(session: Session, offer: Offer) -> Earmark | None:
    if offer.area_id is None:
        space = session.get(Space, offer.space_id or 0)
        if space is None or space.kind != "organisation" or space.closed_at is not None:
            raise NotFound("There is no such page here, or it was closed.")
        return None
    area = session.get(Earmark, offer.area_id)
    if area is None or area.kind != AREA or area.closed_at is not None:
        raise NotFound("There is no such area.")
    return area


def _tie(session: Session, match: Match, drive_id: int) -> None:
    drive = session.get(Drive, drive_id)
    if drive is None or drive.state not in (OPEN, PROPOSED):
        raise NotFound("There is no such drive here.")
    if match_of(session, drive_id) is not None:
        raise Refused("Another match fund adds to “%(title)s” already.", title=drive.title)
    session.add(MatchDrive(drive_id=drive_id, match_id=match.id))


def end_if_over(node: Node, session: Session, drive_id: int) -> None:
    """Give back what is left of a match fund once no drive of it goes on any more."""
    match = match_of(session, drive_id, lock=True)
    if match is not None and match.closed_at is None and all_ended(session, match.id):
        _end(node, session, match, None)


def close_match(node: Node, session: Session, match_id: int, *, actor_id: int) -> None:
    """End a match fund none of whose drives goes on; twice is once."""
    match = session.get(Match, match_id, with_for_update=True)
    if match is None:
        raise NotFound("There is no such match fund.")
    if match.closed_at is not None:
        return
    if not all_ended(session, match_id):
        raise Refused("A drive of this match fund still goes on. Its rest goes back after that.")
    _end(node, session, match, actor_id)


def _end(node: Node, session: Session, match: Match, actor_id: int | None) -> None:
    ledger.hold(session)
    earmark = session.get_one(Earmark, match.earmark_id)
    left = held.left(session, [earmark.id])[earmark.id]
    if left:
        subject = f"match:{match.id}"
        memo = f"매칭기금 {match.title}: 남은 돈"
        move = earmarks.Move(left, f"{subject}:rest", subject, memo, actor_id)
        if match.area_id is None:  # it is owed to the organisation, on its own account
            to = ledger.account("organisation", match.space_id)
            earmarks.spend(node, session, move, source=earmark, to=to)
        else:
            area = session.get_one(Earmark, match.area_id)
            target = None if area.closed_at is not None else area
            earmarks.shift(node, session, move, source=earmark, target=target)
    earmark.closed_at = match.closed_at = node.clock.now()
    session.flush()
    record(node, session, "match_closed", match.id, actor_id, left=int(left))
