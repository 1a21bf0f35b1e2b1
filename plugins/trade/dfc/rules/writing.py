"""A catalogue as one graph of the Data Food Consortium that names everything it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from ....market import WEIGHT, titled
from ...goods.rules import CURRENCY, Good, dfc_quantity, moment, own_terms, piece_won
from .terms import KOREA, Place, context
from .types import type_of

Node = dict[str, Any]
UNLIMITED = "-1"
"""Stock without limit as version 1 is read in the field; by the rule, and in version 2, it is left
out, which those readers take for none."""

_VAT = {"exempt": "0", "taxed": "10"}


def document(graph: Iterable[Node], *, second: bool) -> Node:
    """Return a graph as a document; ``second``: of version 2."""
    return {"@context": context(second=second), "@graph": list(graph)}


def enterprise(place: Place, seller: Any, goods: Sequence[Good], *, second: bool) -> list[Node]:
    """Return a seller with address, telephone and the goods that are named."""
    address, phone = f"{place.enterprise}/Address", f"{place.enterprise}/PhoneNumber"
    node: Node = {
        "@id": place.enterprise,
        "@type": "dfc-b:Organization" if second else "dfc-b:Enterprise",
        "dfc-b:name": seller.name,
        "dfc-b:hasDescription": escape(seller.intro, quote=False),
        "dfc-b:VATnumber": seller.business_number,
        "dfc-b:email": seller.email,
        "dfc-b:websitePage": f"{place.base}/spaces/{seller.slug}",
        "dfc-b:hasAddress": address,
        "dfc-b:supplies": [place.product(number_of(good)) for good in goods],
        "dfc-b:manages": [f"{place.product(number_of(good))}/CatalogItem" for good in goods],
        "dfc-b:maintains": place.catalogue,
    }
    where = {
        "@id": address,
        "@type": "dfc-b:Address",
        "dfc-b:hasStreet": seller.address,
        "dfc-b:hasCity": seller.county,
        "dfc-b:region": seller.province,
        "dfc-b:hasCountry": KOREA,
    }
    if not seller.phone:
        return [node, where]
    node["dfc-b:hasPhoneNumber"] = phone
    told = {"@id": phone, "@type": "dfc-b:PhoneNumber", "dfc-b:phoneNumber": seller.phone}
    return [node, where, told]


def catalogue(place: Place, goods: Sequence[Good], *, second: bool) -> Iterator[Node]:
    """Return the catalogue with all its goods, their items, offers, prices and cases."""
    items = [f"{place.product(number_of(good))}/CatalogItem" for good in goods]
    yield {
        "@id": place.catalogue,
        "@type": "dfc-b:Catalog",
        "dfc-b:maintainedBy": place.enterprise,
        "dfc-b:lists": items,
    }
    if second:
        yield {
            "@id": place.products,
            "@type": ["ldp:Container", "ldp:BasicContainer"],
            "ldp:contains": [place.product(number_of(good)) for good in goods],
        }
    yield from _families(place, goods)
    for good in goods:
        yield from good_nodes(place, good, second=second)


def number_of(good: Good) -> str:
    """Return the last part of a good's address, which names it here too."""
    return good.uri.rpartition("/")[2]


def _families(place: Place, goods: Sequence[Good]) -> Iterator[Node]:
    """Return the groups whose variants are here; what has variants is not itself sold there."""
    found: dict[str, list[Good]] = {}
    for good in goods:
        if good.family:
            found.setdefault(good.family, []).append(good)
    for family, variants in found.items():
        yield {
            "@id": _group(place, family),
            "@type": "dfc-b:SuppliedProduct",
            "dfc-b:name": variants[0].name,
            "dfc-b:hasVariant": [place.product(number_of(each)) for each in variants],
        }


def _group(place: Place, family: str) -> str:
    return place.product(f"{family.rpartition('/')[2]}-family")


