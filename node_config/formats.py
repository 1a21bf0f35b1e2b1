"""Values with a form of their own: addresses, databases, mail, telephone, registrations."""

from __future__ import annotations

import re
from difflib import get_close_matches
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from .mistakes import Wrong
from .readers import optional_text, text
from .texts import LANGUAGES

LONGEST_TAG = 8
"""Signs of a language's tag: zh-Hant fits, and so do the columns that hold it."""

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_EMAIL = re.compile(r"[^@\s<>,;:\"()]+@[^@\s<>,;:\"()]+\.[^@\s<>,;:\"().]+")
_NAMED = re.compile(r"[^<>@,;]+<([^<>]+)>")
_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def base_url(value: object) -> str:
    """Return scheme, host and port of a public address in one canonical form (RFC 3986, 6.2).

    Plain http is for loopback only: log-ins and orders would travel open otherwise.
    """
    try:
        parts = urlsplit(text(value))
        host, port = _ascii_host(parts.hostname or ""), parts.port
    except UnicodeError:
        raise Wrong("url_host") from None
    except ValueError as error:
        raise error if isinstance(error, Wrong) else Wrong("url_host") from None
    if parts.scheme not in ("http", "https"):
        raise Wrong("url_scheme")
    if not _is_host(host) or port == 0:
        raise Wrong("url_host")
    if parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise Wrong("url_extra")
    if parts.scheme == "http" and not is_loopback(host):
        raise Wrong("url_https")
    return f"{parts.scheme}://{_netloc(parts, host)}"


def _ascii_host(host: str) -> str:
    return host if host.isascii() else host.encode("idna").decode()


def _is_host(host: str) -> bool:
    if ":" in host:
        return bool(ip_address(host))
    return all(_LABEL.fullmatch(label) for label in host.split("."))


def _netloc(parts: SplitResult, host: str) -> str:
    shown = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[parts.scheme]
    return shown if parts.port in (None, usual) else f"{shown}:{parts.port}"


def is_loopback(host: str) -> bool:
    """Tell whether ``host`` is this machine itself (RFC 6761 reserves names under localhost)."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def database_url(value: object) -> str:
    """Return an SQLAlchemy URL of a database that the node can use, as it is written."""
    written = text(value)
    scheme, _, rest = written.partition("://")
    if scheme == "sqlite":
        file = rest.partition("?")[0]
        if not re.fullmatch(r"/.*[^/]", file) or file == "/:memory:":
            raise Wrong("database_file")
    elif scheme in ("postgresql", "postgresql+psycopg"):
        if not rest.partition("?")[0].partition("/")[2]:
            raise Wrong("database_name")
    else:
        raise Wrong("database_scheme")
    return written


def time_zone(value: object) -> str:
    """Return the name of a time zone that this machine knows."""
    written = text(value)
    try:
        return ZoneInfo(written).key
    except (ValueError, OSError, KeyError):
        near = get_close_matches(written, available_timezones(), 1)
    raise Wrong("time_zone_near", near=near[0]) if near else Wrong("time_zone")


def language(value: object) -> str:
    """Return the tag of a language (BCP 47): ko, en, or one that somebody translated into."""
    written = text(value)
    if written in LANGUAGES:
        return written
    # Imported here: nearly every node speaks Korean and English, and starts sooner without.
    from babel import Locale, UnknownLocaleError

    try:
        known = str(Locale.parse(written, sep="-")) == written.replace("-", "_")
    except (ValueError, UnknownLocaleError):
        known = False
    if not known or len(written) > LONGEST_TAG:
        raise Wrong("language")
    return written


def currency(value: object) -> str:
    """Return KRW: amounts are whole won everywhere, other money has smaller units."""
    if text(value) != "KRW":
        raise Wrong("currency")
    return "KRW"


def business_number(value: object) -> str:
    """Return a 사업자등록번호 as 000-00-00000 after testing its check digit."""
    written = re.sub(r"[\s-]", "", text(value))
    if not re.fullmatch(r"[0-9]{10}", written):
        raise Wrong("business_number")
    digits = [int(digit) for digit in written]
    total = sum(digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    total += digits[8] * 5 // 10
    if (total + digits[9]) % 10:
        raise Wrong("business_checksum")
    return f"{written[:3]}-{written[3:5]}-{written[5:]}"


def phone(value: object) -> str:
    """Return a telephone number as it is written; it has eight to fifteen digits (E.164)."""
    written = text(value)
    digits = re.sub(r"[^0-9]", "", written)
    if not re.fullmatch(r"\+?[0-9 ().-]+", written) or not 8 <= len(digits) <= 15:
        raise Wrong("phone")
    return written


def email(value: object) -> str:
    """Return a bare e-mail address."""
    written = text(value)
    if not _EMAIL.fullmatch(written):
        raise Wrong("email")
    return written


def sender(value: object) -> str:
    """Return an e-mail address with or without a name before it, or nothing."""
    written = optional_text(value)
    named = _NAMED.fullmatch(written)
    if written and not _EMAIL.fullmatch(named[1] if named else written):
        raise Wrong("email")
    return written


def mail_order_number(value: object) -> str:
    """Return a 통신판매업 신고번호 as it is written; offices write them in many ways."""
    written = optional_text(value)
    if written and not re.search(r"[0-9]{2}", written):
        raise Wrong("mail_order_number")
    return written
