"""What may be done with programmes and proposals."""

from .calling import WORK, change, make, move_on, publish, turn_due
from .deciding import begin_vote, bind, bind_by_hand
from .examples import load_example
from .forgetting import KEEPINGS, forget_person
from .held import last_day
from .hiding import listen, subject_urls, thing
from .merging import agree, decline, suggest_merging
from .proposing import draft, hand_in, revise, set_picture, withdraw
from .reviewing import answer_review, find_feasible, find_unfit
from .talking import answer_question, ask, remove_question, support, unsupport

__all__ = [
    "KEEPINGS",
    "WORK",
    "agree",
    "answer_question",
    "answer_review",
    "ask",
    "begin_vote",
    "bind",
    "bind_by_hand",
    "change",
    "decline",
    "draft",
    "find_feasible",
    "find_unfit",
    "forget_person",
    "hand_in",
    "last_day",
    "listen",
    "load_example",
    "make",
    "move_on",
    "publish",
    "remove_question",
    "revise",
    "set_picture",
    "subject_urls",
    "suggest_merging",
    "support",
    "thing",
    "turn_due",
    "unsupport",
    "withdraw",
]