def good_nodes(place: Place, good: Good, *, second: bool) -> Iterator[Node]:
    """Return one good: the product, its item in the catalogue, its offer with the price."""
    product = place.product(number_of(good))
    node: Node = {
        **_sold(product, titled(good.name, good.variant), _content(good)),
        "dfc-b:description": escape(good.description, quote=False).replace("\n", "<br>"),
        "dfc-b:hasType": type_of(good.name, good.category),
        "dfc-b:suppliedBy": place.enterprise,
        "wizzle:proposal": good.uri,
        "wizzle:seller": good.seller,
        "wizzle:updated": moment(good.updated),
        "wizzle:page": good.page,
        "wizzle:minimum": good.minimum,
        **own_terms(good),
    }
    if good.picture:
        node["dfc-b:image"] = good.picture
    if good.family:
        node["dfc-b:isVariantOf"] = _group(place, good.family)
    yield node
    yield from _offered(place, product, good, piece_won(good), good.available, second=second)
    if _is_cased(good):
        yield from _case(place, product, good, second=second)


def _content(good: Good) -> tuple[str, str]:
    if good.sold_by == WEIGHT:
        return "Gram", str(good.expected_g)
    return dfc_quantity(good.unit_code)


def _sold(product: str, name: str, content: tuple[str, str]) -> Node:
    return {
        "@id": product,
        "@type": "dfc-b:SuppliedProduct",
        "dfc-b:name": name,
        "dfc-b:hasQuantity": _quantity(*content),
        # Both ways: readers follow this one, and without it they take price and stock for 0.
        "dfc-b:referencedBy": f"{product}/CatalogItem",
    }


def _quantity(unit: str, value: str) -> Node:
    return {
        "@type": "dfc-b:QuantitativeValue",
        "dfc-b:hasUnit": f"dfc-m:{unit}",
        "dfc-b:value": value,
    }


def _offered(
    place: Place, product: str, good: Good, won: int, available: int | None, *, second: bool
) -> Iterator[Node]:
    stock = {} if available is None and second else {"dfc-b:stockLimitation": _stock(available)}
    yield {
        "@id": f"{product}/CatalogItem",
        "@type": "dfc-b:CatalogItem",
        "dfc-b:sku": product.rpartition("/")[2],
        "dfc-b:references": product,
        "dfc-b:offeredThrough": f"{product}/Offer",
        "dfc-b:managedBy": place.enterprise,
        "dfc-b:listedIn": place.catalogue,
        **stock,
    }
    yield {
        "@id": f"{product}/Offer",
        "@type": "dfc-b:Offer",
        "dfc-b:offeredItem": product,
        "dfc-b:offers": f"{product}/CatalogItem",
        **stock,
        "dfc-b:hasPrice": {
            "@type": "dfc-b:Price",
            "dfc-b:value": str(won),
            "dfc-b:VATrate": _VAT[good.tax_class],
            "wizzle:currency": CURRENCY,
        },
    }


def _stock(available: int | None) -> str:
    return UNLIMITED if available is None else str(available)


def _is_cased(good: Good) -> bool:
    """Say whether a good is sold by the case only: so many of it, or a multiple of that."""
    return good.minimum == good.step > 1


def _case(place: Place, product: str, good: Good, *, second: bool) -> Iterator[Node]:
    """Return the case of a good that is sold in nothing else, and how it becomes single ones."""
    case, size = f"{product}-case", good.step
    left = None if good.available is None else good.available // size
    yield {
        **_sold(case, f"{titled(good.name, good.variant)} × {size}", ("Piece", "1")),
        "dfc-b:suppliedBy": place.enterprise,
        "wizzle:caseOf": product,
    }
    yield from _offered(place, case, good, piece_won(good) * size, left, second=second)
    taken, made = f"{product}/AsPlannedConsumptionFlow", f"{product}/AsPlannedProductionFlow"
    yield {
        "@id": taken,
        "@type": "dfc-b:AsPlannedConsumptionFlow",
        "dfc-b:consumes": product,
        "dfc-b:hasQuantity": _quantity("Piece", str(size)),
    }
    yield {
        "@id": made,
        "@type": "dfc-b:AsPlannedProductionFlow",
        "dfc-b:produces": case,
        "dfc-b:hasQuantity": _quantity("Piece", "1"),
    }
    yield {
        "@id": f"{product}/AsPlannedTransformation",
        "@type": "dfc-b:AsPlannedTransformation",
        # Readers of older versions know the first pair of names, 1.16 the second.
        "dfc-b:hasIncome": taken,
        "dfc-b:hasOutcome": made,
        "dfc-b:hasInput": taken,
        "dfc-b:hasOutput": made,
    }
