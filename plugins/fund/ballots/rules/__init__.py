"""What a vote is, how a ballot is checked and kept, and what all of them come to."""

from . import codes, urn
from .bundle import bundle
from .rulebook import paragraphs
from .tally import Choice, Count, as_text, election_of, on_paper, tally
from .terms import (
    APPROVAL,
    CLOSED,
    COUNTING,
    DRAFT,
    ELECTORATES,
    FEWEST,
    FORMS,
    GREEDY,
    KEPT_DAYS,
    KINDS,
    KNAPSACK,
    LIMITED,
    MEMBERS,
    MOST_OPTIONS,
    MOST_RANKED,
    MOST_ROLL,
    NEIGHBOURS,
    NONE,
    NUMBER,
    OPEN,
    PERMILLE,
    QUORUMS,
    RANKING,
    ROLL,
    RULES,
    SHARES,
    STEPS,
    VOTE,
    Terms,
    check_ballot,
    names_of,
    needed,
)

__all__ = [
    "APPROVAL", "CLOSED", "COUNTING", "DRAFT", "ELECTORATES", "FEWEST", "FORMS", "GREEDY",
    "KEPT_DAYS", "KINDS", "KNAPSACK", "LIMITED", "MEMBERS", "MOST_OPTIONS", "MOST_RANKED",
    "MOST_ROLL", "NEIGHBOURS", "NONE", "NUMBER", "OPEN", "PERMILLE", "QUORUMS", "RANKING", "ROLL",
    "RULES", "SHARES", "STEPS", "VOTE", "Choice", "Count", "Terms", "as_text", "bundle",
    "check_ballot", "codes", "election_of", "names_of", "needed", "on_paper", "paragraphs", "tally",
    "urn",
]  # fmt: skip
