"""What may be done with news."""

from .examples import load_news
from .hiding import listen, thing
from .picturing import add_picture, remove_picture
from .publishing import pin, publish, unpin, withdraw
from .writing import change, discard, draft

__all__ = [
    "add_picture",
    "change",
    "discard",
    "draft",
    "listen",
    "load_news",
    "pin",
    "publish",
    "remove_picture",
    "thing",
    "unpin",
    "withdraw",
]
