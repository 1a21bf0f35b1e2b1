"""Goods read out of a graph of the Data Food Consortium, ours or another's; each refused alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from ....market import HEAVIEST, LIGHTEST, MAX_STOCK, WEIGHT
from ...goods.rules import (
    CURRENCY,
    LENGTHS,
    LONGEST_ADDRESS,
    Good,
    Unusable,
    decimal,
    from_dfc,
    from_html,
    lines,
    one_line,
    piece_won,
    read_own,
    unit_of,
    whole_won,
)

MOST_NODES = 50_000
_TAX = {Decimal(0): "exempt", Decimal(10): "taxed"}

Node = Mapping[str, Any]


class Graph:
    """The nodes of a document by their addresses; those inside of others are found there."""

    def __init__(self, document: Any) -> None:
        nodes = document.get("@graph") if isinstance(document, Mapping) else None
        if not isinstance(nodes, list) or len(nodes) > MOST_NODES:
            raise Unusable("It is not a catalogue.")
        self.nodes = [node for node in nodes if isinstance(node, Mapping)]
        self.by_id = {str(node["@id"]): node for node in self.nodes if "@id" in node}
        self.flows = {
            id_: node for node in self.of_type("AsPlannedConsumptionFlow")
            if (id_ := named(node.get("dfc-b:consumes")))
        }  # fmt: skip
        self.cases = {
            named(node.get("dfc-b:produces")) for node in self.of_type("AsPlannedProductionFlow")
        }

    def of_type(self, name: str) -> list[Node]:
        """Return the nodes of a type."""
        wanted = f"dfc-b:{name}"
        return [
            node for node in self.nodes
            if node.get("@type") == wanted
            or (isinstance(node.get("@type"), list) and wanted in node["@type"])
        ]  # fmt: skip

    def follow(self, node: Node, name: str) -> Node:
        """Return the node that a property leads to, an empty one if it leads nowhere."""
        value = node.get(f"dfc-b:{name}")
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, Mapping) and len(value) > 1:
            return value
        return self.by_id.get(named(value), {})


def named(value: Any) -> str:
    """Return the address that a property names: alone, in an object, or the first of several."""
    value = value[0] if isinstance(value, list) and value else value
    value = value.get("@id") if isinstance(value, Mapping) else value
    return value if isinstance(value, str) else ""


def read_catalogue(document: Any, at: datetime) -> tuple[list[Good], dict[str, str]]:
    """Read all goods that are sold, and of those that cannot be used the reasons.

    ``at`` stands for the time of a change that is not told.
    """
    graph = Graph(document)
    goods: list[Good] = []
    refused: dict[str, str] = {}
    for node in graph.of_type("SuppliedProduct"):
        if "dfc-b:hasVariant" in node or _is_case(graph, node):
            continue
        try:
            goods.append(_good(graph, node, at))
        except Unusable as error:
            refused[str(node.get("@id", ""))[:LONGEST_ADDRESS]] = str(error)
    return goods, refused


def _is_case(graph: Graph, node: Node) -> bool:
    return "wizzle:caseOf" in node or named(node.get("@id")) in graph.cases


def _good(graph: Graph, node: Node, at: datetime) -> Good:
    product = named(node.get("@id"))
    item = graph.follow(node, "referencedBy")
    offer = graph.follow(item, "offeredThrough")
    uri = _text(node, "wizzle:proposal", LONGEST_ADDRESS) or product
    if not product or not item or not offer:
        raise Unusable("It names no price.")
    price, tax = _price(graph.follow(offer, "hasPrice"))
    code, label = _unit(graph, node)
    minimum, step = _cases(graph, node, product)
    good = Good(
        uri=uri,
        version=_version(node.get("wizzle:version", 1)),
        updated=_instant(node.get("wizzle:updated"), at),
        seller=_text(node, "wizzle:seller", LONGEST_ADDRESS) or named(item.get("dfc-b:managedBy")),
        name=_text(node, "wizzle:name" if "wizzle:name" in node else "dfc-b:name", LENGTHS["name"]),
        unit_code=code,
        unit_label=label,
        price=price,
        description=_description(node.get("dfc-b:description", "")),
        tax_class=tax,
        available=_available(item),
        minimum=minimum,
        page=_text(node, "wizzle:page", LONGEST_ADDRESS),
        picture=_text(node, "dfc-b:image", LONGEST_ADDRESS),
        **{**read_own(node, uri), "step": step},
    )
    if not good.name:
        raise Unusable("A text of it is missing or too long.")
    return _weighed(good, node.get("wizzle:catchWeight"))


def _price(node: Node) -> tuple[int, str]:
    if node.get("wizzle:currency") != CURRENCY or "dfc-b:hasUnit" in node:
        raise Unusable("It is not paid in won.")
    tax = _TAX.get(decimal(_number(node.get("dfc-b:VATrate"))))
    if tax is None:
        raise Unusable("It does not say whether value added tax is in its price.")
    return whole_won(decimal(_number(node.get("dfc-b:value")))), tax


def _number(value: Any) -> Any:
    """Return a number as our reader takes it: others write 4.0 as a number too."""
    if isinstance(value, float) and value.is_integer() and 0 <= value < 10**12:
        return int(value)
    return str(value) if isinstance(value, float) else value


def _weighed(good: Good, weighed: Any) -> Good:
    """Return a good that is sold by weight, if it is: then its price is for a kilogram."""
    if weighed is None:
        return good
    if not isinstance(weighed, Mapping):
        raise Unusable("Its price cannot be read.")
    expected = weighed.get("expectedGrams")
    if type(expected) is not int or not LIGHTEST <= expected <= HEAVIEST:
        raise Unusable("It does not say what one piece weighs.")
    per_kilogram = whole_won(decimal(weighed.get("perKilogram")))
    told = replace(good, price=per_kilogram, sold_by=WEIGHT, expected_g=expected)
    if piece_won(told) != good.price:
        raise Unusable("It names two different prices.")
    return told


def _unit(graph: Graph, node: Node) -> tuple[str, str]:
    quantity = graph.follow(node, "hasQuantity")
    name = named(quantity.get("dfc-b:hasUnit")).removeprefix("dfc-m:")
    code = node.get("wizzle:unit")
    if code is None:
        code = from_dfc(name, decimal(_number(quantity.get("dfc-b:value"))))
    if not isinstance(code, str) or unit_of(code) is None:
        raise Unusable("Its unit is not known here.")
    label = _text(node, "wizzle:unitLabel", LENGTHS["unit_label"])
    return code, label or f"{quantity.get('dfc-b:value')} {name}"[: LENGTHS["unit_label"]]


def _cases(graph: Graph, node: Node, product: str) -> tuple[int, int]:
    """Return minimum and step: told by us, or by the case in which alone it is sold."""
    if "wizzle:minimum" in node:
        return _count(node["wizzle:minimum"]), _count(node.get("wizzle:step", 1))
    flow = graph.flows.get(product)
    if flow is None:
        return 1, 1
    value = decimal(_number(graph.follow(flow, "hasQuantity").get("dfc-b:value")))
    size = _count(int(value) if value == int(value) else 0)
    return size, size


def _count(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= 10_000:
        raise Unusable("Its smallest quantity cannot be ordered here.")
    return value


def _available(item: Node) -> int | None:
    """Return what is left: nothing said, an empty text and -1 all mean that there is no limit."""
    value = _number(item.get("dfc-b:stockLimitation"))
    if value is None or value in ("", "-1", -1):
        return None
    return min(int(decimal(value)), MAX_STOCK)


def _version(value: Any) -> int:
    if type(value) is not int or not 1 <= value < 2**31:
        raise Unusable("Its version is not the one that was announced.")
    return value


def _instant(value: Any, at: datetime) -> datetime:
    try:
        told = datetime.fromisoformat(value)
        return told.astimezone(UTC) if told.tzinfo else at
    except (TypeError, ValueError, OverflowError):
        return at


def _text(node: Node, name: str, most: int) -> str:
    value = node.get(name, "")
    if not isinstance(value, str) or len(value) > 20 * most:
        raise Unusable("A text of it is missing or too long.")
    text = one_line(value)
    if len(text) > most:
        raise Unusable("A text of it is missing or too long.")
    return text


def _description(value: Any) -> str:
    text = lines(from_html(value)) if isinstance(value, str) else ""
    if len(text) > LENGTHS["description"]:
        raise Unusable("A text of it is missing or too long.")
    return text
