"""What may be read of collections."""

from .cards import (
    AnyRow,
    card,
    cards_of,
    home_cards,
    invitations,
    listing_cards,
    own_cards,
    profile,
    public_cards,
    week_cards,
    weekly_cards,
)
from .finding import COLLECTIONS, NEWS, personal, thing
from .items import Offered, Shown, is_declined, items_of, offered, shown_items, things
from .people import all_curators, curator_page, curators_of, editors, is_curator

__all__ = [
    "COLLECTIONS",
    "NEWS",
    "AnyRow",
    "Offered",
    "Shown",
    "all_curators",
    "card",
    "cards_of",
    "curator_page",
    "curators_of",
    "editors",
    "home_cards",
    "invitations",
    "is_curator",
    "is_declined",
    "items_of",
    "listing_cards",
    "offered",
    "own_cards",
    "personal",
    "profile",
    "public_cards",
    "shown_items",
    "thing",
    "things",
    "week_cards",
    "weekly_cards",
]
