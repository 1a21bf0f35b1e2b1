"""The kinds of notices that the plugins of a node tell."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from ...answers import NoticeKind
from ...host import Host
from ...node import Node
from ...values import Viewer

_known: WeakKeyDictionary[Host, Mapping[str, NoticeKind]] = WeakKeyDictionary()


def kinds_of(node: Node) -> Mapping[str, NoticeKind]:
    """Return all kinds by their names, in their order; asked once, since they do not change."""
    known = _known.get(node.host)
    if known is None:
        found: list[NoticeKind] = node.host.collect("notice_kinds", node=node)
        found.sort(key=lambda kind: kind.order)
        known = _known[node.host] = {kind.name: kind for kind in found}
    return known


def kind_of(node: Node, name: str) -> NoticeKind:
    """Return a kind by its name; ``ValueError`` if no plugin has declared it."""
    kind = kinds_of(node).get(name)
    if kind is None:
        raise ValueError(f"no plugin answers notice_kinds with {name}")
    return kind


def concerns(kind: NoticeKind, viewer: Viewer) -> bool:
    """Say whether somebody can be told this kind at all."""
    return not kind.roles or any(role in kind.roles for _, role in viewer.roles)
