"""Facts: what has happened, told to other plugins as frozen values inside the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .values import Split


@dataclass(frozen=True, slots=True)
class SellerShare:
    """What the sales of one seller came to; ``posting`` is the key of its ledger posting."""

    seller_id: int
    seller_name: str
    split: Split
    posting: str


@dataclass(frozen=True, slots=True)
class SharesSettled:
    """An occasion's sales were split and posted to the ledger, all its sellers at once.

    ``hub_id`` is the space that ran it. Of a seller's share for activists each hub got what was
    collected there, as its posting says.
    """

    occasion: str
    title: str
    hub_id: int
    hub_name: str
    sellers: tuple[SellerShare, ...]
    settled_at: datetime


@dataclass(frozen=True, slots=True)
class SharesReversed:
    """A part of what was settled at an occasion was taken back, dated in a later period.

    ``split`` holds what goes back of each share, above 0; ``posting`` is the key of its posting.
    """

    occasion: str
    title: str
    hub_id: int
    seller_id: int
    seller_name: str
    split: Split
    posting: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OccasionOpened:
    """Orders can be placed at an occasion from now on.

    ``host_ids`` are the spaces where it is collected, the first one its own; ``collect_on`` is the
    day of collection in the node's time zone.
    """

    occasion: str
    title: str
    host_ids: tuple[int, ...]
    collect_on: date
    cut_off: datetime


@dataclass(frozen=True, slots=True)
class OrderWithdrawn:
    """A resident took back a whole order of theirs before the cut-off: nothing of it is wanted."""

    order_id: int
    occasion: str
    person_id: int


@dataclass(frozen=True, slots=True)
class PersonLeft:
    """Somebody closed their account; told while what tells who it was is still there."""

    id: int
    name: str
    email: str
    language: str
