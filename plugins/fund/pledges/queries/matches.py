"""What match funds add just now, and what is left of them: derived, never stored before it is
fixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.models import Space
from .....core.values import Won
from ...earmarks import queries as earmarks
from ...earmarks.models import Earmark
from ..models import Drive, Match, MatchDrive, Pledge
from ..rules import FINISHED, OPEN, PROPOSED, Caps, Claim, Used, matched

LIVE = (Pledge.taken_back_at.is_(None), Pledge.lapsed_at.is_(None), Pledge.owed_at.is_(None))
"""What counts of a drive: neither taken back nor lapsed nor owed back."""


@dataclass(frozen=True, slots=True)
class Added:
    """What a match fund adds: to each pledge (by id) and drive, and what is left of it."""

    by_pledge: dict[int, int]
    by_drive: dict[int, int]
    left: Won


def match_of(session: Session, drive_id: int, *, lock: bool = False) -> Match | None:
    """Return the match fund that adds to a drive's gifts, if there is one."""
    query = (
        select(Match)
        .join(MatchDrive, MatchDrive.match_id == Match.id)
        .where(MatchDrive.drive_id == drive_id)
    )
    if lock:
        query = query.with_for_update(of=Match).execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def added_by(
    session: Session, matches: Sequence[Match], *, counting: int | None = None
) -> dict[int, Added]:
    """Return what each of these match funds adds, by its id, in three queries for all of them.

    ``counting``: of this drive only what has arrived is served, as when its round ends.
    """
    ids = [each.id for each in matches]
    held = earmarks.left(session, [each.earmark_id for each in matches if each.earmark_id])
    room = _room(session, ids, counting)
    found: dict[int, list[Pledge]] = {number: [] for number in ids}
    for match_id, pledge in _gifts(session, ids):
        found[match_id].append(pledge)
    states = {drive_id: state for drive_id, (state, _) in room.items()}
    return {
        each.id: _added(
            each, int(held.get(each.earmark_id or 0, Won(0))), found[each.id], states,
            {drive_id: spare for drive_id, (_, spare) in room.items()}, counting,
        )
        for each in matches
    }  # fmt: skip


def _gifts(session: Session, match_ids: Collection[int]) -> Sequence[tuple[int, Pledge]]:
    rows = session.execute(
        select(MatchDrive.match_id, Pledge)
        .join(Pledge, Pledge.drive_id == MatchDrive.drive_id)
        .where(MatchDrive.match_id.in_(match_ids), Pledge.reward_id.is_(None), *LIVE)
        .order_by(Pledge.id)
    )
    return [(row[0], row[1]) for row in rows]


def _room(
    session: Session, match_ids: Collection[int], counting: int | None
) -> dict[int, tuple[str, int]]:
    """Return the state of each drive of these funds, and what is left to its optimum."""
    counts = Pledge.arrived_at.is_not(None) | (Pledge.drive_id != (counting or 0))
    pledged = (
        select(func.coalesce(func.sum(Pledge.amount), 0))
        .where(Pledge.drive_id == Drive.id, counts, *LIVE)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Drive.id, Drive.state, Drive.optimum - pledged)
        .join(MatchDrive, MatchDrive.drive_id == Drive.id)
        .where(MatchDrive.match_id.in_(match_ids))
    )
    return {row[0]: (row[1], int(row[2])) for row in rows}


def _added(
    match: Match, held: int, gifts: Sequence[Pledge], states: dict[int, str],
    room: dict[int, int], counting: int | None,
) -> Added:  # fmt: skip
    caps = Caps(match.factor_bp, match.per_pledge, match.per_drive, match.per_person)
    used, fixed, waits = Used(), dict[int, int](), 0
    claims: list[Claim] = []
    room = dict(room)
    for each in gifts:
        who = each.person_id if each.person_id is not None else -each.id
        if each.moved_at is not None:
            used.by_drive[each.drive_id] += each.matched
            used.by_person[who] += each.matched
            room[each.drive_id] -= each.matched
            if each.matched:
                fixed[each.id] = each.matched
            waits += each.matched if states[each.drive_id] == OPEN else 0
        elif states[each.drive_id] == OPEN and (
            each.drive_id != counting or each.arrived_at is not None
        ):
            claims.append(Claim(each.id, each.drive_id, who, each.amount))
    pot = 0 if match.closed_at is not None else held - waits
    new = matched(caps, pot, claims, used=used, room=room)
    drive_of = {each.id: each.drive_id for each in gifts}
    both = {**fixed, **new}
    by_drive: Counter[int] = Counter()
    for pledge_id, won in both.items():
        by_drive[drive_of[pledge_id]] += won
    return Added(both, dict(by_drive), Won(pot - sum(new.values())))


def remainder(session: Session, match: Match) -> Won:
    """Return what a match fund can still add."""
    return added_by(session, [match])[match.id].left


def listed_matches(
    session: Session, *, after: int = 0, limit: int = 21
) -> Sequence[tuple[Match, str]]:
    """Return match funds with the name of who gives, the newest first."""
    query = (
        select(Match, func.coalesce(Space.name, Earmark.name))
        .outerjoin(Space, Space.id == Match.space_id)
        .outerjoin(Earmark, Earmark.id == Match.area_id)
        .order_by(Match.id.desc())
        .limit(limit)
    )
    rows = session.execute(query.where(Match.id < after) if after else query)
    return [(row[0], row[1]) for row in rows]


def open_for_match(session: Session, *, limit: int = 50) -> Sequence[Drive]:
    """Return drives to which a match fund can still be added."""
    taken = select(MatchDrive.drive_id)
    return session.scalars(
        select(Drive)
        .where(Drive.state.in_((OPEN, PROPOSED)), Drive.id.not_in(taken))
        .order_by(Drive.id.desc())
        .limit(limit)
    ).all()


def all_ended(session: Session, match_id: int) -> bool:
    """Say whether no drive of a match fund goes on any more."""
    going = (
        select(Drive.id)
        .join(MatchDrive, MatchDrive.drive_id == Drive.id)
        .where(MatchDrive.match_id == match_id, Drive.state.not_in((*FINISHED, "refused")))
    )
    return session.scalar(going.limit(1)) is None
