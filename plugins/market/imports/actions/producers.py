"""Taking in a list of producers."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from .....core.members import make_space
from .....core.models import Space
from .....core.search import changed
from ...catalog.actions import Hand
from ..queries import SPACE_FIELDS, known_producers
from ..rules import Outcome, Report, RowOutcome, Table, classify_producers, lacks_place
from .record import Done, keep, subject_of


def import_producers(session: Session, table: Table, *, file_name: str, hand: Hand) -> Done:
    """Make and complete producers' pages from a table; Refused if its columns cannot be used."""
    report = classify_producers(table, known_producers(session))
    return keep(
        session,
        "producers",
        report,
        _apply(session, report, hand),
        file_name=file_name,
        seller_id=None,
        hand=hand,
    )


def _apply(session: Session, report: Report, hand: Hand) -> dict[int, int]:
    made: dict[int, int] = {}
    for row in report.rows:
        if row.outcome == Outcome.MADE:
            made[row.line] = _make(session, row, hand)
        elif row.outcome == Outcome.CHANGED:
            _change(session, subject_of(row, made), row)
    return made


def _make(session: Session, row: RowOutcome, hand: Hand) -> int:
    details = {field: str(row.facts[field] or "") for field in SPACE_FIELDS if field in row.facts}
    name = details.pop("name")
    return make_space(
        session, kind="producer", name=name, at=hand.at, incomplete=row.incomplete, **details
    ).id


def _change(session: Session, space_id: int | None, row: RowOutcome) -> None:
    if space_id is not None:
        changed(session, "space", space_id)
    session.execute(
        update(Space)
        .where(Space.id == space_id)
        .values(**row.after, incomplete=row.incomplete)
        .execution_options(synchronize_session=False)
    )


def mark_place(session: Session, space_id: int) -> None:
    """Say anew whether a space's place is known."""
    space = session.get_one(Space, space_id, populate_existing=True)
    space.incomplete = lacks_place(space.province, space.county)
