"""Codes on paper, for those who know no neighbour on the site yet."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from .....core import audit
from .....core.node import Node
from ..models import PaperCode
from ..rules import ALPHABET, PAPER, PAPER_DAYS, PAPER_LENGTH, seal


def print_codes(node: Node, session: Session, number: int, *, actor_id: int) -> list[str]:
    """Make so many codes and return them: they are never seen again but on their paper."""
    now = node.clock.now()
    codes = [node.ports.random.code(PAPER_LENGTH, ALPHABET) for _ in range(number)]
    ends = now + timedelta(days=PAPER_DAYS)
    for code in codes:
        key = seal(node.settings.secret, PAPER, code)
        session.add(PaperCode(seal=key, made_by=actor_id, made_at=now, expires_at=ends))
    audit.record(
        session, "locality.papers.printed", at=now, person_id=actor_id,
        subject=("papers", None), number=number,
    )  # fmt: skip
    return codes


def void_codes(node: Node, session: Session, *, actor_id: int) -> int:
    """Let no code on paper that was not used work any more; return how many those were."""
    gone = session.execute(delete(PaperCode).where(PaperCode.used_at.is_(None)))
    number = int(gone.rowcount)  # type: ignore[attr-defined]
    audit.record(
        session, "locality.papers.voided", at=node.clock.now(), person_id=actor_id,
        subject=("papers", None), number=number,
    )  # fmt: skip
    return number
