"""What may be done with donations: by organisers, by givers, by those who keep the books."""

from .accounting import REMIND_JOB, left, publish_result, remind, spend
from .appealing import open_appeal, write_notice
from .booking import arrive, drop, give_back
from .forgetting import KEEPINGS, forget_person
from .promising import Wish, confirm, promise

WORK = {REMIND_JOB: remind}
"""The timed work of donations by its kind."""

__all__ = [
    "KEEPINGS",
    "WORK",
    "Wish",
    "arrive",
    "confirm",
    "drop",
    "forget_person",
    "give_back",
    "left",
    "open_appeal",
    "promise",
    "publish_result",
    "remind",
    "spend",
    "write_notice",
]
