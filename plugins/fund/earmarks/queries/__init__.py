"""What the fund has and what its months came to."""

from .standing import Apart, free, left, listed, of_subject, of_the_fund, total
from .sums import Line, Sums, bounds, held_before, lines_between, recount, sums

__all__ = [
    "Apart",
    "Line",
    "Sums",
    "bounds",
    "free",
    "held_before",
    "left",
    "lines_between",
    "listed",
    "of_subject",
    "of_the_fund",
    "recount",
    "sums",
    "total",
]
