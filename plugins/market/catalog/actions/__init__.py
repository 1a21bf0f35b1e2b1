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
    set_stock,
    write_changes,
)
from .mirrors import Mirrored, add_mirrored, change_mirrored, list_mirrored

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
    "note_refused_price",
    "put_on_list",
    "refuse_elsewhere",
    "rest",
    "set_day",
    "set_stock",
    "write_changes",
]
