"""Downloads: tables and papers as files that people keep, with names in their own language."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, overload
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import Response
from werkzeug.routing import AnyConverter, Map

from ..errors import NotFound
from ..paper import Front, Labels, Listing, Paper, Sheet
from ..paper import write as write_paper
from ..tables import FORMATS, Reading, Table
from .page import this_node, this_tongue

ENDINGS = ("pdf", *FORMATS)
"""What may follow the address of a page, after a point."""

_MOST_UPRIGHT = 7
"""A table of more columns lies on its side."""

_MOST_BYTES = 180
"""The longest name of a file, in UTF-8: file systems hold 255 with what browsers add."""

# What file systems forbid, and marks that turn the direction of writing to hide an ending.
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2060-\u2069]+')


class Ending(AnyConverter):
    """The converter ``ending`` of addresses: ``<ending:ending>`` is any of ENDINGS,
    ``<ending("csv", "ods"):ending>`` one of those named; all else is an address of nothing."""

    def __init__(self, map: Map, *endings: str) -> None:
        super().__init__(map, *(endings or ENDINGS))


@overload
def download(what: Table, ending: str) -> Response: ...
@overload
def download(what: Paper | Labels | Front) -> Response: ...
def download(what: Table | Paper | Labels | Front, ending: str = "pdf") -> Response:
    """Answer with a file, in the language of this request and the node's time zone.

    A table is written as the ending says, as PDF on a plain paper of its own; a paper or labels as
    PDF. It is written before this returns, so rows may stream from a session that is still open.
    ``NotFound`` if there is no such ending.
    """
    if isinstance(what, Table) and ending == "pdf":
        what = _on_paper(what)
    if isinstance(what, Table):
        if ending not in FORMATS:
            raise NotFound("There is no such file.")
        content, kind = FORMATS[ending].write(what, _reading()), FORMATS[ending].media_type
    else:
        content, kind, ending = write_paper(what, _reading()), "application/pdf", "pdf"
    return Response(content, headers=_headers(f"{file_stem(what.name)}.{ending}", kind))


def _on_paper(table: Table) -> Paper:
    sheet = Sheet(table.name, (Listing(table),))
    wide = len(table.columns) > _MOST_UPRIGHT
    return Paper(table.name, (sheet,), footer=this_node().settings.node.name, landscape=wide)


def _reading() -> Reading:
    node = this_node()
    zone = ZoneInfo(node.settings.node.time_zone)
    return Reading(this_tongue(), zone, node.clock.now())


def _headers(name: str, kind: str) -> dict[str, Any]:
    return {
        "Content-Type": kind,
        "Content-Disposition": disposition(name),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }


def file_stem(name: str) -> str:
    """Return a name that every file system takes, without its ending."""
    text = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", name))
    text = " ".join(text.split()).encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore")
    return text.strip(" .") or "wizzle"


def disposition(name: str) -> str:
    """Return the header that makes a browser keep a file by this name (RFC 6266, RFC 8187).

    The name in plain ASCII is for old programs: words of Hangul leave only the ending of it.
    """
    stem, _, ending = name.rpartition(".")
    ascii_stem = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-.") or "wizzle"
    return (
        f"attachment; filename=\"{ascii_stem}.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
