"""The only door of the federation: a plugin in all but its folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click
from flask import Blueprint, has_request_context, request
from sqlalchemy.orm import Session

from ..core.answers import JobKind, MenuItem, Rule, Section, Service
from ..core.facts import (
    LetterEnded,
    OccasionOpened,
    PeerChanged,
    PersonLeft,
    ProfileChanged,
    SpaceChanged,
    ThingHidden,
    ThingPublished,
    ThingWithdrawn,
)
from ..core.hookspecs import hookimpl
from ..core.host import Plugin
from ..core.node import Node
from ..core.talk import FoundActor, Letter, Peer, Receipt, Received
from ..core.values import Text, Viewer
from . import delivery, exchange, public, trust
from .delivery import routes as delivery_pages
from .exchange import routes as exchange_pages
from .pages import blueprint
from .peers import routes as peer_pages
from .public import routes as public_pages
from .public.actions import finding
from .trust import routes as trust_pages
from .trust.schemas import Settings

plugin = Plugin(
    name="federation",
    titles=Text("연결된 위즐", "Connected nodes"),
    version="0.1.0",
    settings=Settings,
)


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return (blueprint,)


@hookimpl
def commands() -> Sequence[click.Command]:
    # Asked for by the command line alone: a website needs none.
    from .commands import federation
    from .delivery.commands import letters
    from .peers.commands import peers_group
    from .trust.commands import keys_group

    return (federation, keys_group, peers_group, letters)


@hookimpl
def rules() -> Sequence[Rule]:
    return (
        *trust_pages.RULES,
        *delivery_pages.RULES,
        *exchange_pages.RULES,
        *peer_pages.RULES,
        *public_pages.RULES,
    )


@hookimpl
def menu() -> Sequence[MenuItem]:
    return peer_pages.MENU


@hookimpl
def jobs() -> Sequence[JobKind]:
    return (*trust.JOBS, *exchange.JOBS, *public.JOBS)


@hookimpl
def peers(session: Session) -> Sequence[Peer]:
    return trust.peers.faces(session)


@hookimpl
def fetch_document(node: Node, url: str) -> Mapping[str, object]:
    return trust.outgoing.fetch(node, url)


@hookimpl
def who_asks(node: Node) -> str | None:
    return trust.gate.who_asks(node, request) if has_request_context() else None


@hookimpl
def services() -> Sequence[Service]:
    return delivery.SERVICES


@hookimpl
def send_document(node: Node, session: Session, letter: Letter) -> bool:
    return delivery.send(node, session, letter)


@hookimpl
def lane_waits(session: Session, host: str, lane: str) -> bool:
    return bool(delivery.hosts_waiting(session, lane, [host]))


@hookimpl
def peer_changed(node: Node, session: Session, fact: PeerChanged) -> None:
    exchange.follow_tie(node, session, fact)
    public.follow_tie(node, session, fact)
    delivery.follow_tie(node, session, fact)


@hookimpl(tryfirst=True)  # what nodes say to each other comes before what plugins say
def receive_document(node: Node, session: Session, received: Received) -> Receipt | None:
    return trust.joining.receive(node, session, received) or exchange.take(node, session, received)


@hookimpl
def follow(
    node: Node, session: Session, actor: str, publication: str, space_id: int | None
) -> bool:
    return exchange.follow(node, session, actor, publication, space_id)


@hookimpl
def unfollow(node: Node, session: Session, actor: str, publication: str) -> bool:
    return exchange.unfollow(node, session, actor, publication)


@hookimpl
def occasion_opened(node: Node, session: Session, fact: OccasionOpened) -> None:
    exchange.compare_all(node, session)


@hookimpl
def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    return public_pages.MY_SECTIONS(node, session, viewer)


@hookimpl
def find_actor(node: Node, name: str) -> FoundActor:
    return finding.find(node, name)


@hookimpl(tryfirst=True)  # who follows comes before what is followed
def receive_public(node: Node, session: Session, received: Received) -> Receipt | None:
    return trust.joining.receive(node, session, received) or public.take(node, session, received)


@hookimpl
def thing_published(node: Node, session: Session, fact: ThingPublished) -> None:
    public.publish(node, session, fact)


@hookimpl
def thing_withdrawn(node: Node, session: Session, fact: ThingWithdrawn) -> None:
    public.withdraw(node, session, fact.subject)


@hookimpl
def thing_hidden(node: Node, session: Session, fact: ThingHidden) -> None:
    public.hide(node, session, fact.subject, hidden=fact.hidden)


@hookimpl
def profile_changed(node: Node, session: Session, fact: ProfileChanged) -> None:
    public.follow_profile(node, session, fact.subject)


@hookimpl
def space_changed(node: Node, session: Session, fact: SpaceChanged) -> None:
    public.follow_space(node, session, fact.space_id)


@hookimpl
def letter_ended(session: Session, fact: LetterEnded) -> None:
    public.follow_letter(session, fact)


@hookimpl
def person_left(node: Node, session: Session, fact: PersonLeft) -> None:
    public.leave(node, session, f"person:{fact.id}")
