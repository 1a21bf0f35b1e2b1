"""The example content: a small call of last year that is over, one being talked over, and one that
waits for ideas."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import members
from .....core.models import Person
from .....core.node import Node
from .....core.rights import letters
from .....core.values import Viewer
from ...carrying import actions as carrying
from ...carrying.models import CarryingReport, Milestone
from ...earmarks.actions import Move, receive, spend
from ...earmarks.models import Earmark
from ...earmarks.queries import of_subject
from ..models import Programme, Proposal
from ..rules import (
    BY_COMMITTEE,
    CLOSED,
    FEASIBLE,
    PROPOSAL,
    Calendar,
    Call,
    Idea,
    number_of,
    subject_of,
)
from . import calling, merging, proposing, reviewing, talking
from .deciding import bind_by_hand
from .held import caught_up
from .telling import proposal_path

FILE = Path(__file__).parents[2] / "data" / "programmes.toml"
_ENDS = ("ideas_end", "review_end", "deliberation_end", "vote_end", "carrying_end")
_CALL = ("title", "summary", "money", "smallest", "largest", "decision", "categories")


@cache
def _data() -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["programme"]
    return found


def load_example(node: Node, session: Session) -> None:
    """Make the example's calls; those that stand already stay as they are."""
    steward = _person(session, "steward") or session.scalars(select(Person).limit(1)).first()
    if steward is None or _person(session, "resident") is None:
        return  # nobody is there who could propose
    for said in _data():
        key = f"example:{said['key']}"
        if session.scalar(select(Programme.id).where(Programme.key == key)) is None:
            _programme(node, session, said, key, steward.id)


def _person(session: Session, key: str) -> Person | None:
    return members.find_person(session, f"{key}@gangbuk.example")


def _day(node: Node, days: int) -> datetime:
    zone = ZoneInfo(node.settings.node.time_zone)
    day = node.clock.now().astimezone(zone).date() + timedelta(days=days + 1)
    return datetime.combine(day, time(), tzinfo=zone)


def _programme(
    node: Node, session: Session, said: Mapping[str, Any], key: str, steward_id: int
) -> None:
    move = Move(
        said["money"],
        f"fund:{key}:grant",
        f"grant:gu-{said['key']}",
        f"{said['grant']}이 들어왔어요",
    )
    receive(node, session, move, target=None)
    soon = Calendar(*(_day(node, days) for days in range(1, 6)))
    call = Call(
        **{name: said[name] for name in _CALL}, story=said["story"].strip(),
        rules=said["rules"].strip(), proposers="members", per_person=3,
        places=said.get("places", ""), earmark_id=None, calendar=soon,
    )  # fmt: skip
    made = calling.make(node, session, call, key=key, actor_id=steward_id)
    for name, days in zip(_ENDS, said["days"], strict=True):
        if days > 0:
            setattr(made, name, _day(node, days))
    calling.publish(node, session, made.id, actor_id=steward_id)
    proposals = [_propose(node, session, made, each) for each in said["proposal"]]
    parts = {each.get("merge"): [] for each in said["proposal"]}  # type: dict[Any, list[Proposal]]
    for each, proposal in zip(said["proposal"], proposals, strict=True):
        parts[each.get("merge")].append(proposal)
    merged = [
        (each, _merge(node, session, made, each, parts[each["key"]], steward_id))
        for each in said.get("merging", ())
    ]
    for name, days in zip(_ENDS, said["days"], strict=True):  # what lies behind really does
        setattr(made, name, _day(node, days))
    session.flush()
    caught_up(node, session, made)
    judged = [*zip(said["proposal"], proposals, strict=True), *merged]
    for each, proposal in judged:
        _review(node, session, each, proposal, steward_id)
    if said["decision"] == BY_COMMITTEE:
        _carry_out(node, session, made, said, judged, steward_id)


