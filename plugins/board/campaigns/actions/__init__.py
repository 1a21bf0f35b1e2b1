"""What may be done with campaigns: by those who run them, and by those who take part."""

from .asking import ask, hand_over, mark_read, note_answer
from .forgetting import HANDING_ON, KEEPINGS, forget_person
from .held import held_open, locked, record, today
from .hiding import listen, space_changed, subject_urls, thing
from .making import END_JOB, change, close, end_due, make, open_campaign, set_picture, tell_news
from .signing import Wish, confirm, sign, sign_as_guest, take_back, take_back_by_link
from .telling import path_of, subject_of, tell_followers, tell_public
from .things import add_need, pledge, tick, unpledge

WORK = {END_JOB: end_due}
"""The timed work of campaigns by its kind."""

__all__ = [
    "HANDING_ON",
    "KEEPINGS",
    "WORK",
    "Wish",
    "add_need",
    "ask",
    "change",
    "close",
    "confirm",
    "forget_person",
    "hand_over",
    "held_open",
    "listen",
    "locked",
    "make",
    "mark_read",
    "note_answer",
    "open_campaign",
    "path_of",
    "pledge",
    "record",
    "set_picture",
    "sign",
    "sign_as_guest",
    "space_changed",
    "subject_of",
    "subject_urls",
    "take_back",
    "take_back_by_link",
    "tell_followers",
    "tell_news",
    "tell_public",
    "thing",
    "tick",
    "today",
    "unpledge",
]
