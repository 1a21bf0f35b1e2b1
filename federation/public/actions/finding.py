"""Finding an actor of another node by the name that people give it: @minji@wanju.example."""

from __future__ import annotations

import re
from urllib.parse import quote

from ....core.addresses import host_of
from ....core.errors import NotFound, Refused, Unreachable
from ....core.node import Node
from ....core.talk import FoundActor
from ....core.values import Message
from ...trust.actions import outgoing
from ...trust.actions.gate import follows_open, is_open
from ...trust.actions.store import Store
from ...trust.queries import peers
from ...trust.rules import states
from ...trust.rules.discovery import acct
from ...trust.rules.finding import actor_link
from ...trust.rules.handles import NODE
from ...trust.rules.hosts import base_of, host_form, origin
from ...trust.rules.remote import Remote, read_remote
from ...trust.rules.terms import JRD

_NAME = re.compile(r"@?([^@/\s]{1,100})@([^@/\s]{1,253})")


def find(node: Node, name: str) -> FoundActor:
    """Return the actor of this name; its node is asked, so no transaction may be open.

    The name must lead to an actor that leads back to it, or anybody could be called so.
    """
    handle, host = _read(name)
    if host == host_of(node.settings.node.address):
        raise Refused("That is somebody here. Search for the name instead.")
    _check(node, host)
    base = base_of(host, development=node.settings.server.development)
    resource = f"acct:{handle}@{host}"
    url = f"{base}/.well-known/webfinger?resource={quote(resource, safe='')}"
    address = actor_link(outgoing.read(outgoing.get(node, url, accept=JRD), url), base)
    if address is None:
        raise NotFound("There is nobody of this name at %(host)s.", host=host)
    return _face(_actor(node, address, handle), handle, host)


def _read(name: str) -> tuple[str, str]:
    found = _NAME.fullmatch(name.strip().removeprefix("acct:"))
    host = host_form(found[2]) if found else None
    if found is None or host is None:
        raise Refused("Please write the whole name: @name@other.example")
    return found[1], host


def _check(node: Node, host: str) -> None:
    with node.db.read() as session:
        state = peers.state_of(session, host)
    if state == states.BLOCKED:
        raise Refused("This node does not talk to %(host)s.", host=host)
    if state != states.JOINED and not (follows_open(node) or is_open(node)):
        raise Refused("This node is not connected to %(host)s.", host=host)


def _actor(node: Node, address: str, handle: str) -> Remote:
    if not Store(node).spend(host_of(address), node.clock.now().timestamp()):
        raise Unreachable("%(host)s was asked very often just now.", host=host_of(address))
    found = read_remote(address, outgoing.fetch(node, address))
    if isinstance(found, Message):
        raise Refused(found.text)
    if found.handle == NODE:  # following it is how nodes ask each other to be joined
        raise Refused("That is a node itself. Follow its people, places or the neighbourhood.")
    if found.handle.lower() != handle.lower() or acct(
        f"acct:{found.handle}@{host_of(address)}", host_of(address)
    ) is None:  # fmt: skip
        raise Refused("The name leads to somebody who is called differently.")
    return found


def _face(found: Remote, handle: str, host: str) -> FoundActor:
    page = found.page if origin(found.page) == origin(found.id) else found.id
    return FoundActor(
        address=found.id, host=host, kind=found.kind, handle=handle, name=found.name or handle,
        words=found.words, page=page,
    )  # fmt: skip
