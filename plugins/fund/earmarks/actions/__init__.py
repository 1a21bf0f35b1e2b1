"""What may be done with the fund's money; nothing else may post to its accounts."""

from .areas import account_of, close, open_area, open_for
from .moving import Move, receive, shift, spend, take_back
from .posting import Told, post

__all__ = [
    "Move",
    "Told",
    "account_of",
    "close",
    "open_area",
    "open_for",
    "post",
    "receive",
    "shift",
    "spend",
    "take_back",
]
