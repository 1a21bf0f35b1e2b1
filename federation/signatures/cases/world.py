"""The world around a case: names, documents and a stopwatch that stands unless a host is slow."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from ..web import Answer
from .reading import Case, Document

_SOMEWHERE = "93.184.216.34"
"""A public address, for names to which a case gives none."""


class World:
    """What the ways out lead to; every look-up and every GET is counted."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._looked: dict[str, int] = {}
        self._time = 0.0
        self.fetched: list[str] = []

    def stopwatch(self) -> float:
        return self._time

    def resolve(self, host: str) -> Sequence[str]:
        """Return the next answer for this name; the last one stays."""
        answers = self._case.dns.get(host, ((_SOMEWHERE,),))
        number = self._looked.get(host, 0)
        self._looked[host] = number + 1
        return answers[min(number, len(answers) - 1)] if answers else ()

    def get(self, url: str, *, address: str, seconds: float, most: int) -> Answer:
        self.fetched.append(url)
        found = self._case.documents.get(url, Document(status=404))
        self._time += min(found.seconds, seconds)
        if found.seconds > seconds:
            raise TimeoutError(url)
        return Answer(found.status, found.headers, _decoded(found, most))


def _decoded(found: Document, most: int) -> bytes:
    """Return the body as a client reads it: decoded, and no further than it must."""
    coding = ", ".join(value for name, value in found.headers if name.lower() == "content-encoding")
    if coding.lower() in ("", "identity"):
        return found.body[: most + 1]
    if coding.lower() not in ("gzip", "x-gzip", "deflate"):
        raise OSError(f"unknown content encoding {coding}")
    try:
        return zlib.decompressobj(wbits=47).decompress(found.body, most + 1)
    except zlib.error as error:
        raise OSError("broken content encoding") from error
