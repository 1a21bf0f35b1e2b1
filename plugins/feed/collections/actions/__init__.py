"""What may be done with collections."""

from .choosing import Chosen, add, decline, move, reword, take_out
from .curating import answer, choose_editor, drop_editor, invite, part, show_curator
from .held import is_editor, makes
from .leaving import KEPT, let_go, listen
from .making import Words, begin_week, change, feature, make, publish, remove, withdraw
from .telling import KINDS

__all__ = [
    "KEPT",
    "KINDS",
    "Chosen",
    "Words",
    "add",
    "answer",
    "begin_week",
    "change",
    "choose_editor",
    "decline",
    "drop_editor",
    "feature",
    "invite",
    "is_editor",
    "let_go",
    "listen",
    "make",
    "makes",
    "move",
    "part",
    "publish",
    "remove",
    "reword",
    "show_curator",
    "take_out",
    "withdraw",
]
