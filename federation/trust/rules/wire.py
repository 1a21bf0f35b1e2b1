"""A request as it came over the wire, from what a WSGI server tells of it (PEP 3333)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

_UNRESERVED = "/!$&'()*+,;=:@-._~"


def target(environ: Mapping[str, Any]) -> str:
    """Return path and query byte for byte as they were sent, still percent-encoded.

    gunicorn and waitress tell them; where a server does not, they are encoded anew, which fits
    whoever encodes as RFC 3986 advises.
    """
    told = environ.get("RAW_URI") or environ.get("REQUEST_URI")
    if isinstance(told, str) and told:
        return _from_root(told)
    path = quote(str(environ.get("PATH_INFO", "")).encode("latin-1"), safe=_UNRESERVED)
    query = str(environ.get("QUERY_STRING", ""))
    return f"{path}?{query}" if query else path


def _from_root(told: str) -> str:
    """Return a target without scheme and host, which some clients send (RFC 9112, 3.2.2)."""
    if told.startswith("/"):
        return told
    parts = urlsplit(told)
    if not parts.scheme or not parts.netloc:
        return told
    return told[told.index(parts.netloc) + len(parts.netloc) :] or "/"


def headers(environ: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the headers of a request; servers have joined repeated ones by commas."""
    found = [
        (name[5:].replace("_", "-").lower(), str(value))
        for name, value in environ.items()
        if name.startswith("HTTP_")
    ]
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if environ.get(name):
            found.append((name.replace("_", "-").lower(), str(environ[name])))
    return found


_CLAIM = re.compile(r'keyid="https?://([a-z0-9.:-]{1,260})[/#"]', re.IGNORECASE)


def claimed_host(found: Sequence[tuple[str, str]]) -> str:
    """Return the host that a signature says it is of, "" if it says none; nothing is proven yet."""
    for name, value in found:
        if name in ("signature", "signature-input") and (claim := _CLAIM.search(value)):
            return claim.group(1).lower()
    return ""
