"""In which order the sections of the home page stand, and which stewards leave out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from ..answers import Section
from ..models import HomePlace
from ..statements import Statement
from ..values import Message, Viewer

VISITOR, MEMBER = "visitor", "member"
AUDIENCES = (VISITOR, MEMBER)

_PLACE = HomePlace.__table__
_PLACES = Statement(select(_PLACE.c.audience, _PLACE.c.section, _PLACE.c.place, _PLACE.c.hidden))


@dataclass(frozen=True, slots=True)
class Placed:
    """A section at its place; ``title`` is None for one that has nothing to show now."""

    section: str
    title: Message | None
    hidden: bool


def audience_of(viewer: Viewer | None) -> str:
    """Return for whom the page is drawn."""
    return VISITOR if viewer is None else MEMBER


def arranged(session: Session, audience: str, found: Iterable[Section]) -> list[Section]:
    """Return the sections that are shown, in their order; one without a title always is."""
    stored = _stored(session, audience)
    hidden = {name for name, (_, is_hidden) in stored.items() if is_hidden}
    return [
        each for each in _sorted(stored, found) if each.title is None or each.template not in hidden
    ]


def places(session: Session, audience: str, found: Iterable[Section]) -> list[Placed]:
    """Return all sections that can be put in order, those left out too."""
    stored = _stored(session, audience)
    return [
        Placed(each.template, each.title, stored.get(each.template, (0, False))[1])
        for each in _sorted(stored, found)
        if each.title is not None
    ]


def _stored(session: Session, audience: str) -> dict[str, tuple[int, bool]]:
    rows = _PLACES.all(session)
    return {row.section: (row.place, bool(row.hidden)) for row in rows if row.audience == audience}


def _sorted(stored: Mapping[str, tuple[int, bool]], found: Iterable[Section]) -> list[Section]:
    """Put those that stewards have placed in their order, and each other one before the first that
    its plugin wants behind it."""
    sections = sorted(found, key=lambda each: each.order)
    placed = [each for each in sections if each.template in stored]
    placed.sort(key=lambda each: stored[each.template][0])
    for each in sections:
        if each.template not in stored:
            placed.insert(_before(placed, each), each)
    return placed


def _before(placed: Sequence[Section], new: Section) -> int:
    later = (place for place, each in enumerate(placed) if each.order > new.order)
    return next(later, len(placed))


def change(session: Session, audience: str, order: Sequence[Placed]) -> None:
    """Keep this order; sections that have nothing to show now stay where they stood."""
    names, full = {each.section for each in order}, list(order)
    stored = _stored(session, audience)
    for name in sorted(stored, key=lambda name: stored[name][0]):
        if name not in names:
            place, hidden = stored[name]
            full.insert(min(place, len(full)), Placed(name, None, hidden))
    reset(session, audience)
    rows = [
        {"audience": audience, "section": each.section, "place": place, "hidden": each.hidden}
        for place, each in enumerate(full)
    ]
    if rows:
        session.execute(insert(HomePlace), rows)


def reset(session: Session, audience: str) -> None:
    """Let all sections stand where their plugins want them."""
    session.execute(delete(HomePlace).where(HomePlace.audience == audience))


def moved(order: Sequence[Placed], section: str, step: str) -> list[Placed]:
    """Return the order after a step: up, down, hide or show."""
    result = list(order)
    place = next((number for number, each in enumerate(order) if each.section == section), None)
    if place is None:
        return result
    if step in ("hide", "show"):
        each = order[place]
        result[place] = Placed(each.section, each.title, step == "hide")
    else:
        other = place + {"up": -1, "down": 1}.get(step, 0)
        if 0 <= other < len(result):
            result[place], result[other] = result[other], result[place]
    return result
