"""What may be done with drives: by members who propose and pledge, by the treasurer who keeps."""

from .arriving import arrive, pay_back
from .closing import cancel, count, count_due
from .example import load_example
from .forgetting import KEEPINGS, forget_person
from .held import check_organiser, today
from .hiding import listen, subject_urls, thing
from .matching import Offer, close_match, open_match
from .opening import ENDS, open_drive, refuse
from .pledging import Wish, change, promise, take_back, turn_back
from .proposing import (
    add_reward,
    drop_reward,
    propose,
    set_picture,
    tell_news,
)
from .proposing import change as change_drive

WORK = {ENDS: count_due}
"""The timed work of drives by its kind."""

__all__ = [
    "KEEPINGS",
    "WORK",
    "Offer",
    "Wish",
    "add_reward",
    "arrive",
    "cancel",
    "change",
    "change_drive",
    "check_organiser",
    "close_match",
    "count",
    "count_due",
    "drop_reward",
    "forget_person",
    "listen",
    "load_example",
    "open_drive",
    "open_match",
    "pay_back",
    "promise",
    "propose",
    "refuse",
    "set_picture",
    "subject_urls",
    "take_back",
    "tell_news",
    "thing",
    "today",
    "turn_back",
]
