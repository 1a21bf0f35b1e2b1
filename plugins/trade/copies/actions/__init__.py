"""What may be done with catalogues of other nodes: follow, take in, pick, let go."""

from .ageing import JOB as AGE_JOB
from .ageing import work as work_age
from .picking import pick
from .picturing import JOB as PICTURE_JOB
from .picturing import work as work_picture
from .sources import ALONE, follow, forget, stand_in, unfollow
from .taking import take

__all__ = [
    "AGE_JOB",
    "ALONE",
    "PICTURE_JOB",
    "follow",
    "forget",
    "pick",
    "stand_in",
    "take",
    "unfollow",
    "work_age",
    "work_picture",
]
