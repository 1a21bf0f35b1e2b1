"""Showing that a milestone is reached, and what the treasurer says to it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from .....core import audit, pictures
from .....core.errors import Forbidden, Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from .. import queries
from ..models import CarryingReport, Milestone, Undertaking
from ..rules import path_of
from .telling import tell

_SHOWN = Message("A milestone is shown as reached: %(title)s", {}).text
_ACCEPTED = Message("A milestone is accepted: %(title)s", {}).text
_ASKED = Message("The treasurer would like to see more: %(title)s", {}).text
_FREE = Message("“%(step)s”: %(amount)s won can be paid now.", {}).text


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that a step was done: words, and a link or a picture that everyone may see."""

    text: str
    link: str = ""
    picture: pictures.Prepared | None = None


def show(
    node: Node, session: Session, milestone_id: int, evidence: Evidence, *, actor_id: int
) -> Milestone:
    """Show a milestone as reached; whoever leads the project does, until it is accepted."""
    found, step = _held(session, milestone_id)
    refuse_others(session, found, actor_id)
    if step.accepted_at is not None:
        raise Refused("This milestone is accepted already.")
    kept = step.evidence_picture_id
    if evidence.picture is not None:
        kept = pictures.keep(
            session, node, evidence.picture, caption=step.title, owner_id=actor_id,
            at=node.clock.now(),
        ).id  # fmt: skip
    if kept is None and not evidence.link:
        raise Invalid({"picture": [Message("Please add a picture or a link.", {})]})
    step.evidence, step.link, step.evidence_picture_id = evidence.text, evidence.link, kept
    step.shown_at, step.shown_by, step.asked = node.clock.now(), actor_id, ""
    session.flush()
    _record(node, session, "shown", step, actor_id)
    keepers = queries.keepers(session) - queries.leaders(session, found)
    key = f"shown:{step.id}:{int(step.shown_at.timestamp())}"
    tell(node, session, keepers, found, _SHOWN, step.title, key=key, url="/fund/projects/desk")
    return step


def accept(node: Node, session: Session, milestone_id: int, *, actor_id: int) -> None:
    """Accept a milestone: its won may be paid from now on. Twice is once.

    ``Refused`` for whoever leads the project or has shown it, and while nothing is shown.
    """
    found, step = _held(session, milestone_id)
    refuse_own(session, found, actor_id)
    if step.accepted_at is not None:
        return
    if step.shown_at is None:
        raise Refused("Nothing is shown of this milestone yet.")
    if step.shown_by == actor_id:
        raise Forbidden("You have shown this milestone yourself. Please ask somebody else.")
    step.accepted_at, step.accepted_by = node.clock.now(), actor_id
    session.flush()
    _record(node, session, "accepted", step, actor_id)
    text = Message(_FREE, {"step": step.title, "amount": f"{step.amount:,}"})
    tell(node, session, queries.leaders(session, found), found, _ACCEPTED, text,
         key=f"accepted:{step.id}")  # fmt: skip


def ask_more(node: Node, session: Session, milestone_id: int, why: str, *, actor_id: int) -> None:
    """Ask to see more of a milestone, with a reason; it has to be shown again then."""
    found, step = _held(session, milestone_id)
    refuse_own(session, found, actor_id)
    if step.accepted_at is not None or step.shown_at is None:
        raise Refused("Nothing is shown of this milestone yet, or it is accepted already.")
    step.asked, step.shown_at = why, None
    session.flush()
    _record(node, session, "asked_more", step, actor_id)
    now = int(node.clock.now().timestamp())
    url = f"{path_of(found.earmark_id)}/steps/{step.id}"
    tell(node, session, queries.leaders(session, found), found, _ASKED, why,
         key=f"asked:{step.id}:{now}", url=url)  # fmt: skip


def report(node: Node, session: Session, report_id: int, text: str, *, actor_id: int) -> None:
    """Give a report; whoever leads the project does, once, and it stands."""
    row = session.get(CarryingReport, report_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("There is no such report.")
    refuse_others(session, queries.undertaking(session, row.earmark_id), actor_id)
    if row.given_at is not None:
        raise Refused("This report is given already. What is new goes into the next one.")
    row.text, row.given_at, row.given_by = text, node.clock.now(), actor_id
    session.flush()
    audit.record(
        session, "fund.reported", at=row.given_at, person_id=actor_id,
        subject=("project", row.earmark_id), report=row.id,
    )  # fmt: skip


def refuse_own(session: Session, found: Undertaking, actor_id: int) -> None:
    """Refuse whoever leads a project what somebody else has to decide about it."""
    if actor_id in queries.leaders(session, found):
        raise Forbidden(
            "You lead this project yourself. Please ask another treasurer, or the steward."
        )


def refuse_others(session: Session, found: Undertaking, actor_id: int) -> None:
    """Refuse those who do not lead a project, and everyone once it has ended."""
    if actor_id not in queries.leaders(session, found):
        raise Forbidden("Only those who lead this project do this.")
    if found.ended_at is not None:
        raise Refused("This project has ended.")


def _held(session: Session, milestone_id: int) -> tuple[Undertaking, Milestone]:
    step = session.get(Milestone, milestone_id, with_for_update=True, populate_existing=True)
    if step is None:
        raise NotFound("There is no such milestone.")
    found = queries.undertaking(session, step.earmark_id)
    if found.ended_at is not None:
        raise Refused("This project has ended.")
    return found, step


def _record(node: Node, session: Session, what: str, step: Milestone, actor_id: int) -> None:
    audit.record(
        session, f"fund.milestone_{what}", at=node.clock.now(), person_id=actor_id,
        subject=("project", step.earmark_id), milestone=step.id,
    )  # fmt: skip
