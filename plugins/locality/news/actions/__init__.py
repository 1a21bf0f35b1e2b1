"""What may be done with news."""

from .examples import load_news
from .picturing import add_picture, remove_picture
from .publishing import pin, publish, unpin, withdraw
from .telling import NEWS
from .writing import change, discard, draft

WORK = {NEWS.job: NEWS.tell_space}
"""The work of news that waits, by its kind."""

__all__ = [
    "NEWS",
    "WORK",
    "add_picture",
    "change",
    "discard",
    "draft",
    "load_news",
    "pin",
    "publish",
    "remove_picture",
    "unpin",
    "withdraw",
]
