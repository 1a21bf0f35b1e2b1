"""What is counted and what comes of it: projects with their cost, ballots, winners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

APPROVAL, CHOOSE_1, ORDINAL, CUMULATIVE, SCORING = (
    "approval", "choose-1", "ordinal", "cumulative", "scoring"
)  # fmt: skip
KINDS = (APPROVAL, CHOOSE_1, ORDINAL, CUMULATIVE, SCORING)
"""Kinds of ballots, by Pabulib's names."""


@dataclass(frozen=True, slots=True)
class Project:
    """Something to be paid for: ``cost`` in whole units of the money (won), above 0."""

    id: str
    cost: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """The projects on one ballot, the most wanted first; ``points`` stand beside them, or none.

    ``voter`` names the ballot within its election, and nobody outside of it.
    """

    voter: str
    choices: tuple[str, ...]
    points: tuple[int, ...] = ()


@dataclass(frozen=True)
class Election:
    """A vote on how to spend ``budget``; a ballot may be empty, and still counts as a voter."""

    budget: int
    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    kind: str = APPROVAL
    meta: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Project]:
        """Return the projects by their ids."""
        return {project.id: project for project in self.projects}

    @cached_property
    def votes(self) -> Counter[str]:
        """Return how many ballots name each project."""
        return Counter(choice for ballot in self.ballots for choice in ballot.choices)

    @cached_property
    def scores(self) -> Counter[str]:
        """Return what each project is ranked by: votes, the sum of its points, or for ballots in
        an order the sum of how many places below it a full ballot has (Borda)."""
        if self.kind in (APPROVAL, CHOOSE_1):
            return self.votes
        longest = max((len(ballot.choices) for ballot in self.ballots), default=0)
        total: Counter[str] = Counter()
        for ballot in self.ballots:
            points = ballot.points or range(longest, 0, -1)
            for choice, given in zip(ballot.choices, points, strict=False):
                total[choice] += given
        return total

    @cached_property
    def groups(self) -> list[tuple[frozenset[str], int]]:
        """Return the different sets of projects on ballots with how many ballots hold each."""
        found = Counter(frozenset(ballot.choices) for ballot in self.ballots)
        return sorted(found.items(), key=lambda each: sorted(each[0]))


@dataclass(frozen=True, slots=True)
class Payment:
    """So many voters who each pay ``amount``."""

    amount: Fraction
    voters: int


@dataclass(frozen=True, slots=True)
class Winner:
    """A chosen project with what its supporters paid for it, the largest payment first.

    Under a rule in which nobody pays there are no payments.
    """

    project: Project
    votes: int
    payments: tuple[Payment, ...] = ()


@dataclass(frozen=True, slots=True)
class Loser:
    """A project that was not chosen: what its supporters had left, and what that lacked.

    ``left`` is None under a rule in which nobody pays; ``missing`` then is what the money lacked
    when its turn came. ``barred``: it had too few supporters for its cost to take part.
    """

    project: Project
    votes: int
    left: Fraction | None
    missing: Fraction
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """The outcome: winners in the order in which they were chosen.

    ``share`` is what each voter had to spend in the end, ``rounds`` how many steps of completion
    that took.
    """

    rule: str
    budget: int
    winners: tuple[Winner, ...]
    losers: tuple[Loser, ...]
    share: Fraction | None = None
    rounds: int = 0

    @property
    def cost(self) -> int:
        """Return what all winners cost together."""
        return cost_of(winner.project for winner in self.winners)

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the winners."""
        return tuple(winner.project.id for winner in self.winners)


def cost_of(projects: Iterable[Project]) -> int:
    """Return what these projects cost together."""
    return sum(project.cost for project in projects)
