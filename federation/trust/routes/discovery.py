"""How others find this node and what is on it: WebFinger, NodeInfo, host-meta."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from ....core.addresses import (
    host_of,
    node_actor,
    space_actor,
    space_of,
    subject_actor,
    subject_of,
)
from ....core.models import Space
from ....core.node import Node
from ....core.talk import Profile
from ....core.web import machine, problem, this_node
from ...pages import blueprint
from ..actions import describing
from ..queries import spaces
from ..rules import discovery
from ..rules.handles import NODE, TOWN, handle_of
from ..rules.terms import JRD, NODEINFO_TYPE, XRD
from .answers import document

_OPEN = {"Access-Control-Allow-Origin": "*"}
LONGEST = 2_000
"""Letters of a resource that is asked for."""


@blueprint.get("/.well-known/webfinger")
@machine("federation.read")
def webfinger() -> Any:
    """Tell which actor a name or an address belongs to (RFC 7033)."""
    resource = request.args.get("resource", "")
    if not resource or len(resource) > LONGEST:
        return problem(400, "The parameter `resource` names what is looked for.", headers=_OPEN)
    told = _descriptor(this_node(), resource)
    if told is None:
        return problem(404, "There is no such actor here.", headers=_OPEN)
    told = discovery.only(told, request.args.getlist("rel"))
    return document(told, kind=JRD, headers=_OPEN)


def _descriptor(node: Node, resource: str) -> discovery.Document | None:
    base = node.settings.node.address
    handle = discovery.acct(resource, host_of(base))
    if handle == NODE or resource == node_actor(base) or discovery.is_origin(resource, base):
        return _of_node(node)
    if handle == TOWN or resource == subject_actor(base, "node"):
        return _of_town(node)
    space_id = space_of(base, resource)
    with node.db.read() as session:
        if space_id is not None:
            space = spaces.space(session, space_id)
        else:
            space = spaces.by_handle(session, handle) if handle else None
        if space is not None and space.closed_at is None:
            return _of_space(base, space)
        name = f"@{handle}" if handle else subject_of(base, resource) or ""
        profile = node.hooks.profile(node=node, session=session, name=name) if name else None
        return None if profile is None else _of_profile(base, profile)


def _of_node(node: Node) -> discovery.Document:
    base = node.settings.node.address
    return discovery.descriptor(
        f"acct:{NODE}@{host_of(base)}",
        node_actor(base),
        base + url_for("federation.policy"),
        aliases=(base, node_actor(base)),
        of_node=True,
    )


def _of_space(base: str, space: Space) -> discovery.Document:
    actor = space_actor(base, space.id)
    return discovery.descriptor(
        f"acct:{handle_of(space.slug, space.id)}@{host_of(base)}",
        actor,
        base + url_for("core.space", slug=space.slug),
        aliases=(actor,),
        of_node=False,
    )


def _of_town(node: Node) -> discovery.Document:
    base = node.settings.node.address
    actor = subject_actor(base, "node")
    return discovery.descriptor(
        f"acct:{TOWN}@{host_of(base)}", actor, f"{base}/", aliases=(actor,), of_node=False
    )


def _of_profile(base: str, profile: Profile) -> discovery.Document:
    actor = subject_actor(base, profile.subject)
    return discovery.descriptor(
        f"acct:{profile.handle}@{host_of(base)}",
        actor,
        base + profile.path,
        aliases=(actor,),
        of_node=False,
    )


@blueprint.get("/.well-known/nodeinfo")
@machine("federation.read")
def nodeinfo_links() -> Any:
    """Tell where NodeInfo is."""
    base = this_node().settings.node.address
    return document(discovery.nodeinfo_links(base), kind="application/json", headers=_OPEN)


@blueprint.get("/nodeinfo/2.1")
@machine("federation.read")
def nodeinfo() -> Any:
    """Tell what runs here, for programs that count and compare."""
    return document(describing.nodeinfo(this_node()), kind=NODEINFO_TYPE, headers=_OPEN)


@blueprint.get("/.well-known/host-meta")
@machine("federation.read")
def host_meta() -> Any:
    """Lead older software to WebFinger (RFC 6415)."""
    told = discovery.host_meta(this_node().settings.node.address)
    return Response(told, content_type=f"{XRD}; charset=utf-8", headers=_OPEN)


@blueprint.get("/.well-known/host-meta.json")
@machine("federation.read")
def host_meta_json() -> Any:
    """Lead to WebFinger, in JSON."""
    told = discovery.host_meta_links(this_node().settings.node.address)
    return document(told, kind=JRD, headers=_OPEN)
