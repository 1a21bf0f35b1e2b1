"""Elections, the two rules by which they are counted, and Pabulib's file that holds them."""

from .election import Ballot, Counted, Election, Loser, Payment, Project, Winner, cost_of
from .greedy import greedy
from .lots import commitment, lots
from .pabulib import Malformed, read, write
from .shares import MOST_ROUNDS, TooManyRounds, equal_shares, payments, takes_part
from .telling import as_json_text

__all__ = [
    "MOST_ROUNDS",
    "Ballot",
    "Counted",
    "Election",
    "Loser",
    "Malformed",
    "Payment",
    "Project",
    "TooManyRounds",
    "Winner",
    "as_json_text",
    "commitment",
    "cost_of",
    "equal_shares",
    "greedy",
    "lots",
    "payments",
    "read",
    "takes_part",
    "write",
]
