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
    ``product_id`` is the product of the line that was corrected, None if nobody knows.
    """

    occasion: str
    title: str
    hub_id: int
    seller_id: int
    seller_name: str
    split: Split
    posting: str
    at: datetime
    product_id: int | None = None


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


@dataclass(frozen=True, slots=True)
class SellerClosed:
    """No more orders for a seller's goods are taken at an occasion; what stands ordered comes.

    Told once for each seller whose orders were confirmed, when nothing was cancelled any more.
    """

    occasion: str
    title: str
    hub_id: int
    seller_id: int
    collect_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class GoodsCounted:
    """What came to an occasion is counted and packed: the counts stand from now on."""

    occasion: str
    hub_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LetterEnded:
    """A letter to another node will not be sent any more: it arrived, or was given up.

    ``id`` is that of its document; ``arrived`` says that the other node has received it, not that
    it agreed. ``reason`` is why it was given up.
    """

    id: str
    lane: str
    host: str
    arrived: bool
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PeerChanged:
    """The tie to another node was made, paused, taken up again or ended.

    ``state`` is "joined", "paused", "ended" or "blocked".
    """

    host: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """What other nodes may know of a person was changed, given free for the first time, or taken
    back; ``subject`` is "person:5"."""

    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SpaceChanged:
    """What the page of a space says was changed, or it was closed or opened again."""

    space_id: int


@dataclass(frozen=True, slots=True)
class ThingHidden:
    """Stewards keep what ``subject`` names ("product:12") from being seen, or show it again."""

    subject: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class ThingPublished:
    """Something that everyone may read was made public, or what it says was changed.

    ``subject`` names it ("news:12"), ``kind`` is a word ("news", "event", "activity", "campaign",
    "post", "collection"). ``author`` is who published it, "space:7" or "person:5", or "actor:3" for
    somebody on another node of whose thing a copy is shown here. ``title`` and
    ``text`` are plain, ``path`` is that of its page, ``picture`` the digest of a picture with
    ``caption``. ``at`` is when it was first made public; what is dated has ``starts_at``.
    ``passed_on`` is the address on another node of what the author only passes on. ``voice`` is in
    whose name other nodes are told of it, if in another one than the author's ("collection:3").
    """

    subject: str
    kind: str
    author: str
    title: str
    path: str
    at: datetime
    text: str = ""
    picture: str = ""
    caption: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    tags: tuple[str, ...] = ()
    passed_on: str = ""
    voice: str = ""


@dataclass(frozen=True, slots=True)
class ThingWithdrawn:
    """What was public is so no longer: deleted, or meant for fewer from now on."""

    subject: str
    author: str
    at: datetime
