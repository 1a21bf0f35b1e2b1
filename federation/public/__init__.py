"""Public life: what everyone may read here, told to those on other nodes who follow its authors.

The door uses what is named here: facts about what was made public go to ``publish`` and its like,
documents of followers to ``take``; ``JOBS`` tell the news.
"""

from ...core.answers import JobKind
from . import models
from .actions.answering import take
from .actions.hearing import (
    follow_letter,
    follow_profile,
    follow_space,
    follow_tie,
    hide,
    leave,
    publish,
    withdraw,
)
from .actions.letting_in import LET_IN, work_let_in
from .actions.spreading import (
    FAREWELL,
    INTRODUCE,
    SPREAD,
    work_farewell,
    work_introduce,
    work_spread,
)

JOBS = (
    JobKind(SPREAD, work_spread),
    JobKind(INTRODUCE, work_introduce),
    JobKind(FAREWELL, work_farewell),
    JobKind(LET_IN, work_let_in),
)

__all__ = [
    "JOBS",
    "follow_letter",
    "follow_profile",
    "follow_space",
    "follow_tie",
    "hide",
    "leave",
    "models",
    "publish",
    "take",
    "withdraw",
]
