"""What may be done in the exchange of publications."""

from .answers import take
from .followers import follow_tie
from .following import follow, unfollow
from .pulling import PULL, ask_pull, compare_all, work_pull
from .pushing import FRESHEN, ask_freshening, freshen, work_freshen

__all__ = [
    "FRESHEN",
    "PULL",
    "ask_freshening",
    "ask_pull",
    "compare_all",
    "follow",
    "follow_tie",
    "freshen",
    "take",
    "unfollow",
    "work_freshen",
    "work_pull",
]
