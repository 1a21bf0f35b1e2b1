"""Discovery documents: WebFinger (RFC 7033), NodeInfo 2.1 and host-meta (RFC 6415)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from .terms import ACTIVITY, JRD, NODEINFO_2_1

_ACCT = re.compile(r"acct:@?([^@/]{1,255})@([^@/]{1,255})")
SELF = "self"
PAGE = "http://webfinger.net/rel/profile-page"
_SERVICE = "https://www.w3.org/ns/activitystreams#Service"
_APPLICATION = "https://www.w3.org/ns/activitystreams#Application"

Document = dict[str, Any]


def acct(resource: str, host: str) -> str | None:
    """Return the handle that a resource names on ``host``, None if it is no account there.

    >>> acct("acct:node@wanju.example", "wanju.example")
    'node'
    """
    found = _ACCT.fullmatch(unquote(resource))
    return found.group(1) if found and found.group(2).lower() == host else None


def is_origin(resource: str, base: str) -> bool:
    """Say whether a resource is the bare origin of this node (FEP-d556)."""
    return resource.rstrip("/").lower() == base.lower()


def descriptor(
    subject: str, actor: str, page: str, *, aliases: Sequence[str], of_node: bool
) -> Document:
    """Return what WebFinger tells of an actor."""
    here = {"type": ACTIVITY, "href": actor}
    server = [{"rel": rel, **here} for rel in (_SERVICE, _APPLICATION)] if of_node else []
    return {
        "subject": subject,
        "aliases": list(aliases),
        "links": [
            {"rel": SELF, **here},
            {"rel": PAGE, "type": "text/html", "href": page},
            *server,
        ],
    }


def only(told: Document, relations: Sequence[str]) -> Document:
    """Return a descriptor with the links of these relations alone (RFC 7033, 4.3)."""
    if not relations:
        return told
    return {**told, "links": [link for link in told["links"] if link["rel"] in relations]}


def nodeinfo_links(base: str) -> Document:
    """Return where the NodeInfo document is."""
    return {"links": [{"rel": NODEINFO_2_1, "href": f"{base}/nodeinfo/2.1"}]}


def nodeinfo(version: str, people: int, metadata: Mapping[str, Any]) -> Document:
    """Return NodeInfo 2.1: every field that is required stands there, also when it is empty."""
    return {
        "version": "2.1",
        "software": {"name": "wizzle", "version": version},
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": []},
        "openRegistrations": True,
        "usage": {"users": {"total": people}, "localPosts": 0},
        "metadata": dict(metadata),
    }


def host_meta(base: str) -> str:
    """Return the XRD that leads to WebFinger."""
    template = quoteattr(_template(base))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">'
        f'<Link rel="lrdd" type="{JRD}" template={template}/></XRD>\n'
    )


def host_meta_links(base: str) -> Document:
    """Return the same as JSON (RFC 6415, appendix A)."""
    return {"links": [{"rel": "lrdd", "type": JRD, "template": _template(base)}]}


def _template(base: str) -> str:
    return f"{base}/.well-known/webfinger?resource={{uri}}"
