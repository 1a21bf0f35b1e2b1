"""The Method of Equal Shares: each voter has an equal part of the money and pays what they want.

Peters, Pierczyński and Skowron, 2021; as used in Wieliczka, Aarau and Świecie in 2023. Again and
again the project is bought that has the highest *effective* number of votes: its cost over the most
that one of its supporters pays, when they pay equally as far as they can. All numbers are exact:
amounts are integers over one common denominator, so that two counts never differ by a rounding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import gcd
from operator import itemgetter, mul

from .election import Counted, Election, Loser, Payment, Project, Winner, cost_of
from .lots import lots

MOST_ROUNDS = 200_000
"""Steps of completion after which a larger step has to be chosen."""


_TURN = 50
"""What one turn over a project costs beside its purses, in looks at a purse."""


class TooManyRounds(Exception):
    """The step is so small beside the costs that the count would not end within reason."""


def equal_shares(
    election: Election, *, seed: str = "", step: int = 1, complete: bool = True,
    support: int | None = None, most_work: int | None = None,
) -> Counted:  # fmt: skip
    """Count by equal shares, completed by adding ``step`` to each voter's share.

    The completion stops only when one more step would spend more than there is, or when all that
    anybody wants is bought. ``support``: a project takes part only if its share of the voters is at
    least that part (3: a third) of its share of the money. Ties go to the lower cost, then to more
    votes, then to the lot, which is drawn once for all steps. Raises ``TooManyRounds``, also once
    purses were looked at ``most_work`` times (some ten million a second).
    """
    if step < 1:
        raise ValueError("a step is at least 1")
    field = _Field(election, seed, support)
    if not field.voters:
        return Counted("equal-shares", election.budget, (), field.losers([], None))
    share = Fraction(election.budget, field.voters)
    bought, rounds = field.buy(share), 0
    following = election.budget // field.voters + step
    while complete and len(bought) < len(field.runners):
        more = field.buy(Fraction(following))
        if cost_of(each.project for each in more) > election.budget:
            break
        bought, share, rounds = more, Fraction(following), rounds + 1
        following += step
        if rounds > MOST_ROUNDS or (most_work is not None and field.work > most_work):
            raise TooManyRounds
    winners = tuple(Winner(e.project, election.votes[e.project.id], e.payments) for e in bought)
    return Counted(
        "equal-shares", election.budget, winners, field.losers(bought, share), share, rounds
    )


@dataclass(frozen=True, slots=True)
class _Bought:
    project: Project
    payments: tuple[Payment, ...]


@dataclass(slots=True)
class _Runner:
    """A project with its supporters: ``groups`` are the places of their purses, ``weights`` how
    many voters stand behind each, ``votes`` how many that are together.

    ``top`` and ``bottom`` make the last known effective vote, which only falls.
    """

    project: Project
    groups: Sequence[int]
    weights: Sequence[int]
    votes: int
    lot: int
    top: int = 0
    bottom: int = 1

    def purses(self, left: Sequence[int]) -> Sequence[int]:
        """Return what each group of supporters has left, for each of its voters."""
        if len(self.groups) == 1:
            return (left[self.groups[0]],)
        return itemgetter(*self.groups)(left)  # type: ignore[no-any-return]


class _Field:
    """Voters of equal ballots together, and the projects that take part."""

    def __init__(self, election: Election, seed: str, support: int | None) -> None:
        self.election = election
        self.voters = len(election.ballots)
        self.work = 0
        self._weights = [number for _, number in election.groups]
        lot = lots(election.by_id, seed)
        self.runners = [
            _runner(election, project, lot[project.id])
            for project in sorted(election.projects, key=lambda each: lot[each.id])
            if election.votes[project.id] and takes_part(election, project, support)
        ]

    def buy(self, share: Fraction) -> list[_Bought]:
        """Let voters with so much each buy until nothing more can be bought."""
        left, whole = [share.numerator] * len(self._weights), share.denominator
        field, bought = list(self.runners), []
        for each in field:
            each.top, each.bottom = each.votes, 1
        while (best := _best(field, left, whole)) is not None:
            self.work += _TURN + sum(_TURN + len(each.groups) for each in field)
            runner, pay, among = best
            field.remove(runner)
            divided = gcd(pay, among)
            if (factor := among // divided) > 1:
                left, whole = [each * factor for each in left], whole * factor
            bought.append(_Bought(runner.project, _pay(runner, left, whole, pay // divided)))
        return bought

    def losers(self, bought: Iterable[_Bought], share: Fraction | None) -> tuple[Loser, ...]:
        """Return what was not bought, what its supporters had left of their shares, and what that
        lacked, the most wanted first."""
        left = self._left(bought, share or Fraction(0))
        won = {each.project.id for each in bought}
        running = {each.project.id for each in self.runners}
        found = []
        for project in self.election.projects:
            if project.id in won:
                continue
            money = sum(
                (left[place] * number for place, (names, number) in
                 enumerate(self.election.groups) if project.id in names),
                Fraction(0),
            )  # fmt: skip
            votes = self.election.votes[project.id]
            barred = bool(votes) and project.id not in running
            missing = max(Fraction(0), project.cost - money)
            found.append(Loser(project, votes, money, missing, barred))
        return tuple(sorted(found, key=lambda each: (-each.votes, each.project.id)))

    def _left(self, bought: Iterable[_Bought], share: Fraction) -> list[Fraction]:
        left = [share] * len(self.election.groups)
        for each in bought:
            most = each.payments[0].amount
            for place, (names, _) in enumerate(self.election.groups):
                if each.project.id in names:
                    left[place] -= min(most, left[place])
        return left


def payments(election: Election, counted: Counted) -> dict[str, dict[str, Fraction]]:
    """Return what each voter paid for each winner: by the winner's id and the ballot's name."""
    left = {ballot.voter: counted.share or Fraction(0) for ballot in election.ballots}
    found: dict[str, dict[str, Fraction]] = {}
    for winner in counted.winners:
        most = winner.payments[0].amount if winner.payments else Fraction(0)
        paid = found[winner.project.id] = {}
        for ballot in election.ballots if most else ():
            amount = min(most, left[ballot.voter])
            if winner.project.id in ballot.choices and amount:
                left[ballot.voter] -= amount
                paid[ballot.voter] = amount
    return found


def takes_part(election: Election, project: Project, support: int | None) -> bool:
    """Say whether enough voters want a project for its cost: votes / voters ≥ cost / (support ×
    budget), the rule of Świecie with a support of 3. ``None`` asks for nothing."""
    if support is None:
        return True
    votes, voters = election.votes[project.id], len(election.ballots)
    return votes * support * election.budget >= project.cost * voters


def _runner(election: Election, project: Project, lot: int) -> _Runner:
    places = [
        (place, number)
        for place, (names, number) in enumerate(election.groups)
        if project.id in names
    ]
    groups, weights = zip(*places, strict=True)
    return _Runner(project, groups, weights, sum(weights), lot)


def _best(field: list[_Runner], left: Sequence[int], whole: int) -> tuple[_Runner, int, int] | None:
    """Return the project of the highest effective vote with the most that a supporter pays (a
    fraction of ``whole``), and drop those that their supporters cannot pay any more.

    What was known of a project before can only have fallen, so most need not be looked at.
    """
    best: tuple[_Runner, int, int] | None = None
    field.sort(key=lambda each: Fraction(-each.top, each.bottom))
    gone = []
    for runner in field:
        if best is not None and runner.top * best[0].bottom < best[0].top * runner.bottom:
            break
        price = _price(runner, left, runner.project.cost * whole)
        if price is None:
            gone.append(runner)
            continue
        pay, among = price
        runner.top, runner.bottom = runner.project.cost * whole * among, pay
        if best is None or _before(runner, best[0]):
            best = (runner, pay, among)
    for runner in gone:
        field.remove(runner)
    return best


def _before(one: _Runner, other: _Runner) -> bool:
    mine, theirs = one.top * other.bottom, other.top * one.bottom
    if mine != theirs:
        return mine > theirs
    return _tie(one) < _tie(other)


def _tie(runner: _Runner) -> tuple[int, int, int]:
    return (runner.project.cost, -runner.votes, runner.lot)


def _price(runner: _Runner, left: Sequence[int], cost: int) -> tuple[int, int] | None:
    """Return the most that a supporter pays, as a numerator and a denominator, None if all of them
    together have too little."""
    purses = runner.purses(left)
    if min(purses) * runner.votes >= cost:
        return cost, runner.votes
    if sum(map(mul, purses, runner.weights)) < cost:
        return None
    pairs = sorted(zip(purses, runner.weights, strict=True))
    paid = list(accumulate((purse * weight for purse, weight in pairs), initial=0))
    behind = list(accumulate((weight for _, weight in pairs), initial=0))
    # The first whose purse is no less than an equal part of what those before it leave to pay.
    low, high = 0, len(pairs) - 1
    while low < high:
        middle = (low + high) // 2
        if pairs[middle][0] * (runner.votes - behind[middle]) >= cost - paid[middle]:
            high = middle
        else:
            low = middle + 1
    return cost - paid[low], runner.votes - behind[low]


def _pay(runner: _Runner, left: list[int], whole: int, pay: int) -> tuple[Payment, ...]:
    """Take what each supporter pays out of their purse."""
    paid: Counter[int] = Counter()
    for place, weight in zip(runner.groups, runner.weights, strict=True):
        amount = min(pay, left[place])
        left[place] -= amount
        paid[amount] += weight
    return tuple(
        Payment(Fraction(amount, whole), voters)
        for amount, voters in sorted(paid.items(), reverse=True)
    )
