"""Closing a vote: the urn is opened, counted by both rules, and the result kept for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from ...programmes import actions as programmes
from ..models import Option, Result, Urn, Vote
from ..queries import Turnout, options, result_of, turnout
from ..rules import (
    CLOSED,
    COUNTING,
    DRAFT,
    FEWEST,
    OPEN,
    Choice,
    Count,
    as_text,
    election_of,
    needed,
    on_paper,
    tally,
    urn,
)
from .held import locked, record, tell_roll, unsealed, urn_of


@dataclass(frozen=True)
class Opened:
    """What is needed to count: nothing of it changes any more."""

    vote_id: int
    urn: urn.Urn
    choices: tuple[Choice, ...]
    seed: str
    form: str
    budget: int
    step: int
    support: int | None
    meta: Mapping[str, str]


def close(
    node: Node, vote_id: int, *, actor_id: int | None = None, without_missing: bool = False
) -> None:
    """Close a vote that is over and count it. Nobody waits for the count but the result.

    ``Refused`` before its end, and while paper ballots of people who were ticked off are not
    entered (unless ``without_missing``).
    """
    with node.db.write() as session:
        opened = open_urn(node, session, vote_id, without_missing=without_missing)
    if opened is None:
        return
    counted = count(opened)
    with node.db.write() as session:
        keep(node, session, opened, counted, actor_id=actor_id)


def close_job(node: Node, payload: Mapping[str, Any]) -> None:
    """Close a vote at its end; one that waits for paper ballots is left to its treasurer."""
    with node.db.read() as session:
        waits = turnout(session, payload["vote_id"]).outstanding > 0
    if not waits:
        close(node, payload["vote_id"])


def open_urn(
    node: Node, session: Session, vote_id: int, *, without_missing: bool = False
) -> Opened | None:
    """Let nothing more into the urn, and return what is counted; None if that is done."""
    vote = locked(session, vote_id)
    if vote.state == CLOSED:
        return None
    if vote.state == DRAFT or node.clock.now() < vote.closes_at:
        raise Refused("This vote is not over yet.")
    missing = turnout(session, vote_id).outstanding
    if missing and vote.state == OPEN and not without_missing:
        raise Refused(
            "%(missing)s paper ballots are not entered yet. Please enter them first.",
            missing=missing,
        )
    vote.state = COUNTING
    session.flush()
    choices = tuple(Choice(e.number, e.title, e.cost) for e in options(session, vote_id))
    return Opened(
        vote_id, urn_of(node, session, vote_id), choices,
        unsealed(node, vote_id, "seed", vote.seed).decode(), vote.form, vote.budget, vote.step,
        vote.support, _meta(node, vote),
    )  # fmt: skip


def _meta(node: Node, vote: Vote) -> dict[str, str]:
    here = node.settings.node
    limits = {
        "limited": {"min_length": str(max(1, vote.least)), "max_length": str(vote.most)},
        "ranking": {"max_length": str(vote.most)},
        "knapsack": {"max_sum_cost": str(vote.budget)},
    }
    return {
        "description": vote.title, "country": "Republic of Korea", "unit": here.county,
        "district": here.town, "instance": f"{here.address}/fund/votes/{vote.id}",
        "date_begin": f"{vote.opens_at:%d.%m.%Y}", "date_end": f"{vote.closes_at:%d.%m.%Y}",
        "currency": "KRW", "rule": vote.rule, "tie_commitment": vote.commitment,
        **limits.get(vote.form, {}),
    }  # fmt: skip


def count(opened: Opened) -> Count:
    """Count what lay in the urn, exactly; the same for whoever does it."""
    election = election_of(
        opened.choices, opened.urn, form=opened.form, budget=opened.budget, meta=opened.meta
    )
    return tally(election, seed=opened.seed, step=opened.step, support=opened.support)


def keep(
    node: Node, session: Session, opened: Opened, counted: Count, *, actor_id: int | None
) -> None:
    """Keep the result, show the seed, and tell everybody; done twice it is done once."""
    vote = locked(session, opened.vote_id)
    if vote.state == CLOSED:
        return
    part = turnout(session, vote.id)
    shown = _shown(vote, opened, counted, part)
    secret = shown["ballots"] >= FEWEST
    session.add(
        Result(
            vote_id=vote.id, seed=opened.seed, counted_at=node.clock.now(),
            ballots=counted.ballots if secret else "", shares=counted.shares if secret else "",
            greedy=counted.greedy if secret else "", shown=as_text(shown),
        )
    )  # fmt: skip
    session.get_one(Urn, vote.id).sealed = ""
    vote.seed, vote.state = "", CLOSED
    session.flush()
    record(node, session, "counted", vote.id, actor_id, ballots=shown["ballots"])
    tell_roll(node, session, vote, "result")


def _shown(vote: Vote, opened: Opened, counted: Count, part: Turnout) -> dict[str, Any]:
    ballots = sum(opened.urn.values())
    wanted = needed(vote.quorum_kind, vote.quorum, vote.roll_size)
    matches = ballots == part.voted - part.outstanding
    decided = matches and ballots >= wanted and bool(counted.winners[vote.rule])
    blank = sum(number for (ballot, _), number in opened.urn.items() if not ballot)
    told: dict[str, Any] = {
        "ballots": ballots, "roll": part.roll, "voted": part.voted, "missing": part.outstanding,
        "needed": wanted, "matches": matches, "decided": decided, "step": counted.step,
        "paper": part.paper,
    }  # fmt: skip
    if ballots < FEWEST:
        return told  # of so few nothing is told, not even sums
    return {
        **told, "blank": blank, "on_paper": on_paper(opened.urn, FEWEST),
        "winners": list(counted.winners[vote.rule]), "rules": counted.shown,
    }  # fmt: skip


def bind(node: Node, session: Session, vote_id: int, *, actor_id: int) -> None:
    """Put a result into effect: each chosen project gets its cost set apart; once."""
    vote = locked(session, vote_id)
    told = result_of(session, vote_id)
    if told is None or not told["decided"]:
        raise Refused("This vote has decided nothing, so no money is set apart by it.")
    if vote.bound_at is not None:
        return
    chosen = select(Option.proposal_id).where(
        Option.vote_id == vote_id, Option.number.in_(told["winners"])
    )
    winners = session.scalars(chosen.order_by(Option.number)).all()
    programmes.bind(
        node, session, vote.programme_id, winners, by=f"vote:{vote_id}", actor_id=actor_id
    )
    vote.bound_at = node.clock.now()
    session.flush()
    record(node, session, "bound", vote_id, actor_id, winners=list(winners))
