"""What is done while a decision is carried out."""

from .beginning import begin, finish
from .committing import commit, release
from .examples import example_data, example_person, load_example
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
    "example_data",
    "example_person",
    "excuse_report",
    "finish",
    "load_example",
    "pay_early",
    "put_off",
    "release",
    "report",
    "show",
]
