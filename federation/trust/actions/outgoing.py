"""The signed way out: documents asked for and letters posted in the node's name, knocking twice.

Both forms of signatures are needed for years. RFC 9421 is tried first unless the other node is
known not to read it; if it refuses that, the older form is tried once and remembered for a week.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from ....core.addresses import host_of, node_actor
from ....core.errors import Forbidden, NotFound, Unreachable
from ....core.node import Node
from ....core.outgoing import Answer
from ..queries import peers
from ..rules.kinds import RSA
from ..rules.terms import ACTIVITY, LINKED
from . import keys

if TYPE_CHECKING:
    from ....core.outgoing import Sign
    from ...signatures import Keypair

Form = Literal["rfc9421", "cavage"]
REMEMBERED = timedelta(days=7)
"""How long a node counts as one that reads only the older form."""

_ACCEPT = f"{ACTIVITY}, {LINKED}"
_REFUSED = frozenset({400, 401, 403})


def fetch(node: Node, url: str) -> Mapping[str, Any]:
    """Return the document at ``url`` of another node, asked for in this node's name.

    ``NotFound`` if it is gone, ``Forbidden`` if it is not for us, ``Unreachable`` otherwise.
    """
    answer = get(node, url, accept=_ACCEPT)
    from ...signatures.web import is_activity_media

    if not is_activity_media(answer.headers.get("content-type", "")):
        raise Unreachable("%(host)s sent something else than a document.", host=host_of(url))
    return read(answer, url)


def get(node: Node, url: str, *, accept: str, most: int = 1 << 20) -> Answer:
    """Ask for something of another node, signed, and return the answer if it has it."""

    def ask(form: Form) -> Answer:
        return node.ports.http.fetch(
            "GET", url, headers={"Accept": accept}, most=most, sign=signer(node, form)
        )

    return _had(knock(node, host_of(url), ask), url)


def _had(answer: Answer, url: str) -> Answer:
    host = host_of(url)
    if answer.status in (404, 410):
        raise NotFound("%(host)s no longer has this.", host=host)
    if answer.status in (401, 403):
        raise Forbidden("%(host)s does not let this node read this.", host=host)
    if not 200 <= answer.status < 300:
        raise Unreachable("%(host)s answered %(status)s.", host=host, status=answer.status)
    return answer


def read(answer: Answer, url: str) -> Mapping[str, Any]:
    """Return the JSON object of an answer; ``Unreachable`` if it cannot be read."""
    from ...signatures import Refusal
    from ...signatures.bodies import read_body

    try:
        return read_body(answer.body)
    except Refusal:
        raise Unreachable(
            "%(host)s sent a document that cannot be read.", host=host_of(url)
        ) from None


def post(node: Node, url: str, body: bytes, *, actor: str | None = None) -> Answer:
    """Post an activity to an inbox, signed for ``actor`` (None: the node), and return the answer.

    The answer may say no. Signed anew each time; raises ``Unreachable`` without an answer.
    """

    def send(form: Form) -> Answer:
        headers = {"Content-Type": ACTIVITY, "Accept": ACTIVITY}
        return node.ports.http.fetch(
            "POST", url, headers=headers, body=body, sign=signer(node, form, actor)
        )

    return knock(node, host_of(url), send)


def knock(node: Node, host: str, ask: Callable[[Form], Answer]) -> Answer:
    """Ask in the form that the other node reads, and once in the other if that is refused."""
    known = _known_form(node, host)
    answer = ask(known or "rfc9421")
    if known is not None or answer.status not in _REFUSED:
        return answer
    second = ask("cavage")
    if second.status in _REFUSED:
        return answer  # it is not the form that it does not like
    _remember_draft(node, host)
    return second


def _known_form(node: Node, host: str) -> Form | None:
    with node.db.glance() as connection:
        peer = peers.standing(connection, host)
    if peer is None:
        return None
    if peer.draft_until is not None and peer.draft_until > node.clock.now():
        return "cavage"
    return "rfc9421" if peer.rfc9421 else None


def _remember_draft(node: Node, host: str) -> None:
    with node.db.write() as session:
        peer = peers.by_host(session, host, lock=True)
        if peer is not None:
            peer.draft_until = node.clock.now() + REMEMBERED


def signer(node: Node, form: Form, actor: str | None = None) -> Sign:
    """Return what signs a request as it goes out, the bytes of its target as they are."""
    own = keys.signing(node, actor or node_actor(node.settings.node.address))
    # RSA in both forms: many that read RFC 9421 know no other key of an actor's (Fedify 2.3,
    # Mastodon before June 2026). What Ed25519 is quicker to sign it is slower to verify.
    keypair: Keypair = own[RSA]

    def signed(
        method: str, url: str, _headers: Mapping[str, str], body: bytes
    ) -> Mapping[str, str]:
        from ...signatures import Outgoing, sign

        outgoing = Outgoing(method, url, body if method == "POST" else None)
        return sign(outgoing, keypair, form=form, now=node.clock.now().timestamp())

    return signed
