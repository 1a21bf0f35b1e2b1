"""The web as it is handed in, and a visit to one host under the rules of key addresses."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from .addresses import Address, joined, read_address
from .bodies import read_body
from .headers import Fields
from .limits import FETCH_SECONDS, MOST_BODY, MOST_REDIRECTS
from .refusals import Refusal

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_GONE: Final = frozenset({410})
_STREAMS: Final = "https://www.w3.org/ns/activitystreams"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one GET brought: ``body`` is decoded and was cut off by whoever read it.

    ``url`` is where it came from, if the way out follows redirects itself.
    """

    status: int
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""
    url: str = ""


class Get(Protocol):
    def __call__(self, url: str, *, address: str, seconds: float, most: int) -> Answer:
        """Ask ``url`` once, following nothing, at exactly this IP address.

        The name of the URL stays in TLS and ``Host``. Takes at most ``seconds`` and reads at most
        ``most`` + 1 decoded bytes. Raises ``OSError`` (``TimeoutError``) when that fails.
        """


@dataclass(frozen=True, slots=True)
class Web:
    """The ways out: names to addresses, one GET, what is a public address, and a stopwatch.

    ``local`` lets nodes in development talk to others on this machine by http.
    """

    resolve: Callable[[str], Sequence[str]]
    get: Get
    is_public: Callable[[str], bool]
    stopwatch: Callable[[], float] = time.monotonic
    local: bool = False

    @classmethod
    def guarded(cls, get: Get, *, local: bool = False) -> Web:
        """Return the web of a client that looks names up, checks addresses and follows by itself.

        It is given the name where others are given an address, and must say ``Answer.url``.
        """
        return cls(lambda host: [host], get, lambda address: True, local=local)


class Unfetched(Exception):
    """A document could not be had; ``gone`` if its host says that it will not come back."""

    def __init__(self, detail: str, *, gone: bool = False) -> None:
        super().__init__(detail)
        self.detail = detail
        self.gone = gone


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to one host: its name is looked up once, and all of it ends at one moment."""

    web: Web
    host: str
    address: str
    until: float

    @classmethod
    def to(cls, web: Web, host: str) -> Visit:
        """Look the name up; one address that is not public spoils all: honest names have none."""
        until = web.stopwatch() + FETCH_SECONDS
        try:
            found = web.resolve(host)
        except OSError as error:
            raise Unfetched("Its name has no address.") from error
        if not found:
            raise Unfetched("Its name has no address.")
        if not all(web.is_public(each) for each in found):
            raise Unfetched("Its name leads to an address that is not public.")
        return cls(web, host, found[0], until)

    def fetch(self, address: Address) -> tuple[str, dict[str, Any]]:
        """Return where a document was found in the end, and the document; raise ``Unfetched``.

        At most three redirects, all on this origin; JSON of an ActivityPub media type.
        """
        url = address.document
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._ask(url)
            if answer.url:
                url = self._within(answer.url)
            if answer.status not in _REDIRECTS:
                return url, _document(answer)
            location = _only(answer, "location")
            if location is None:
                raise Unfetched("The document is redirected to nowhere.")
            url = self._within(joined(url, location))
        raise Unfetched("The document is redirected more than three times.")

    def _ask(self, url: str) -> Answer:
        left = self.until - self.web.stopwatch()
        if left <= 0:
            raise Unfetched("It took too long.")
        try:
            answer = self.web.get(url, address=self.address, seconds=left, most=MOST_BODY)
        except OSError as error:
            slow = isinstance(error, TimeoutError)
            raise Unfetched("It took too long." if slow else "Its host was not reached.") from error
        if self.web.stopwatch() > self.until:
            raise Unfetched("It took too long.")
        return answer

    def _within(self, url: str) -> str:
        """Return the address of a document on this origin, or give up."""
        target = read_address(url, local=self.web.local)
        if target is None or target.host != self.host:
            raise Unfetched("The document is redirected to another origin.")
        return target.document


def _document(answer: Answer) -> dict[str, Any]:
    if answer.status != 200:
        raise Unfetched(f"Its host answered {answer.status}.", gone=answer.status in _GONE)
    if len(answer.body) > MOST_BODY:
        raise Unfetched("The document is too large.")
    if not is_activity_media(_only(answer, "content-type") or ""):
        raise Unfetched("The document has no media type of ActivityPub.")
    try:
        return read_body(answer.body)
    except Refusal as error:
        raise Unfetched(f"The document cannot be read: {error.detail}") from error


def _only(answer: Answer, name: str) -> str | None:
    try:
        return Fields(answer.headers).single(name)
    except Refusal as error:
        raise Unfetched("The headers of the document cannot be read.") from error


def is_activity_media(text: str) -> bool:
    """Tell whether a media type is one of the two of ActivityPub; an upload has another one."""
    kind, *parameters = (part.strip() for part in text.split(";"))
    if kind.lower() == "application/activity+json":
        return True
    given = {
        name.strip().lower(): value.strip().strip('"')
        for name, _, value in (each.partition("=") for each in parameters)
    }
    return kind.lower() == "application/ld+json" and _STREAMS in given.get("profile", "").split()
