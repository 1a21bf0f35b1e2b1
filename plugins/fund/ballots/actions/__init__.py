"""What may be done with votes: prepared, fixed, taken part in, counted, put into effect."""

from .casting import cast_as_member, cast_by_code, check_running, enter_paper, tick_off
from .closing import bind, close, close_job
from .examples import load_example
from .forgetting import KEEPINGS, forget_person
from .held import CLOSE_JOB, TELL_JOB, tell_some, terms_of
from .preparing import (
    add_names,
    change,
    drop,
    empty_roll,
    freeze,
    make_codes,
    neighbours_known,
    prepare,
)

WORK = {CLOSE_JOB: close_job, TELL_JOB: tell_some}
"""The jobs of votes, by their kinds."""

__all__ = [
    "KEEPINGS", "WORK", "add_names", "bind", "cast_as_member", "cast_by_code", "change",
    "check_running", "close", "drop", "empty_roll", "enter_paper", "forget_person", "freeze",
    "load_example", "make_codes", "neighbours_known", "prepare", "terms_of", "tick_off",
]  # fmt: skip
