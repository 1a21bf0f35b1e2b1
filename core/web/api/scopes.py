"""What a person can let a program do: the core's own scopes and those of the plugins."""

from __future__ import annotations

from collections.abc import Sequence

from ...answers import Scope
from ...node import Node
from .fields import mark

CORE = (
    Scope("me:read", mark("See who I am: name, e-mail address, phone and which pages I run")),
    Scope("spaces:write", mark("Change what the pages say that I run")),
    Scope("webhooks:manage", mark("Name addresses that are told what happens, and take them back")),
)


def scopes_of(node: Node) -> Sequence[Scope]:
    """Return all that a token of this node can be good for."""
    return [*CORE, *node.host.collect("scopes", node=node)]
