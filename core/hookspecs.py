# mypy: disable-error-code=empty-body
"""Everything that a plugin can do, one hook each: collects, facts and questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import click
import pluggy
from flask import Blueprint
from sqlalchemy.orm import Session

from .answers import (
    ConsentText,
    ExampleStep,
    FirstStep,
    Happening,
    JobKind,
    Joined,
    Keeping,
    MenuItem,
    NoticeKind,
    PassedOn,
    PaymentProvider,
    PersonalData,
    Rule,
    SaleTerms,
    Scope,
    Section,
    Series,
    Service,
    Sold,
    SoldLine,
    Thing,
    Way,
    WebhookKind,
)
from .documents import Feed, Own, Searchable
from .facts import (
    GoodsCounted,
    LetterEnded,
    OccasionOpened,
    OrderWithdrawn,
    PeerChanged,
    PersonLeft,
    ProfileChanged,
    SellerClosed,
    SharesReversed,
    SharesSettled,
    SpaceChanged,
    ThingHidden,
    ThingPublished,
    ThingWithdrawn,
)
from .node import Node
from .periods import Periods
from .talk import (
    Announced,
    Following,
    FoundActor,
    Letter,
    Matter,
    Peer,
    Profile,
    Publication,
    Receipt,
    Received,
)
from .values import Message, SpaceFace, Viewer

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
def services(node: Node) -> Sequence[Service]:
    """Return the work that a worker does beside the jobs, each in a thread of its own."""


@hookspec
def payment_providers(node: Node) -> Sequence[PaymentProvider]:
    """Return the ways to pay that a resident can choose from at checkout."""


@hookspec
def sale_occasions(
    node: Node, session: Session, product_ids: frozenset[int]
) -> Sequence[SaleTerms]:
    """Return the occasions, open now, at which any of these products can be ordered."""


@hookspec
def product_notes(
    node: Node, session: Session, product_ids: frozenset[int]
) -> Sequence[tuple[int, Message]]:
    """Return what has to be said beside those of these products that are the plugin's concern.

    Asked only for goods of sellers who are at home on another node: how old a copy is, say.
    """


@hookspec
def product_sections(
    node: Node, session: Session, viewer: Viewer | None, product_id: int
) -> Sequence[Section]:
    """Return sections of the page of a product."""


@hookspec
def passed_on(node: Node, session: Session, occasion: str, seller_id: int) -> Sequence[PassedOn]:
    """Return what of a seller's own share of an occasion went on to others, as it stands now: told
    on the seller's statement, which stays as it was settled."""


@hookspec
def sold_lines(
    node: Node, session: Session, occasion: str, seller_id: int, most: int
) -> Sequence[SoldLine]:
    """Return the settled lines of a seller at an occasion, at most ``most``; never whose they
    are."""


@hookspec
def publications(node: Node) -> Sequence[Publication]:
    """Return what spaces publish for those who follow them on other nodes."""


@hookspec
def followings(node: Node) -> Sequence[Following]:
    """Return what the plugin does with publications of other nodes that are followed here."""


@hookspec
def matters(node: Node, session: Session, host: str) -> Sequence[Matter]:
    """Return what is still open with the node ``host``: listed before the tie to it is ended."""


@hookspec
def announced(node: Node, session: Session, occasion: str) -> Sequence[Announced]:
    """Return what is said to be on its way to an occasion, as those who send it have written."""


@hookspec
def searchables(node: Node) -> Sequence[Searchable | Own]:
    """Return the kinds of things of the plugin that can be found."""


@hookspec
def feeds(node: Node) -> Sequence[Feed]:
    """Return the news of the plugin that everyone may follow."""


@hookspec
def notice_kinds(node: Node) -> Sequence[NoticeKind]:
    """Return the kinds of notices that the plugin tells people (``core.notices.tell``)."""


@hookspec
def consents(node: Node) -> Sequence[ConsentText]:
    """Return what people agree to on the plugin's own pages, besides what joining asks for."""


