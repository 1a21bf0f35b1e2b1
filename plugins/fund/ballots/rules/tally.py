"""Counting a vote: both rules over the same ballots, and what that comes to in plain numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...counting.rules import (
    Ballot,
    Counted,
    Election,
    Project,
    TooManyRounds,
    as_json_text,
    equal_shares,
    greedy,
    write,
)
from .terms import RANKING, STEPS
from .urn import Urn


@dataclass(frozen=True, slots=True)
class Choice:
    """A project on the ballot: its number there, its title and cost in won."""

    number: int
    title: str
    cost: int


@dataclass(frozen=True, slots=True)
class Count:
    """The ballots as a file, what each rule gives as JSON, and the numbers for the page.

    ``step`` is the one that was used: the wished one, or the next larger that ends.
    """

    ballots: str
    shares: str
    greedy: str
    shown: dict[str, Any]
    winners: Mapping[str, tuple[int, ...]]
    step: int


def election_of(
    choices: Sequence[Choice], urn: Urn, *, form: str, budget: int, meta: Mapping[str, str]
) -> Election:
    """Return the election that lies in an urn; ballots are numbered in the order of what stands on
    them, so that a number tells nothing of when or by whom."""
    cast: Counter[tuple[int, ...]] = Counter()
    for (ballot, _), number in urn.items():
        cast[ballot] += number
    each = (ballot for ballot, number in sorted(cast.items()) for _ in range(number))
    return Election(
        budget,
        tuple(Project(str(choice.number), choice.cost, choice.title) for choice in choices),
        tuple(Ballot(str(n), tuple(map(str, ballot))) for n, ballot in enumerate(each, 1)),
        "ordinal" if form == RANKING else "approval",
        dict(meta),
    )


def tally(
    election: Election, *, seed: str, step: int, support: int | None, most_work: int | None = None
) -> Count:
    """Count by both rules, exactly; raises ``TooManyRounds``, also beyond ``most_work``."""
    shared, step = _shared(election, seed, step, support, most_work)
    wanted = greedy(election, seed=seed)
    ways = {"equal-shares": shared, "greedy": wanted}
    return Count(
        write(election),
        as_json_text(election, shared) + "\n",
        as_json_text(election, wanted) + "\n",
        {name: shown(election, counted) for name, counted in ways.items()},
        {name: tuple(map(int, counted.ids)) for name, counted in ways.items()},
        step,
    )  # fmt: skip


def _shared(
    election: Election, seed: str, step: int, support: int | None, most_work: int | None
) -> tuple[Counted, int]:
    for wide in [step, *(each for each in (*STEPS, 10_000, 100_000) if each > step)]:
        try:
            counted = equal_shares(
                election, seed=seed, step=wide, support=support, most_work=most_work
            )
            return counted, wide
        except TooManyRounds:
            continue
    raise TooManyRounds


def shown(election: Election, counted: Counted) -> dict[str, Any]:
    """Return what a page says of an outcome, in whole numbers; amounts are rounded to the won, what
    lacks upwards."""
    won = set(counted.ids)
    without = sum(1 for ballot in election.ballots if not won.intersection(ballot.choices))
    return {
        "budget": counted.budget,
        "cost": counted.cost,
        "share": None if counted.share is None else _won(counted.share),
        "without": without,
        "projects": {
            **{
                each.project.id: {
                    "place": place, "votes": each.votes,
                    "pays": [[_won(pay.amount), pay.voters] for pay in each.payments],
                }
                for place, each in enumerate(counted.winners, 1)
            },
            **{
                each.project.id: {
                    "place": 0, "votes": each.votes, "missing": -(-each.missing // 1),
                    "barred": each.barred,
                }
                for each in counted.losers
            },
        },
    }  # fmt: skip


def _won(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))


def on_paper(urn: Urn, fewest: int) -> dict[str, Any] | None:
    """Return how many ballots on paper named each project, so that the pile can be counted again;
    None where so few are on paper, or are not, that it would tell on somebody."""
    paper, other = (sum(n for (_, p), n in urn.items() if p is which) for which in (True, False))
    if paper < fewest or 0 < other < fewest:
        return None
    named: Counter[int] = Counter()
    for (ballot, is_paper), number in urn.items():
        for choice in ballot if is_paper else ():
            named[choice] += number
    return {"ballots": paper, "named": {str(k): v for k, v in sorted(named.items())}}


def as_text(told: Mapping[str, Any]) -> str:
    """Return numbers as they are kept."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
