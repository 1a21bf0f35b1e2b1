# mypy: disable-error-code=empty-body
"""Everything that a plugin can do, one hook each: collects, facts and questions."""

from __future__ import annotations

from collections.abc import Sequence

import click
import pluggy
from flask import Blueprint
from sqlalchemy.orm import Session

from .answers import (
    ExampleStep,
    JobKind,
    MenuItem,
    PaymentProvider,
    PersonalData,
    Rule,
    SaleTerms,
    Section,
)
from .facts import OccasionOpened, OrderWithdrawn, PersonLeft, SharesReversed, SharesSettled
from .node import Node
from .values import SpaceFace, Viewer

hookspec = pluggy.HookspecMarker("wizzle")
hookimpl = pluggy.HookimplMarker("wizzle")

# --- Collects: the answers of all plugins are joined; one that raises is left out and logged ---


@hookspec
def blueprints(node: Node) -> Sequence[Blueprint]:
    """Return the Flask blueprints that make the plugin's pages, its templates and static files."""


@hookspec
def commands() -> Sequence[click.Command]:
    """Return commands for the command line; they find their node by ``core.cli.the_node``."""


@hookspec
def rules() -> Sequence[Rule]:
    """Return who may do what; the names of actions begin with the plugin's name and a dot."""


@hookspec
def menu(node: Node) -> Sequence[MenuItem]:
    """Return entries of the main navigation."""


@hookspec
def home_sections(node: Node, session: Session, viewer: Viewer | None) -> Sequence[Section]:
    """Return sections of the home page for this viewer; None is a stranger."""


@hookspec
def space_sections(
    node: Node, session: Session, viewer: Viewer | None, space: SpaceFace
) -> Sequence[Section]:
    """Return sections of the page of ``space`` for this viewer."""


@hookspec
def today_sections(
    node: Node, session: Session, viewer: Viewer, space: SpaceFace
) -> Sequence[Section]:
    """Return sections of the page on which those who run ``space`` do their work of the day."""


@hookspec
def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    """Return sections of the person's own page: what waits for them, what they run."""


@hookspec
def personal_data(node: Node, session: Session, person_id: int) -> Sequence[PersonalData]:
    """Return all that the plugin keeps of this person, for them to take along (Personal
    Information Protection Act articles 35 and 35-2)."""


@hookspec
def example_steps(node: Node) -> Sequence[ExampleStep]:
    """Return the pieces of example content that ``wizzle examples`` loads."""


@hookspec
def subject_urls(node: Node, subjects: frozenset[str]) -> Sequence[tuple[str, str]]:
    """Return those subjects of postings ("cycle:12") that are the plugin's own, each with the
    path of the page that tells everyone about it."""


@hookspec
def jobs(node: Node) -> Sequence[JobKind]:
    """Return the kinds of jobs that the plugin puts into the outbox, each with its work."""


@hookspec
def payment_providers(node: Node) -> Sequence[PaymentProvider]:
    """Return the ways to pay that a resident can choose from at checkout."""


@hookspec
def sale_occasions(
    node: Node, session: Session, product_ids: frozenset[int]
) -> Sequence[SaleTerms]:
    """Return the occasions, open now, at which any of these products can be ordered."""


# --- Facts: past tense, no answer, inside the transaction; a listener that raises undoes it all ---


@hookspec
def shares_settled(node: Node, session: Session, fact: SharesSettled) -> None:
    """Told once when an occasion's sales were split and posted, all its sellers together.

    Listeners may write through the ledger; no network.
    """


@hookspec
def shares_reversed(node: Node, session: Session, fact: SharesReversed) -> None:
    """Told when a correction has taken back and posted a part of what was settled."""


@hookspec
def occasion_opened(node: Node, session: Session, fact: OccasionOpened) -> None:
    """Told once when an occasion has begun to take orders; it is held open meanwhile."""


@hookspec
def order_withdrawn(node: Node, session: Session, fact: OrderWithdrawn) -> None:
    """Told when a resident takes back a whole order before the cut-off; the order is locked, and
    its goods are not back on sale yet."""


@hookspec
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    """Told when somebody closes their account.

    A listener that cannot let them go yet raises ``Refused`` with what has to be done first.
    """


# --- Questions: the first answer that is not None wins ---


@hookspec(firstresult=True)
def sale_terms(
    node: Node, session: Session, occasion: str, product_ids: frozenset[int]
) -> SaleTerms | None:
    """Return the terms of the named occasion, or None if it is another plugin's.

    Asked inside the transaction that orders, changes, withdraws, hands over or refunds: the answer
    must hold until it ends, so whoever answers locks what could close or settle the occasion
    meanwhile.
    """
