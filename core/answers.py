"""Answers: the frozen values with which plugins reply to the core's collects and questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from .node import Node
from .values import Message, Text, Viewer


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the main navigation; ``label`` is a message id, lower ``order`` comes first.

    ``action``: the permission without which the entry is not shown; None shows it to everyone.
    ``count`` returns the number that stands beside it for who is logged in; asked for each page of
    theirs, so it is to cost one short query.
    """

    label: str
    endpoint: str
    icon: str = "leaf"
    order: int = 50
    action: str | None = None
    count: Callable[[Node, Viewer], int] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page made from a plugin's own template and the values that it needs."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 50


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
class ExampleStep:
    """A piece of example content; run in rising ``order``, twice with the same result as once."""

    order: int
    title: str
    load: Callable[[Node, Session], None]


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
