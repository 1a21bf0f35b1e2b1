"""Exchange: what spaces here publish, who follows it, and what is followed elsewhere.

Other rooms use what is named here: ``take`` for documents about publications, ``follow`` and
``unfollow``, ``follow_tie`` for what the end of a tie means.
"""

from ...core.answers import JobKind
from .actions import (
    FRESHEN,
    PULL,
    compare_all,
    follow,
    follow_tie,
    take,
    unfollow,
    work_freshen,
    work_pull,
)

JOBS = (JobKind(PULL, work_pull), JobKind(FRESHEN, work_freshen))

__all__ = ["JOBS", "compare_all", "follow", "follow_tie", "take", "unfollow"]
