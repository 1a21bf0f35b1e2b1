"""What may be done: report a thing, decide about it, appeal, and let a measure end."""

from .appealing import appeal, decide_appeal
from .deciding import ENDING, Decision, decide, end_due, lift
from .reporting import Reporter, Told, report
from .subjects import thing_of

__all__ = [
    "ENDING",
    "Decision",
    "Reporter",
    "Told",
    "appeal",
    "decide",
    "decide_appeal",
    "end_due",
    "lift",
    "report",
    "thing_of",
]
