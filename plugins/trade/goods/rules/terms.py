"""The words in which goods are told: ActivityStreams, ValueFlows as FEP-0837 uses it, and ours."""

from __future__ import annotations

from typing import Any

from .good import CURRENCY

AS = "https://www.w3.org/ns/activitystreams"
PUBLIC = f"{AS}#Public"
OURS = "urn:wizzle:"
WON = "https://www.wikidata.org/wiki/Q202040"
"""The South Korean won, as a thing that is handed over (FEP-0837 names money by any address)."""

WON_NAMES = frozenset({
    CURRENCY, WON, "https://www.wikidata.org/entity/Q202040",
    "http://www.wikidata.org/entity/Q202040", "urn:iso:std:iso:4217:KRW",
})  # fmt: skip

CONTEXT: dict[str, Any] = {
    "vf": "https://w3id.org/valueflows/ont/vf#",
    "om2": "http://www.ontology-of-units-of-measure.org/resource/om-2/",
    "wizzle": OURS,
    "Proposal": "vf:Proposal",
    "Intent": "vf:Intent",
    "purpose": "vf:purpose",
    "publishes": "vf:publishes",
    "reciprocal": "vf:reciprocal",
    "unitBased": "vf:unitBased",
    "action": "vf:action",
    "provider": {"@id": "vf:provider", "@type": "@id"},
    "receiver": {"@id": "vf:receiver", "@type": "@id"},
    "resourceConformsTo": {"@id": "vf:resourceConformsTo", "@type": "@id"},
    "resourceQuantity": "vf:resourceQuantity",
    "availableQuantity": "vf:availableQuantity",
    "minimumQuantity": "vf:minimumQuantity",
    "hasUnit": "om2:hasUnit",
    "hasNumericalValue": "om2:hasNumericalValue",
}
"""What a reader of JSON-LD makes of a proposal; served at ``CONTEXT_PATH``, never fetched by us."""

CONTEXT_PATH = "/trade/context"
