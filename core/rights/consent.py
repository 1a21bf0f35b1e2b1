"""The ledger of consents: lines are added and ended, never changed or deleted while somebody is
here (PIPA articles 15, 22 and 37)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .. import members
from ..models import Consent, Person

UNSURE = "-"
"""Stands with somebody of whom has to be looked up what they agreed to."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a person's history: a text in a version, agreed to (or taken back) at a time."""

    at: datetime
    subject: str
    version: str
    given: bool


def stamp(wanted: Mapping[str, str]) -> str:
    """Return one text for these versions by subject, to be compared at every request."""
    return " ".join(f"{subject}={version}" for subject, version in sorted(wanted.items()))


def lacking(session: Session, person_id: int, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Return those subjects to whose wanted version the person does not agree now, in order."""
    return _not_in(_standing(session, person_id), wanted)


def outdated(session: Session, person_id: int, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Return the same of somebody who has agreed to any of these before; nothing of one who was
    given an account and never asked: who runs the node, say."""
    standing = _standing(session, person_id)
    before = any(subject in wanted for subject, _ in standing)
    return _not_in(standing, wanted) if before else ()


def _standing(session: Session, person_id: int) -> set[tuple[str, str]]:
    rows = session.execute(
        select(Consent.subject, Consent.version).where(
            Consent.person_id == person_id, Consent.withdrawn_at.is_(None)
        )
    )
    return {(row.subject, row.version) for row in rows}


def _not_in(standing: set[tuple[str, str]], wanted: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        subject for subject, version in wanted.items() if (subject, version) not in standing
    )


def agree(
    session: Session, person_id: int, given: Mapping[str, str], *, at: datetime, language: str
) -> None:
    """Write down that the person agreed to these versions; what stands is not doubled."""
    for subject in lacking(session, person_id, given):
        members.give_consent(session, person_id, subject, given[subject], at=at, language=language)


def note_all_right(session: Session, person_id: int, wanted: Mapping[str, str]) -> None:
    """Keep with the person that they agree to all of these, so that it need not be looked up."""
    session.execute(update(Person).where(Person.id == person_id).values(agreed=stamp(wanted)))


def history(session: Session, person_id: int) -> Sequence[Step]:
    """Return everything that the person agreed to and took back, the newest first."""
    query = select(Consent).where(Consent.person_id == person_id).order_by(Consent.id.desc())
    steps: list[Step] = []
    for row in session.scalars(query):
        if row.withdrawn_at is not None:
            steps.append(Step(row.withdrawn_at, row.subject, row.version, False))
        steps.append(Step(row.given_at, row.subject, row.version, True))
    return sorted(steps, key=lambda step: step.at, reverse=True)  # as they stand, if at once