@hookspec
def retention(node: Node) -> Sequence[Keeping]:
    """Return what the plugin keeps of people, how long and why, and how it is destroyed."""


@hookspec
def first_steps(node: Node, session: Session) -> Sequence[FirstStep]:
    """Return what has to be done before a new node serves people, as it stands now."""


@hookspec
def numbers(node: Node, session: Session, periods: Periods) -> Sequence[Series]:
    """Return numbers of the neighbourhood, one for each of these weeks or months, for stewards:
    never of persons.

    A query over the bounded range for each series, or one for several.
    """


@hookspec
def scopes(node: Node) -> Sequence[Scope]:
    """Return what a person can let programs do with the plugin, one scope for each kind of it."""


@hookspec
def webhook_kinds(node: Node) -> Sequence[WebhookKind]:
    """Return the kinds of facts that the plugin tells webhooks by ``core.webhooks.tell``."""


@hookspec
def happenings(
    node: Node, session: Session, since: datetime, until: datetime
) -> Sequence[Happening]:
    """Return what takes place between two instants and is open to everyone, at most 500."""


@hookspec
def joined(
    node: Node, session: Session, person_id: int, since: datetime, until: datetime
) -> Sequence[Joined]:
    """Return what one person took or takes part in that begins between two instants, at most 500:
    asked for nobody but them."""


@hookspec
def ways(node: Node, subject: str) -> Sequence[Way]:
    """Return what a member can do with a thing ("product:12") from its page, besides following
    and reporting it. Asked for each page, so without the database."""


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


@hookspec
def seller_closed(node: Node, session: Session, fact: SellerClosed) -> None:
    """Told once when what was ordered of a seller at an occasion stands and is to be sent."""


@hookspec
def goods_counted(node: Node, session: Session, fact: GoodsCounted) -> None:
    """Told once when all that came to an occasion is counted and packed."""


@hookspec
def letter_ended(node: Node, session: Session, fact: LetterEnded) -> None:
    """Told when a letter to another node has arrived there or was given up."""


@hookspec
def peer_changed(node: Node, session: Session, fact: PeerChanged) -> None:
    """Told when the tie to another node was made, paused, taken up again or ended."""


@hookspec
def space_changed(node: Node, session: Session, fact: SpaceChanged) -> None:
    """Told when the page of a space was changed, closed or opened again."""


@hookspec
def profile_changed(node: Node, session: Session, fact: ProfileChanged) -> None:
    """Told when what other nodes may know of a person was given free, changed or taken back."""


@hookspec
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    """Told when stewards keep a thing from being seen, or show it again: it cannot be seen,
    searched or ordered meanwhile, and what was ordered stays ordered."""


@hookspec
def thing_published(node: Node, session: Session, fact: ThingPublished) -> None:
    """Told when something that everyone may read was made public or changed."""


@hookspec
def thing_withdrawn(node: Node, session: Session, fact: ThingWithdrawn) -> None:
    """Told when what was public was deleted, or is meant for fewer from now on."""


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


@hookspec(firstresult=True)
def peers(node: Node, session: Session) -> Sequence[Peer] | None:
    """Return the nodes that this one talks to; None if nothing ties it to others."""


@hookspec(firstresult=True)
def send_document(node: Node, session: Session, letter: Letter) -> bool | None:
    """Take a letter to be delivered, in this very transaction; None if nothing delivers here.

    A second one with the same id is not taken again. Raises ``Refused`` if there is no tie to the
    node that it is for.
    """


@hookspec(firstresult=True)
def receive_document(node: Node, session: Session, received: Received) -> Receipt | None:
    """Take a document of another node that is the plugin's own, or return None.

    Asked once for each document, in the transaction that ends its handling. ``Refused`` ends it as
    refused; any other error leaves it to be tried again.
    """


