"""What may be done with activities: by their organisation, by who asks, by stewards."""

from .asking import KEEPINGS, answer, ask, forget_questions, remove_question
from .hiding import listen, space_changed, thing
from .pictures import add_picture, drop_picture
from .telling import discard, draft, publish, revise, withdraw

__all__ = [
    "KEEPINGS",
    "add_picture",
    "answer",
    "ask",
    "discard",
    "draft",
    "drop_picture",
    "forget_questions",
    "listen",
    "publish",
    "remove_question",
    "revise",
    "space_changed",
    "thing",
    "withdraw",
]
