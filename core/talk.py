"""What plugins and the federation hand each other: peers, letters, what is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from .node import Node
from .values import Text


@dataclass(frozen=True, slots=True)
class Peer:
    """A node that this one talks to: ``host`` with its port, if not 443, is its name for us.

    ``state`` is "joined" or, as long as nothing is taken or given, "paused". ``since``: when the
    tie was made.
    """

    host: str
    name: str
    region: str
    actor: str
    state: str = "joined"
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A document for another node: an ActivityStreams activity with its ``id``, kept as it is.

    ``sender_id`` is the space that sends it, None the node itself; ``to`` the address of the actor
    that receives it. Letters of one ``lane`` ("order:…") to one node arrive in the order in which
    they were written. After ``until`` it is not sent any more. ``sealed``: the node puts its
    integrity proof into it (FEP-8b32), which can be shown to others in a dispute.

    ``sender`` is the actor that sends it where that is a person ("person:5"). ``direct``: ``to`` is
    an inbox itself, which all followers on that node share. ``public``: it says nothing but what
    everyone may read, and so may also go to who is not joined, if this node lets such follow.
    """

    to: str
    document: Mapping[str, Any]
    lane: str
    sender_id: int | None = None
    until: datetime | None = None
    sealed: bool = False
    sender: str = ""
    direct: bool = False
    public: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """A person of this node as other nodes may know them, who has agreed to exactly this; or what
    people here choose together, in a name of its own that is nobody's.

    ``subject`` is "person:5", "collection:3" or "weekly:1"; ``handle`` the name before the @, never
    given to somebody else; ``path`` that of the page here, ``picture`` the digest of a picture.
    """

    subject: str
    handle: str
    name: str
    words: str
    path: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class FoundActor:
    """An actor of another node, looked up by its name: plain text, and addresses on its node.

    ``address`` is the actor's own, ``page`` one for people; ``kind`` its type ("Person").
    """

    address: str
    host: str
    kind: str
    handle: str
    name: str
    words: str
    page: str


@dataclass(frozen=True, slots=True)
class Received:
    """A document that came from another node, verified and kept; told to plugins once.

    ``kind`` is the type of the activity ("Offer"), ``object_kind`` that of what it is about
    ("AgreementBundle"; empty if it is only named). ``actor`` sent it and lives on ``host``;
    ``space_id`` is the space here that it is addressed to, None the node itself. ``sealed``: it
    carries an integrity proof of that node's key, which was verified.
    """

    id: str
    kind: str
    object_kind: str
    actor: str
    host: str
    space_id: int | None
    document: Mapping[str, Any]
    sealed: bool
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was made of a document: a few words for those who look after the node."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """One thing of a publication: its address, its version, which only grows, and its document.

    ``seq`` orders all changes of the publication. A thing that is gone has a ``Tombstone`` for its
    document and ``gone``.
    """

    uri: str
    version: int
    seq: int
    document: Mapping[str, Any]
    gone: bool = False


@dataclass(frozen=True, slots=True)
class PublicationState:
    """A publication as it stands: how many things, the last change, and all of it in one digest.

    ``digest`` is the XOR of ``item_mark(uri, version)`` of every thing in it (FEP-8fcf's way).
    """

    count: int
    seq: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Publication:
    """What spaces publish for those who follow them, as a collection at ``/orgs/<id>/<name>``.

    ``freshen`` notes what has changed and returns it; ``state`` is None where the space publishes
    nothing. ``page`` returns at most ``limit`` things after the change ``seq``, in its order, with
    tombstones if ``since`` (the changes since then are asked for and not what stands).
    ``oldest`` is the change before which tombstones are no longer known.
    """

    name: str
    titles: Text
    freshen: Callable[[Node, Session, int], Sequence[PublishedItem]]
    state: Callable[[Node, Session, int], PublicationState | None]
    page: Callable[[Node, Session, int, int, int, bool], Sequence[PublishedItem]]
    item: Callable[[Node, Session, str], PublishedItem | None]
    oldest: Callable[[Node, Session, int], int]


@dataclass(frozen=True, slots=True)
class Followed:
    """Things that a followed publication of ``actor`` sent: whole if ``complete`` ends it.

    ``name`` is the publication's. After a page with ``complete`` everything that was not sent
    since the page with ``first`` is gone. ``anew``: the other node began anew, as from an old
    backup: what it says now counts, also if its versions are lower than those held.
    """

    name: str
    actor: str
    host: str
    items: Sequence[PublishedItem]
    fetched_at: datetime
    first: bool = False
    complete: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What a plugin made of followed things: how many it holds now, their digest, and refusals.

    ``refused`` names each thing that could not be used, and why.
    """

    count: int
    digest: bytes
    refused: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Following:
    """What a plugin does with publications of this name that spaces or the node here follow."""

    name: str
    take: Callable[[Node, Session, Followed], Taken]
    forget: Callable[[Node, Session, str], None]


@dataclass(frozen=True, slots=True)
class Announced:
    """Units of a product that are on their way to an occasion; ``grams`` is what all of them weigh
    together if they are sold by weight, ``lot`` names where they come from."""

    product_id: int
    units: int
    grams: int | None = None
    lot: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that is still open with another node: what it is, and the path of its page."""

    title: str
    url: str
