"""What may be done with goods by their sellers, and how copies of those of other nodes stand."""

from .day import Day, draft_of, set_day
from .goods import (
    BACK,
    Draft,
    Hand,
    PriceIsSellers,
    RunElsewhere,
    add_product,
    caption_picture,
    change_product,
    come_back,
    note_refused_price,
    put_on_list,
    refuse_elsewhere,
    rest,
    seller_changed,
    set_stock,
    write_changes,
)
from .hiding import listen, thing
from .mirrors import Mirrored, add_mirrored, change_mirrored, list_mirrored, picture_mirrored

__all__ = [
    "BACK",
    "Day",
    "Draft",
    "Hand",
    "Mirrored",
    "PriceIsSellers",
    "RunElsewhere",
    "add_mirrored",
    "add_product",
    "caption_picture",
    "change_mirrored",
    "change_product",
    "come_back",
    "draft_of",
    "list_mirrored",
    "listen",
    "note_refused_price",
    "picture_mirrored",
    "put_on_list",
    "refuse_elsewhere",
    "rest",
    "seller_changed",
    "set_day",
    "set_stock",
    "thing",
    "write_changes",
]
