"""What may be done with posts."""

from .checks import check_newcomer
from .naming import Named, named, suggestions
from .pages import close, put_up
from .pictures import (
    SWEEP,
    add_picture,
    describe_pictures,
    drop_pictures,
    drop_portrait,
    sweep,
)
from .spreading import HOOK, LOOK, circle_grew, fact_of, spread
from .streaming import hide_item, sources_of, stream, unstream
from .things import listen, thing
from .writing import begin, change, destroy_all_of, erase, publish

__all__ = [
    "HOOK",
    "LOOK",
    "SWEEP",
    "Named",
    "add_picture",
    "begin",
    "change",
    "check_newcomer",
    "circle_grew",
    "close",
    "describe_pictures",
    "destroy_all_of",
    "drop_pictures",
    "drop_portrait",
    "erase",
    "fact_of",
    "hide_item",
    "listen",
    "named",
    "publish",
    "put_up",
    "sources_of",
    "spread",
    "stream",
    "suggestions",
    "sweep",
    "thing",
    "unstream",
]
