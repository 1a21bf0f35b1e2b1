"""Making a programme, publishing it, and moving it on: by its dates, or by hand with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import String, cast, literal, select
from sqlalchemy.orm import Session

from .....core import outbox
from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ...carrying.models import Undertaking
from ...earmarks import queries as money
from ...earmarks.models import Earmark
from ...earmarks.rules import AREA
from ..models import Programme, Proposal
from ..queries import calendar_of, phase_of
from ..rules import (
    CARRYING,
    CLOSED,
    DELIBERATION,
    DRAFT,
    FROZEN,
    IDEAS,
    PROGRAMME,
    REVIEW,
    Call,
)
from .held import caught_up, into_phase, locked_programme, record
from .telling import tell_keepers, tell_phase

TURN_JOB = "fund.programme_turns"
_FIXED = (
    "rules", "money", "smallest", "largest", "proposers", "per_person", "decision", "categories",
    "places", "earmark_id",
)  # fmt: skip
"""What people rely on, and so stays once a programme is published."""


def make(node: Node, session: Session, call: Call, *, key: str, actor_id: int | None) -> Programme:
    """Make a draft, once for each ``key``; ``Invalid`` for more money than stands there."""
    made = session.scalars(select(Programme).where(Programme.key == key)).one_or_none()
    if made is not None:
        return made
    call.check()
    _check_money(session, call.earmark_id, call.money)
    programme = Programme(key=key, made_at=node.clock.now(), **_said(call))
    session.add(programme)
    session.flush()
    record(node, session, "made", PROGRAMME, programme.id, actor_id, title=call.title)
    return programme


def _said(call: Call) -> dict[str, Any]:
    said = asdict(call)
    ends = said.pop("calendar")
    return {**said, **ends}


def _check_money(session: Session, earmark_id: int | None, amount: int) -> None:
    held = money.free(session)
    if earmark_id is not None:
        area = session.get(Earmark, earmark_id)
        if area is None or area.kind != AREA or area.closed_at is not None:
            raise Invalid({"earmark_id": [Message("Please choose one of these.", {})]})
        held = money.left(session, [earmark_id])[earmark_id]
    if amount > held:
        words = Message("There are only %(held)s won for this.", {"held": f"{held:,}"})
        raise Invalid({"money": [words]})


def change(
    node: Node, session: Session, programme_id: int, call: Call, *, version: int, actor_id: int
) -> None:
    """Change what a programme says. Once it is published its rules and its money stay, and only the
    end of what has not ended yet can be put off."""
    programme = locked_programme(session, programme_id)
    if programme.version != version:
        raise Refused("This was changed in another window. Please look at it again.")
    if programme.phase in FROZEN:
        raise Refused("The list is frozen, so nothing of this can be changed any more.")
    call.check()
    said = _said(call)
    if programme.phase == DRAFT:
        _check_money(session, call.earmark_id, call.money)
    else:
        now = node.clock.now()
        for name, old in asdict(calendar_of(programme)).items():
            if said[name] < old or (old <= now and said[name] != old):
                raise Invalid({name: [Message("A date that was told can only be put off.", {})]})
        said = {name: value for name, value in said.items() if name not in _FIXED}
    for name, value in said.items():
        setattr(programme, name, value)
    programme.version += 1
    session.flush()
    if programme.phase != DRAFT:
        _turn_later(session, programme)
    record(node, session, "changed", PROGRAMME, programme.id, actor_id)


def publish(node: Node, session: Session, programme_id: int, *, actor_id: int | None) -> None:
    """Let everyone see it and propose; the money must stand there now. Twice is once."""
    programme = locked_programme(session, programme_id)
    if programme.phase != DRAFT:
        return
    if programme.ideas_end <= node.clock.now():
        raise Refused("The last day for ideas has passed. Please choose another one first.")
    _check_money(session, programme.earmark_id, programme.money)
    programme.published_at = node.clock.now()
    into_phase(node, session, programme, IDEAS)
    _turn_later(session, programme)
    tell_phase(node, session, programme, actor_id)
    record(node, session, "published", PROGRAMME, programme.id, actor_id)


def _turn_later(session: Session, programme: Programme) -> None:
    for at in (programme.ideas_end, programme.review_end, programme.deliberation_end):
        key = f"{TURN_JOB}:{programme.id}:{at.isoformat()}"
        outbox.enqueue(session, TURN_JOB, {"programme_id": programme.id}, key=key, at=at)


def turn_due(node: Node, payload: Mapping[str, Any]) -> None:
    """Write down the phase that the calendar has reached, and tell who follows the programme; those
    who keep the fund are told when it is time to freeze the list."""
    with node.db.write() as session:
        try:
            programme = locked_programme(session, int(payload["programme_id"]))
        except NotFound:
            return
        before = programme.phase
        if before == DRAFT:
            return
        if caught_up(node, session, programme) != before:
            tell_phase(node, session, programme)
        if programme.phase == DELIBERATION and programme.deliberation_end <= node.clock.now():
            tell_keepers(node, session, programme)


def move_on(
    node: Node, session: Session, programme_id: int, phase: str, *, reason: str, actor_id: int
) -> None:
    """End a phase before its date, or close what is carried out, with a reason that everyone
    reads. Only to the next one; voting and deciding have their own ways."""
    programme = locked_programme(session, programme_id)
    now_in = phase_of(programme, node.clock.now())
    following = {IDEAS: REVIEW, REVIEW: DELIBERATION, CARRYING: CLOSED}.get(now_in)
    if phase == now_in:
        return
    if phase != following:
        raise Refused("A programme only moves on to its next phase.")
    if not reason.strip() and not (phase == CLOSED and _all_ended(session, programme_id)):
        raise Invalid({"reason": [Message("Please say why; everyone reads it.", {})]})
    caught_up(node, session, programme)
    into_phase(node, session, programme, phase, reason=reason.strip())
    tell_phase(node, session, programme, actor_id)
    record(node, session, "moved", PROGRAMME, programme.id, actor_id, phase=phase, reason=reason)


def _all_ended(session: Session, programme_id: int) -> bool:
    """Say whether nothing of what was decided still goes on."""
    goes_on = (
        select(Undertaking.earmark_id)
        .join(Earmark, Earmark.id == Undertaking.earmark_id)
        .join(Proposal, Earmark.subject == literal("proposal:") + cast(Proposal.id, String))
        .where(Proposal.programme_id == programme_id, Undertaking.ended_at.is_(None))
    )
    return session.scalar(goes_on.limit(1)) is None


WORK = {TURN_JOB: turn_due}
"""The timed work of programmes by its kind."""