@hookspec(firstresult=True)
def fetch_document(node: Node, url: str) -> Mapping[str, object] | None:
    """Ask another node for a document, signed, outside of any transaction; None if nothing here
    asks others. Raises ``Unreachable``, ``NotFound`` if it is gone, or ``Forbidden`` if it is not
    for this node."""


@hookspec(firstresult=True)
def partner_of(node: Node, session: Session, uri: str) -> str | None:
    """Return the actor on the other side of a thing of this node that is between two nodes (an
    order, a statement): it may change or end it. None if the thing is another plugin's."""


@hookspec(firstresult=True)
def who_asks(node: Node) -> str | None:
    """Return the host of the node that signed the request which is answered now, if it is one
    that this node talks to; None for everyone else."""


@hookspec(firstresult=True)
def follow(
    node: Node, session: Session, actor: str, publication: str, space_id: int | None
) -> bool | None:
    """Follow a publication of another node's actor from now on (``space_id`` None: for the node).

    None if nothing follows here; twice is the same as once."""


@hookspec(firstresult=True)
def unfollow(
    node: Node, session: Session, actor: str, publication: str, space_id: int | None
) -> bool | None:
    """End a following; what was taken of it is forgotten by its plugin."""


@hookspec(firstresult=True)
def lane_waits(node: Node, session: Session, host: str, lane: str) -> bool | None:
    """Say whether a letter of this lane is still on its way to a node: what it says need not be
    said again. None if nothing delivers here."""


@hookspec(firstresult=True)
def thing(node: Node, session: Session, subject: str) -> Thing | None:
    """Return what a subject ("product:12") names, if it is the plugin's own and is there: people
    can report it, and stewards can hide it."""


@hookspec(firstresult=True)
def sold(
    node: Node, session: Session, occasion: str, product_ids: frozenset[int]
) -> Sequence[Sold] | None:
    """Return what stands sold of these products at a settled occasion, corrections counted in;
    None if orders are not kept here. Asked inside the transaction that settles or corrects."""


@hookspec(firstresult=True)
def vouched(node: Node, session: Session, person_id: int) -> bool | None:
    """Say whether somebody of the neighbourhood stands for a person: newcomers may do less until
    then. None if nobody here vouches for anybody."""


@hookspec(firstresult=True)
def buyers(
    node: Node, session: Session, subjects: frozenset[str], seller_id: int | None
) -> int | None:
    """Return how many different residents stand behind what these subjects of postings ("cycle:12",
    "order:5") sold: of one seller, or of all. Asked before a sum is shown, so that it tells about
    nobody in particular; None if orders are not kept here."""


@hookspec
def solicited(node: Node, session: Session, space_id: int | None, since: date) -> int | None:
    """Return the won that an organiser was given or promised without a registration by what
    collected on that day or later; ``space_id`` is its page, None the node's own fund.

    Asked of every plugin that solicits, since the limit of the Donations Act (article 4) is one for
    all of them together; asked while the organiser is held. One that raises refuses the gift: a
    limit of the law is not passed because somebody could not count.
    """


@hookspec(firstresult=True)
def profile(node: Node, session: Session, name: str) -> Profile | None:
    """Return what other nodes may know of a person or a collection, by subject ("person:5") or by
    handle ("@minji"); None of everyone who has not agreed to it."""


@hookspec(firstresult=True)
def find_actor(node: Node, name: str) -> FoundActor | None:
    """Look up an actor of another node by its name ("@minji@wanju.example"). No transaction may be
    open. Raises ``Refused`` for a node that this one does not talk to, ``NotFound``,
    ``Unreachable``; None if nothing here talks to other nodes."""


@hookspec(firstresult=True)
def receive_public(node: Node, session: Session, received: Received) -> Receipt | None:
    """Take a document about what everyone may read (posts, news, who follows), once; None if it is
    about nothing of the plugin's.

    Who sent it is verified, but need not be joined with this node: nothing of trade is taken here.
    """
