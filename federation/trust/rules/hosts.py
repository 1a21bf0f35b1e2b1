"""Hosts as nodes name each other: as people type them, and as they are kept."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_PORT = re.compile(r"[1-9][0-9]{0,4}")
LONGEST = 253


def host_form(typed: str) -> str | None:
    """Return the host that somebody typed, as it is kept, or None if it is none.

    Addresses, capitals, blanks and Hangul are taken as they come; ``[::1]:8000`` is none, as
    nodes are known by names.

    >>> host_form(" https://완주.example/spaces ")
    'xn--sl5bu3c.example'
    """
    text = typed.strip()
    if "://" in text:
        try:
            text = urlsplit(text).netloc
        except ValueError:
            return None
    name, _, port = text.rstrip("/").partition(":")
    if port and (not _PORT.fullmatch(port) or int(port) > 65_535):
        return None
    ascii_name = _ascii(name.rstrip("."))
    if ascii_name is None or len(ascii_name) > LONGEST:
        return None
    if not all(_LABEL.fullmatch(label) for label in ascii_name.split(".")):
        return None
    return f"{ascii_name}:{port}" if port and port != "443" else ascii_name


def _ascii(name: str) -> str | None:
    try:
        return name.encode("idna").decode().lower() if name else None
    except UnicodeError:
        return None


def origin(address: str) -> str:
    """Return the scheme and host of an address: "https://wanju.example"."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def base_of(host: str, *, development: bool = False) -> str:
    """Return the address of a node by its host; only on this machine it is plain http.

    >>> base_of("wanju.example")
    'https://wanju.example'
    """
    local = host.partition(":")[0] in ("localhost", "127.0.0.1")
    return f"http://{host}" if development and local else f"https://{host}"
