"""Documents: what a PDF looks like from outside, and links that lead to the web."""

from __future__ import annotations

from urllib.parse import urlsplit

from .....core.errors import Refused

MOST_BYTES = 10 * 1024 * 1024


def check_pdf(data: bytes) -> None:
    """Raise ``Refused`` unless this is a whole PDF of up to 10 MB, as its first and last lines say.

    It is never opened here: it is handed out for download, and nothing else.
    """
    if len(data) > MOST_BYTES:
        raise Refused("This document is too large. It may have up to %(most)s MB.", most=10)
    if b"%PDF-" not in data[:1024] or b"%%EOF" not in data[-2048:]:
        raise Refused("This file is not a PDF, or not a whole one.")


def is_link(text: str) -> bool:
    """Say whether a text is an address of the web, and nothing that only looks like one."""
    if any(ord(sign) <= 32 for sign in text) or "\\" in text:
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc
