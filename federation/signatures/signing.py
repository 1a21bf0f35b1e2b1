"""The signing of a message that leaves, in either form, each time with fresh date and digest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from .addresses import host_named
from .cavage import write_cavage
from .claims import Form, Wire
from .digests import digest
from .keys import Keypair
from .messages import Outgoing
from .rfc9421 import write_rfc9421


def sign(outgoing: Outgoing, keypair: Keypair, *, form: Form, now: float) -> Mapping[str, str]:
    """Return the headers to send besides the request's own: host, date, digest, signature.

    A retry is signed anew; its activity keeps its id. The client must follow no redirect with
    these headers, and send ``Host`` as it is given here.
    """
    wire = _wire(outgoing)
    headers = {"Host": wire.host, "Date": format_datetime(_moment(now), usegmt=True)}
    if form == "cavage":
        return _older(outgoing, keypair, wire, headers)
    write_rfc9421(keypair, headers, wire=wire, body=outgoing.body, created=int(now))
    return headers


def _older(
    outgoing: Outgoing, keypair: Keypair, wire: Wire, headers: dict[str, str]
) -> Mapping[str, str]:
    covered = ["(request-target)", "host", "date"]
    if outgoing.body is not None:
        headers["Digest"] = digest(outgoing.body)
        covered.append("digest")
    headers["Signature"] = write_cavage(keypair, headers, covered=tuple(covered), wire=wire)
    return headers


def _wire(outgoing: Outgoing) -> Wire:
    parts = urlsplit(outgoing.url)
    authority = host_named(parts.netloc, scheme=parts.scheme)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Wire(outgoing.method, target, parts.scheme, authority, authority)


def _moment(now: float) -> datetime:
    return datetime.fromtimestamp(int(now), UTC)
