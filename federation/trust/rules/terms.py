"""Media types, contexts and addresses of specifications that documents for other nodes name."""

from __future__ import annotations

ACTIVITY = "application/activity+json"
PROFILE = "https://www.w3.org/ns/activitystreams"
LINKED = f'application/ld+json; profile="{PROFILE}"'
JRD = "application/jrd+json"
XRD = "application/xrd+xml"
NODEINFO_2_1 = "http://nodeinfo.diaspora.software/ns/schema/2.1"
NODEINFO_TYPE = f'application/json; profile="{NODEINFO_2_1}#"'
PUBLIC = f"{PROFILE}#Public"

CONTEXT = (PROFILE, "https://w3id.org/security/v1", "https://www.w3.org/ns/cid/v1")
"""JSON-LD contexts of an actor; plain readers pass them over."""

OURS = "urn:wizzle:"
"""What our own terms begin with; they are few, and others may pass them over."""

RFC_9421 = "https://datatracker.ietf.org/doc/html/rfc9421"
FEP_0837 = "https://w3id.org/fep/0837"

IMPLEMENTS = (
    {"href": RFC_9421, "name": "RFC-9421: HTTP Message Signatures"},
    {"href": FEP_0837, "name": "FEP-0837: Federated Marketplace"},
)
"""What a node can do beyond ActivityPub, as FEP-844e has it told."""
