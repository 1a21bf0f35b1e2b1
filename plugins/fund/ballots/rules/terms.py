"""What a vote is held by: the form of its ballots, how it is counted, who takes part."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .....core.answers import NoticeKind
from .....core.errors import Invalid
from .....core.values import Message

APPROVAL, LIMITED, KNAPSACK, RANKING = "approval", "limited", "knapsack", "ranking"
FORMS = (APPROVAL, LIMITED, KNAPSACK, RANKING)
"""All one likes; between so many; what together costs no more than there is; in an order."""

SHARES, GREEDY = "equal-shares", "greedy"
RULES = (SHARES, GREEDY)
STEPS = (1, 100, 1_000)
"""Won by which completion raises everybody's share at a time."""

MEMBERS, NEIGHBOURS, ROLL = "members", "neighbours", "roll"
ELECTORATES = (MEMBERS, NEIGHBOURS, ROLL)

NONE, NUMBER, PERMILLE = "none", "number", "permille"
QUORUMS = (NONE, NUMBER, PERMILLE)

DRAFT, OPEN, COUNTING, CLOSED = "draft", "open", "counting", "closed"
STATES = (DRAFT, OPEN, COUNTING, CLOSED)

FEWEST = 5
"""Below so many ballots nothing is decided and none is shown: nearly alone one votes openly."""

MOST_RANKED, MOST_OPTIONS, MOST_ROLL = 10, 200, 20_000
LONGEST = timedelta(days=92)
KEPT_DAYS = 90
"""So long after the count the roll says who has voted, for whoever objects to it."""

VOTE = NoticeKind(
    "fund.vote",
    Message("Votes on the local fund", {}),
    Message("A vote opens in which you can take part, or its result is there.", {}),
    default="now",
    order=64,
)
KINDS = (VOTE,)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a treasurer decides of a vote. ``least`` and ``most`` are projects on a ballot (of the
    limited form; ``most`` also of a ranking); ``support`` asks of a project at least that part of
    its share of the money as its share of the voters; ``quorum`` is a number of ballots or ‰ of
    the roll."""

    title: str
    form: str
    rule: str
    step: int
    electorate: str
    opens_at: datetime
    closes_at: datetime
    least: int = 0
    most: int = 0
    support: int | None = None
    age: str = ""
    quorum_kind: str = NONE
    quorum: int = 0

    def check(self, now: datetime) -> None:
        """Raise ``Invalid`` for what cannot be held."""
        wrong: dict[str, list[Message]] = {}
        if self.closes_at <= max(self.opens_at, now):
            wrong["closes_at"] = [Message("A vote ends after it begins, and in the future.", {})]
        elif self.closes_at - self.opens_at > LONGEST:
            wrong["closes_at"] = [Message("A vote lasts at most three months.", {})]
        if self.form == LIMITED and not 1 <= max(1, self.least) <= self.most:
            wrong["most"] = [Message("Please write how many at most; no fewer than at least.", {})]
        if self.form == RANKING and not 1 <= self.most <= MOST_RANKED:
            wrong["most"] = [Message("From 1 to %(most)s can be ranked.", {"most": MOST_RANKED})]
        if self.quorum_kind != NONE and self.quorum < 1:
            wrong["quorum"] = [Message("Please write how many have to take part.", {})]
        if self.quorum_kind == PERMILLE and self.quorum > 1_000:
            wrong["quorum"] = [Message("At most 1,000 ‰: that is everybody.", {})]
        if wrong:
            raise Invalid(wrong)


def check_ballot(
    form: str, chosen: Sequence[int], costs: Mapping[int, int], *, least: int, most: int,
    budget: int,
) -> tuple[int, ...]:  # fmt: skip
    """Return a ballot as it is counted; ``Invalid`` says what to do. A blank one is one too."""
    if set(chosen) - set(costs):
        said = Message("This project is not on the ballot. Please open the page again.", {})
        raise _wrong(said)
    if len(set(chosen)) < len(chosen):
        raise _wrong(Message("One project stands there twice. Please take one of them away.", {}))
    if not chosen:
        return ()
    if form == LIMITED and not least <= len(chosen) <= most:
        said = Message(
            "Please choose from %(least)s to %(most)s projects, or none. You have chosen"
            " %(number)s.", {"least": max(1, least), "most": most, "number": len(chosen)},
        )  # fmt: skip
        raise _wrong(said)
    if form == RANKING and len(chosen) > most:
        raise _wrong(Message("Please rank at most %(most)s projects.", {"most": most}))
    over = sum(costs[each] for each in chosen) - budget
    if form == KNAPSACK and over > 0:
        said = Message(
            "That is %(over)s won more than there is. Please take a project away.",
            {"over": f"{over:,}"},
        )
        raise _wrong(said)
    return tuple(chosen) if form == RANKING else tuple(sorted(chosen))


def _wrong(said: Message) -> Invalid:
    return Invalid({"choices": [said]})


def needed(quorum_kind: str, quorum: int, roll: int) -> int:
    """Return how many ballots a vote needs to decide anything."""
    if quorum_kind == NUMBER:
        return max(FEWEST, quorum)
    if quorum_kind == PERMILLE:
        return max(FEWEST, -(-roll * quorum // 1_000))
    return FEWEST


def names_of(text: str) -> Collection[str]:
    """Return the different entries of a roll as it is pasted: one a line."""
    return list(
        dict.fromkeys(" ".join(line.split())[:60] for line in text.splitlines() if line.strip())
    )
