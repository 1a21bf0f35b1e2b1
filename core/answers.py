"""Answers: the frozen values with which plugins reply to the core's collects and questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from .node import Node
from .values import Message, Text, Viewer, Won, months_later


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the main navigation; ``label`` is a message id, lower ``order`` comes first.

    ``action``: the permission without which the entry is not shown; None shows it to everyone.
    ``count`` returns the number that stands beside it for who is logged in; asked for each page of
    theirs, so it is to cost one short query. ``also``: where addresses of further pages begin that
    belong to the entry.
    """

    label: str
    endpoint: str
    icon: str = "leaf"
    order: int = 50
    action: str | None = None
    count: Callable[[Node, Viewer], int] | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page made from a plugin's own template and the values that it needs.

    On the home page, stewards put sections into the order that they like, by their templates;
    ``title`` is what they are called there; one without stays where its plugin wants it, and cannot
    be left out: a notice that the law demands.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 50
    title: Message | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do ``action``: holders of one of ``roles`` in the space concerned or on the node.

    ``members`` opens it to everyone who is logged in, ``everyone`` also to strangers.
    """

    action: str
    roles: frozenset[str] = frozenset()
    members: bool = False
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Something that a person can let a program do for them: ``name`` ("orders:read") stands in
    addresses and documents, ``label`` is the message id of what it means in plain words."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class WebhookKind:
    """A kind of fact that webhooks can be told ("order.placed"); ``label`` is the message id of
    what has happened, ``spaces`` the kinds of space that it happens at. ``example`` is what its
    ``data`` looks like, with the names and types of all that is ever told."""

    name: str
    label: str
    spaces: frozenset[str]
    example: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What is kept of one person under one heading: ``name`` in plain ASCII becomes that of a file.

    All rows have the same keys, in plain English; values are texts, whole numbers, booleans, days,
    instants, lists of these, or None. Only what is theirs: nothing about other people.
    """

    name: str
    rows: Sequence[Mapping[str, Any]]

    @classmethod
    def read(
        cls, session: Session, queries: Mapping[str, Select[*tuple[Any, ...]]]
    ) -> list[PersonalData]:
        """Return what these queries find, each under its name."""
        found = {name: session.execute(query).mappings() for name, query in queries.items()}
        return [cls(name, [dict(row) for row in rows]) for name, rows in found.items()]


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One text: ``kind`` is required, optional, third_party or marketing.

    ``version`` is raised whenever what is agreed to changes, and ``changed`` then says how in a
    sentence: people are asked anew for what the core requires. ``page`` is where the whole text
    stands, ``ends`` says how it is taken back if not by a button of its own.
    """

    subject: str
    version: str
    kind: str
    title: Message
    label: Message
    purpose: Message | None = None
    items: Message | None = None
    period: Message | None = None
    refusal: Message | None = None
    page: str = ""
    changed: Message | None = None
    ends: Message | None = None


@dataclass(frozen=True, slots=True)
class Keeping:
    """Something that is kept of people: what for, which data, how long, and by which law.

    ``name`` is plain ASCII. It is kept for ``months`` and ``days``; both None: until something else
    ends it, as the words of ``period`` say. ``purge(session, before, most)`` destroys at most
    ``most`` things that are older than ``before`` and returns how many that were; done every day.
    ``last(session, person_id)`` returns the time of the newest thing that must stay although this
    person leaves: so long it is kept apart who they were. ``by_consent``: it is kept only because
    people agreed (Personal Information Protection Act article 22 (3) wants the others apart).
    """

    name: str
    purpose: Message
    items: Message
    period: Message
    basis: Message
    months: int | None = None
    days: int | None = None
    by_consent: bool = False
    purge: Callable[[Session, datetime, int], int] | None = None
    last: Callable[[Session, int], datetime | None] | None = None

    def before(self, now: datetime) -> datetime | None:
        """Return the instant before which it is to be destroyed, None if no time ends it."""
        if self.months is None and self.days is None:
            return None
        return months_later(now, -(self.months or 0)) - timedelta(days=self.days or 0)

    def until(self, last: datetime) -> datetime:
        """Return how long something of the instant ``last`` is kept."""
        return months_later(last, self.months or 0) + timedelta(days=self.days or 0)


@dataclass(frozen=True, slots=True)
class ExampleStep:
    """A piece of example content; run in rising ``order``, twice with the same result as once."""

    order: int
    title: str
    load: Callable[[Node, Session], None]


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A settled line of an order, without whose it is: what was ``paid``, and of that the
    operating ``centre``'s share."""

    product: str
    unit: str
    quantity: int
    paid: Won
    centre: Won


@dataclass(frozen=True, slots=True)
class PaymentProvider:
    """A way to pay; ``settles_at`` says when the money is there: "collection" or "order"."""

    name: str
    title: Text
    settles_at: str = "collection"


