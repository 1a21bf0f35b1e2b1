"""Facts: what has happened, told to other plugins as frozen values inside the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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

    ``hub_id`` is the space whose activist earned the activists' shares.
    """

    occasion: str
    title: str
    hub_id: int
    hub_name: str
    sellers: tuple[SellerShare, ...]
    settled_at: datetime


@dataclass(frozen=True, slots=True)
class PersonLeft:
    """Somebody closed their account; told while what tells who it was is still there."""

    id: int
    name: str
    email: str
    language: str
