"""What may be done with standing orders."""

from .change import agree_to_price, change_standing, set_state
from .forgetting import KEEPINGS
from .held import JOB
from .leaving import end_all
from .making import listen, make_some, run_standing
from .opening import begin_standing
from .weeks import add_holiday, drop_holiday, keep_week, skip_week, swap_week

__all__ = [
    "JOB",
    "KEEPINGS",
    "add_holiday",
    "agree_to_price",
    "begin_standing",
    "change_standing",
    "drop_holiday",
    "end_all",
    "keep_week",
    "listen",
    "make_some",
    "run_standing",
    "set_state",
    "skip_week",
    "swap_week",
]
