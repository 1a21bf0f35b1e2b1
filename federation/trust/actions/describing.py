"""Describing this node and its spaces to others, in documents of plain JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .... import __version__
from ....core.addresses import node_actor, space_actor
from ....core.models import Person, Space
from ....core.node import Node
from ....core.talk import Profile
from ..queries import peers, spaces, voices
from ..rules import discovery, documents
from ..rules.handles import handle_of
from ..rules.remote import fingerprint
from . import keys

MOST_ORGS = 1_000
"""Spaces in the list of a node's spaces; a neighbourhood has some tens."""


def region_of(node: Node) -> str:
    """Return where this node is: "서울특별시 강북구 수유동"."""
    who = node.settings.node
    return " ".join(part for part in (who.province, who.county, who.town) if part)


def node_document(node: Node) -> documents.Document:
    """Return the document of the actor that is the node."""
    return documents.node_document(_identity(node), _halves(node))


def town_document(node: Node, session: Session) -> documents.Document:
    """Return the document of the actor that is the neighbourhood."""
    by_hand = voices.by_hand(session, "node")
    return documents.town_document(_identity(node), _halves(node), by_hand=by_hand)


def _identity(node: Node) -> documents.Identity:
    who, region = node.settings.node, region_of(node)
    return documents.Identity(who.address, who.name, region, f"{who.name} · {region}")


def _halves(node: Node) -> list[documents.PublicHalf]:
    return [documents.PublicHalf(key.name, key.kind, key.public) for key in keys.published(node)]


def space_document(node: Node, session: Session, space: Space) -> documents.Document:
    """Return the document of a space's actor, with links to what it publishes."""
    base = node.settings.node.address
    digest = spaces.picture_of(session, space)
    org = documents.Org(
        id=space.id,
        kind=space.kind,
        handle=handle_of(space.slug, space.id),
        name=space.name,
        summary=space.intro[:1_000],
        region=" ".join(part for part in (space.province, space.county) if part),
        page=f"{base}/spaces/{quote(space.slug)}",
        picture=f"{base}/pictures/{digest}/large.webp" if digest else "",
        publications=_publications(node, session, space.id),
        by_hand=voices.by_hand(session, f"space:{space.id}"),
    )
    return documents.space_document(base, org, _halves(node))


def profile_document(node: Node, session: Session, profile: Profile) -> documents.Document:
    """Return the document of the actor that is a collection, or a person who has agreed to it."""
    base = node.settings.node.address
    who = documents.Someone(
        subject=profile.subject,
        handle=profile.handle,
        name=profile.name,
        words=profile.words[:1_000],
        page=base + profile.path,
        picture=f"{base}/pictures/{profile.picture}/large.webp" if profile.picture else "",
        by_hand=voices.by_hand(session, profile.subject),
    )
    return documents.profile_document(base, who, _halves(node))


def leaving_document(node: Node, author: str) -> documents.Document:
    """Return what stands for an author who has just left: keys without a name, so that others can
    verify that it is they who say farewell."""
    base, number = node.settings.node.address, author.partition(":")[2]
    who = documents.Someone(author, handle=f"gone-{number}", name="", words="", page=base)
    return documents.profile_document(base, who, _halves(node))


def _publications(node: Node, session: Session, space_id: int) -> dict[str, str]:
    language = node.settings.node.languages[0]
    return {
        each.name: each.titles.in_language(language)
        for each in node.host.collect("publications", node=node)
        if each.state(node, session, space_id) is not None
    }


def tombstone(node: Node, space: Space) -> documents.Document:
    """Return what stands in the place of a space that was closed."""
    closed = f"{space.closed_at:%Y-%m-%dT%H:%M:%SZ}"
    return documents.tombstone(node.settings.node.address, space.id, space.kind, closed)


def orgs(node: Node, session: Session) -> documents.Document:
    """Return the collection of this node's spaces: it speaks for these."""
    base = node.settings.node.address
    ids = spaces.open_ids(session, limit=MOST_ORGS)
    return documents.collection(f"{base}/orgs", [space_actor(base, each) for each in ids])


def nodeinfo(node: Node) -> discovery.Document:
    """Return NodeInfo 2.1 of this node, its plugins and its place under ``metadata``."""
    who, settings = node.settings.node, node.host.settings("federation")
    with node.db.read() as session:
        people = session.scalar(
            select(func.count()).select_from(Person).where(Person.blocked_at.is_(None))
        )
    metadata = {
        "nodeName": who.name,
        "nodeDescription": f"{who.name} · {region_of(node)}",
        "region": {"province": who.province, "county": who.county, "town": who.town},
        "languages": list(who.languages),
        "plugins": [
            {"name": each.name, "version": each.plugin.version} for each in node.host.plugins
        ],
        "openCall": settings["open_call"],
        "policy": f"{who.address}/federation/policy",
    }
    return discovery.nodeinfo(__version__, int(people or 0), metadata)


def policy(node: Node, session: Session, language: str) -> dict[str, Any]:
    """Return how this node deals with others, as its page and its JSON say it."""
    settings, who = node.host.settings("federation"), node.settings.node
    return {
        "node": who.name,
        "region": region_of(node),
        "actor": node_actor(who.address),
        "fingerprint": fingerprint(tuple(key.public for key in keys.published(node))),
        "mode": settings["mode"],
        "open_call": settings["open_call"],
        "joined": [
            {"host": each.host, "name": each.name, "region": each.region}
            for each in peers.faces(session)
        ],
        "shares": [
            each.titles.in_language(language)
            for each in node.host.collect("publications", node=node)
        ],
        "open_following": settings["open_following"],
        "never_shared": [
            "residents who have not agreed to be known",
            "orders of residents",
            "addresses of residents",
        ],
        "signatures": ["RFC 9421", "draft-cavage-http-signatures-12"],
        "clock_tolerance_seconds": 300,
        "requests_per_five_minutes": settings["most_requests"],
        "operator": node.settings.operator.trade_name,
        "contact": node.settings.operator.email,
    }
