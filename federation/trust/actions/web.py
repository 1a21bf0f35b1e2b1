"""The verifier's way out: guarded requests, signed in this node's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....core.addresses import host_of
from ....core.node import Node
from ....core.outgoing import Answer as Found
from ....core.outgoing import Failed
from ..rules.terms import ACTIVITY, LINKED
from .outgoing import Form, knock, signer

if TYPE_CHECKING:
    from ...signatures import Answer, Web

_ACCEPT = f"{ACTIVITY}, {LINKED}"


def web_of(node: Node) -> Web:
    """Return how documents are fetched for the verifier: by the node's own client."""
    from ...signatures import Web

    def get(url: str, *, address: str, seconds: float, most: int) -> Answer:
        return _get(node, url, seconds=seconds, most=most)

    return Web.guarded(get, local=node.settings.server.development)


def _get(node: Node, url: str, *, seconds: float, most: int) -> Answer:
    from ...signatures import Answer

    def ask(form: Form) -> Found:
        return node.ports.http.fetch(
            "GET",
            url,
            headers={"Accept": _ACCEPT},
            most=most + 1,
            seconds=seconds,
            sign=signer(node, form),
        )

    try:
        found = knock(node, host_of(url), ask)
    except Failed as error:
        raise (TimeoutError if error.reason == "time" else OSError)(str(error)) from error
    return Answer(found.status, list(found.headers.items()), found.body, found.url)
