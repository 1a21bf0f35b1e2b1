"""Drives as things that can be reported, followed, and kept from being seen."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Thing
from .....core.facts import ThingHidden
from .....core.node import Node
from .....core.values import Message
from ..models import Drive
from ..rules import path_of, subject_of
from .held import runners


def _number(subject: str) -> int | None:
    kind, _, number = subject.partition(":")
    return int(number) if kind == "drive" and number.isdecimal() and len(number) < 10 else None


def thing(session: Session, subject: str) -> Thing | None:
    """Return the drive that a subject names, with who runs it."""
    number = _number(subject)
    drive = None if number is None else session.get(Drive, number)
    if drive is None or drive.opened_at is None:
        return None
    return Thing(
        subject_of(drive.id), Message("Drive", {}), drive.title, path_of(drive.id),
        frozenset(runners(session, drive)), can_follow=drive.hidden_at is None,
        space_id=drive.space_id,
    )  # fmt: skip


def listen(node: Node, session: Session, fact: ThingHidden) -> None:
    """Keep a drive from being seen and pledged to, or show it again."""
    number = _number(fact.subject)
    drive = None if number is None else session.get(Drive, number, with_for_update=True)
    if drive is not None:
        drive.hidden_at = node.clock.now() if fact.hidden else None


def subject_urls(subjects: frozenset[str]) -> list[tuple[str, str]]:
    """Return those subjects of postings that are drives or match funds, with their pages."""
    found = ((subject, _number(subject)) for subject in subjects)
    drives = [(subject, path_of(number)) for subject, number in found if number is not None]
    matches = [each for each in subjects if each.startswith("match:")]
    return [*drives, *((each, "/fund/raise/matches") for each in matches)]