@dataclass(frozen=True, slots=True)
class JobKind:
    """Work of the outbox that a plugin does itself; ``kind`` begins with its name and a dot.

    ``work`` opens its own session and must bear being run twice: a job is done at least once.
    """

    kind: str
    work: Callable[[Node, Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Service:
    """Work that a worker does beside the jobs, in a thread of its own, for as long as it runs.

    ``once`` does what is due now and returns how much that was. ``go_on`` does so until the event
    is set, and knows by itself when to look again.
    """

    name: str
    once: Callable[[Node], int]
    go_on: Callable[[Node, Event], None]


@dataclass(frozen=True, slots=True)
class PickUp:
    """A further place where what is ordered can be collected; ``host_id`` is its space."""

    host_id: int
    place: str
    address: str
    collect_from: datetime
    collect_until: datetime


@dataclass(frozen=True, slots=True)
class SaleTerms:
    """When, where and at which rates goods are sold and collected: an occasion of sale.

    ``occasion`` names it across plugins ("cycle:12", "shop:7"). ``offered`` holds those of the
    product ids asked about that are sold there. ``closed`` is the sentence to show when no order
    can be placed, changed or withdrawn any more, None while it is open. ``settled``: the money was
    split, so that nothing of what was sold may move any more, not even by those who hand it over.
    ``cut_offs`` holds the cut-off of those products asked about that close before the occasion's
    own. ``pick_ups`` are the places to choose from besides ``place``. ``arrival``: the address on
    this node at which those who hand an order over find it, once its uid is put behind.
    """

    occasion: str
    title: str
    place: str
    address: str
    cut_off: datetime | None
    collect_from: datetime | None
    collect_until: datetime | None
    host_id: int
    activist_bp: int
    centre_bp: int
    offered: frozenset[int]
    url: str
    closed: Message | None = None
    settled: bool = False
    cut_offs: Mapping[int, datetime] = field(default_factory=dict)
    pick_ups: tuple[PickUp, ...] = ()
    arrival: str = ""


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice; ``name`` begins with the plugin's name and a dot.

    ``title`` and ``text`` are messages: what people choose by, and what falls under it.
    ``default`` says how whoever has chosen nothing is told: "now" (mail at once and, to a browser
    that takes them, a push message), "daily" (in the digest), "bell" (on the site alone).
    ``essential``: its mail cannot be switched off. ``urgent``: it does not wait for the end of the
    quiet hours, and so only confirms what somebody has done that very moment. Advertising goes
    only to those who agreed to it, and never at night. ``roles``: only whoever holds one of these
    is concerned.
    """

    name: str
    title: Message
    text: Message
    default: str = "daily"
    essential: bool = False
    urgent: bool = False
    is_advertising: bool = False
    roles: frozenset[str] = frozenset()
    order: int = 50


@dataclass(frozen=True, slots=True)
class Sold:
    """What stands sold of a product at an occasion: ``units``, and ``paid``, what came of it."""

    product_id: int
    seller_id: int
    units: int
    paid: Won


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A part of what a seller earned at an occasion that went on to somebody else, above 0."""

    title: Message
    won: Won


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that takes place at a time and is open to everyone: a line of the calendar.

    ``kind`` says in a word what it is, ``space_id`` who holds it, ``path`` where more stands.
    """

    title: str | Message
    kind: Message
    path: str
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    space_id: int | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """Something that one person took part in, told to them alone: a line of their own calendar.

    ``kind`` says in a word what it is. ``gave``: they gave their time from ``starts_at`` to
    ``ends_at``. ``path`` is a page that they may see, empty if there is none.
    """

    title: str | Message
    kind: Message
    starts_at: datetime
    ends_at: datetime | None = None
    path: str = ""
    place: str = ""
    gave: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """Something that a member can do with a thing, from the thing's own page."""

    label: Message
    path: str
    icon: str = "leaf"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be reported and hidden, named by ``subject`` ("product:12").

    ``kind`` says in a word what it is, ``url`` is the path of its page, ``people`` are the ids of
    those who answer for it. ``can_follow``: people can have themselves told what is new of it.
    ``space_id`` is the page that it belongs to, if there is one.
    """

    subject: str
    kind: Message
    title: str
    url: str
    people: frozenset[int] = frozenset()
    can_follow: bool = False
    space_id: int | None = None


@dataclass(frozen=True, slots=True)
class FirstStep:
    """Something that a new node needs before it serves people, and the path where it is done.

    ``done`` is read from what stands, never ticked by hand. Lower ``order`` comes first.
    """

    title: Message
    text: Message
    url: str
    done: bool
    order: int = 50


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers over time, one for each period that was asked about.

    ``kind``: "whole" or "won". ``name`` is plain ASCII; ``text`` says what is counted. Lower
    ``order`` comes first.
    """

    name: str
    title: Message
    values: Sequence[int]
    text: Message | None = None
    kind: str = "whole"
    order: int = 50