def _propose(node: Node, session: Session, made: Programme, said: Mapping[str, Any]) -> Proposal:
    author = _person(session, said["author"]) or session.scalars(select(Person).limit(1)).one()
    viewer = Viewer(author.id, author.name, author.email, author.language)
    idea = Idea(
        said["title"], said["summary"], said["why"].strip(), said.get("place", ""), said["asked"],
        said.get("asked_for", ""), said["category"],
    )  # fmt: skip
    proposal = proposing.draft(
        node, session, made.id, idea, key=f"example:{said['title']}", viewer=viewer
    )
    proposing.hand_in(node, session, proposal.id, viewer=viewer)
    _support(node, session, proposal, said)
    for each in said.get("question", ()):
        asker = _person(session, each["by"])
        if asker is None or asker.id == author.id:
            continue
        asked = talking.ask(
            node, session, proposal.id, each["text"], key="example", person_id=asker.id
        )
        if "answer" in each:
            talking.answer_question(node, session, asked.id, each["answer"], person_id=author.id)
    return proposal


def _support(node: Node, session: Session, proposal: Proposal, said: Mapping[str, Any]) -> None:
    for name in said.get("supporters", ()):
        person = _person(session, name)
        if person is not None and person.id != proposal.author_id:
            talking.support(node, session, proposal.id, person_id=person.id)


def _merge(
    node: Node, session: Session, made: Programme, said: Mapping[str, Any],
    parts: Sequence[Proposal], steward_id: int,
) -> Proposal:  # fmt: skip
    suggested = merging.suggest_merging(
        node, session, made.id, [each.id for each in parts], title=said["title"],
        summary=said["summary"], asked=said["asked"], key=f"example:{said['key']}",
        actor_id=steward_id, reviews=True,
    )  # fmt: skip
    for each in parts:
        if each.author_id is not None:
            merging.agree(node, session, suggested.id, person_id=each.author_id)
    proposal = session.get_one(Proposal, suggested.proposal_id)
    _support(node, session, proposal, said)
    return proposal


def _review(
    node: Node, session: Session, said: Mapping[str, Any], proposal: Proposal, steward_id: int
) -> None:
    if "cost" in said:
        reviewing.find_feasible(
            node, session, proposal.id, cost=said["cost"], note=said["note"], actor_id=steward_id
        )
    if "refused" in said:
        reviewing.find_unfit(
            node, session, proposal.id, reason=said["refused"], actor_id=steward_id
        )
        if proposal.author_id is not None:
            reviewing.answer_review(
                node, session, proposal.id, said["answer"], person_id=proposal.author_id
            )


def _carry_out(
    node: Node, session: Session, made: Programme, said: Mapping[str, Any],
    judged: Sequence[tuple[Mapping[str, Any], Proposal]], steward_id: int,
) -> None:  # fmt: skip
    chosen = [(each, row) for each, row in judged if each.get("chosen") and row.state == FEASIBLE]
    bind_by_hand(
        node, session, made.id, [row.id for _, row in chosen], reason=said["reason"],
        actor_id=steward_id,
    )  # fmt: skip
    for each, row in chosen:
        earmark = of_subject(session, subject_of(PROPOSAL, row.id))
        if earmark is not None and row.author_id is not None:
            _finish(node, session, each, earmark, row.author_id, steward_id)
    calling.move_on(node, session, made.id, CLOSED, reason="", actor_id=steward_id)


def _finish(
    node: Node, session: Session, said: Mapping[str, Any], earmark: Earmark, leader_id: int,
    steward_id: int,
) -> None:  # fmt: skip
    number = number_of(earmark.subject, PROPOSAL) or 0
    link = letters.address(node, proposal_path(number))
    of_it = Milestone.earmark_id == earmark.id
    for step in session.scalars(select(Milestone).where(of_it)).all():
        evidence = carrying.Evidence(said["report"], link)
        carrying.show(node, session, step.id, evidence, actor_id=leader_id)
        carrying.accept(node, session, step.id, actor_id=steward_id)
    subject = earmark.subject
    move = Move(said["spent"], f"fund:example:{subject}:spent", subject, said["memo"], steward_id)
    spend(node, session, move, source=earmark)
    its = CarryingReport.earmark_id == earmark.id
    for report in session.scalars(select(CarryingReport).where(its)).all():
        carrying.report(node, session, report.id, said["report"], actor_id=leader_id)
    carrying.finish(node, session, earmark.id, actor_id=steward_id)
