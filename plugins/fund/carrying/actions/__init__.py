"""What is done while a decision is carried out."""

from .beginning import begin, finish
from .committing import commit, release
from .forgetting import KEEPINGS
from .overriding import excuse_report, pay_early, put_off
from .showing import Evidence, accept, ask_more, report, show
from .telling import WORK

__all__ = [
    "KEEPINGS",
    "WORK",
    "Evidence",
    "accept",
    "ask_more",
    "begin",
    "commit",
    "excuse_report",
    "finish",
    "pay_early",
    "put_off",
    "release",
    "report",
    "show",
]
