"""The words of the Data Food Consortium, in the two versions that are spoken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ...goods.rules import OURS

SCOPES = "https://github.com/datafoodconsortium/taxonomies/releases/latest/download/scopes.rdf#"
"""The names of what may be read: where each is found stands in ``/.well-known/dfc/``."""

V1_CONTEXT = "https://w3id.org/dfc/ontology/context/context_1.16.0.json"
V2_CONTEXT = "https://w3id.org/dfc/ontology/context/context_2.0.0.json"
KOREA = "http://publications.europa.eu/resource/authority/country/KOR"
PREFIX = "/krw/api/dfc"
"""Where catalogues stand: whoever asks here has said that the prices are understood to be won.

The consortium's measures have no won, and its largest reader takes any number for its own
currency, so that 12,000 won would arrive as 12,000 euro.
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the things of one seller stand: addresses that never change, since readers compare
    them letter by letter."""

    base: str
    slug: str

    @property
    def enterprise(self) -> str:
        return f"{self.base}{PREFIX}/Enterprises/{quote(self.slug)}"

    @property
    def products(self) -> str:
        return f"{self.enterprise}/SuppliedProducts"

    @property
    def catalogue(self) -> str:
        return f"{self.enterprise}/Catalog"

    def product(self, number: str) -> str:
        return f"{self.products}/{number}"


def context(*, second: bool) -> list[Any]:
    """Return the context of a document; ``second``: of version 2."""
    own: dict[str, str] = {"wizzle": OURS}
    if second:
        own["ldp"] = "http://www.w3.org/ns/ldp#"
    return [V2_CONTEXT if second else V1_CONTEXT, own]
