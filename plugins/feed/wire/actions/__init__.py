"""What may be done: be known elsewhere, follow somebody there, take what they make public."""

from .choosing import KNOWN, PRESENCE, follow_page, forget, hide, show
from .examples import example_steps
from .following import TIDY, find, follow, follow_tie, work_tidy
from .taking import SHARED, hide_copy, take, work_shared
from .thanking import LIKE, SHARE, answer, take_back

WORK = {TIDY: work_tidy, SHARED: work_shared}

__all__ = [
    "KNOWN",
    "LIKE",
    "PRESENCE",
    "SHARE",
    "WORK",
    "answer",
    "example_steps",
    "find",
    "follow",
    "follow_page",
    "follow_tie",
    "forget",
    "hide",
    "hide_copy",
    "show",
    "take",
    "take_back",
]
