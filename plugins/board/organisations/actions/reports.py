"""Plans and reports of a year, with a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Paper, Report
from ..rules import AHEAD, MOST_PAPER, PAST


@dataclass(frozen=True, slots=True)
class Brought:
    """A document as somebody brought it."""

    name: str
    content: bytes

    def check(self) -> None:
        """Raise ``Invalid`` unless it is a PDF of a size that we keep."""
        if len(self.content) > MOST_PAPER:
            why = Message("This document is too large. It may have up to %(most)s MB.", {"most": 5})
        elif not self.content.startswith(b"%PDF-") or b"%%EOF" not in self.content[-2048:]:
            why = Message("This is no PDF document. Please save it as PDF first.", {})
        else:
            return
        raise Invalid({"paper": [why]})


def write(
    node: Node, session: Session, space_id: int, said: Mapping[str, Any], *,
    paper: Brought | None, drop_paper: bool, version: int, actor_id: int,
) -> Report:  # fmt: skip
    """Publish the plan or report of a year, or change it.

    ``said``: kind, year, text, income, expense, reached. ``version`` 0 makes a new one; ``Refused``
    if it changed meanwhile, or is there already.
    """
    _check_year(said["year"], node.clock.now().year)
    row = _held(session, space_id, said["year"], said["kind"])
    if (row.version if row else 0) != version:
        raise Refused("This was changed in another window. Please look at it again.")
    now = node.clock.now()
    if row is None:
        row = Report(space_id=space_id, version=0, published_at=now)
        session.add(row)
    for name, value in said.items():
        setattr(row, name, value)
    row.version, row.changed_at = version + 1, now
    if paper is not None or drop_paper:
        _change_paper(node, session, row, paper)
    if not row.text and row.paper_id is None:
        raise Invalid({"text": [Message("Please write something, or bring a document.", {})]})
    session.flush()
    _record(node, session, "written", row, actor_id)
    return row


def _check_year(year: int, this_year: int) -> None:
    """Raise ``Invalid`` for a year that nobody plans or reports on today: each may hold 5 MB."""
    if not this_year - PAST <= year <= this_year + AHEAD:
        values = {"first": str(this_year - PAST), "last": str(this_year + AHEAD)}
        raise Invalid({"year": [Message("Between %(first)s and %(last)s.", values)]})


def _change_paper(node: Node, session: Session, row: Report, brought: Brought | None) -> None:
    before, row.paper_id = row.paper_id, None
    if brought is not None:
        paper = Paper(
            space_id=row.space_id, name=brought.name[-120:], size=len(brought.content),
            content=brought.content, created_at=node.clock.now(),
        )  # fmt: skip
        session.add(paper)
        session.flush()
        row.paper_id = paper.id
    session.flush()
    if before is not None:
        session.execute(delete(Paper).where(Paper.id == before))


def withdraw(node: Node, session: Session, space_id: int, report_id: int, *, actor_id: int) -> None:
    """Take a plan or report off the page, with its document."""
    row = session.get(Report, report_id, with_for_update=True)
    if row is None or row.space_id != space_id:
        raise NotFound("There is no such thing here any more.")
    _record(node, session, "withdrawn", row, actor_id)
    paper_id = row.paper_id
    session.delete(row)
    session.flush()
    if paper_id is not None:
        session.execute(delete(Paper).where(Paper.id == paper_id))


def _held(session: Session, space_id: int, year: int, kind: str) -> Report | None:
    query = select(Report).where(
        Report.space_id == space_id, Report.year == year, Report.kind == kind
    )
    return session.scalars(query.with_for_update()).one_or_none()


def _record(node: Node, session: Session, what: str, row: Report, actor_id: int) -> None:
    audit.record(
        session, f"board.report.{what}", at=node.clock.now(), person_id=actor_id,
        subject=("space", row.space_id), year=row.year, kind=row.kind,
    )  # fmt: skip
