"""Sources: who answers for what can be found on a node, by the plugins that are switched on."""

from __future__ import annotations

from ...documents import Own, Searchable
from ...node import Node
from .spaces import SPACES


def answered(node: Node) -> list[Searchable | Own]:
    """Return all kinds of things that can be found here, in their order on the page."""
    found = [SPACES, *node.host.collect("searchables", node=node)]
    return sorted(found, key=lambda each: each.order)


def searchables(node: Node) -> list[Searchable]:
    """Return the kinds that are kept in the index."""
    return [each for each in answered(node) if isinstance(each, Searchable)]


def source_of(node: Node, kind: str) -> Searchable | None:
    """Return who answers for a kind in the index, None if nobody does."""
    return next((each for each in searchables(node) if each.kind == kind), None)
