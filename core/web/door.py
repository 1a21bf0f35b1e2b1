"""The door: hands strangers a page that was drawn a moment ago, while nothing has changed since.

It stands before the application and answers only what needs no application: a plain GET or HEAD by
somebody without any cookie but the one of the language. Which pages may be kept, the pages say
(``permitted(…, alike=True)``); ``headers`` passes it on through a ``Slot``.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask

from ..node import Node
from .identity import LANGUAGE_COOKIE, language_for
from .kept import Headers, KeptAnswers, Moment, answer_of, moment
from .marks import Mark, Marks, marks_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SLOT = "wizzle.door"
"""Where in a request's environ the door waits for the word that a page may be kept."""

LONGEST = 1_000
"""Letters of all in a request that decides what is shown; a longer one goes to the application."""

LANGUAGES = 200
"""Different wishes for a language that are remembered with what came of them."""

_ONLY_LANGUAGE = re.compile(LANGUAGE_COOKIE + r"=([a-z-]{1,8})")
_NOT_PLAIN = (
    "HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE",
    "HTTP_TRANSFER_ENCODING",
)  # fmt: skip


@dataclass(slots=True)
class Slot:
    """Set by the application: whether the page is the same for every stranger, and has an ETag.

    It then leaves it to the door to compare the ETag, which needs the whole page to keep.
    """

    alike: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that may be answered by what is kept: what decides the answer, and when it came."""

    key: Hashable
    mark: Mark
    at: Moment


def install(app: Flask, node: Node) -> None:
    """Put the door before the application, if its database can be marked."""
    marks = marks_of(node.db)
    if marks is not None:
        app.wsgi_app = Door(app.wsgi_app, node, marks)  # type: ignore[method-assign]


class Door:
    """One for each process; its threads share what it keeps."""

    def __init__(self, app: WSGIApplication, node: Node, marks: Marks) -> None:
        self._app, self._node, self._marks = app, node, marks
        self._kept = KeptAnswers()
        self._languages: dict[tuple[str, str], str] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        key = self._key(environ)
        mark = None if key is None else self._marks.mark()
        if mark is None:
            return self._app(environ, start_response)
        asked = Asked(key, mark, moment(self._node.clock))
        answer = self._kept.find(key, mark, asked.at)
        if answer is not None:
            return answer.send(environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":  # there is no body that could be kept
            return self._app(environ, start_response)
        return self._drawn(asked, environ, start_response)

    def _drawn(
        self, asked: Asked, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        firm = asked.mark.is_firm
        slot = environ[SLOT] = Slot()
        started: list[Any] = []

        def start(*said: Any) -> Any:
            started[:] = said

        body = self._app(environ, start)
        if not (slot.alike and _is_shared(*started[:2])):
            start_response(*started)
            return body
        answer = answer_of(started[1], _whole(body))
        if firm:
            self._kept.keep(asked.key, asked.mark, asked.at, answer)
        return answer.send(environ, start_response)

    def _key(self, environ: WSGIEnvironment) -> Hashable | None:
        """Return all of a request that decides its answer; None if more than this might."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        if environ.get("CONTENT_LENGTH") not in (None, "", "0"):
            return None
        chosen = _chosen(environ.get("HTTP_COOKIE"))
        if chosen is None or any(environ.get(name) for name in _NOT_PLAIN):
            return None
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        above, host = environ.get("SCRIPT_NAME", ""), environ.get("HTTP_HOST", "")
        wished = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        if len(path) + len(query) + len(above) + len(host) + len(wished) > LONGEST:
            return None
        return self._language(chosen, wished), path, query, above, host

    def _language(self, chosen: str, wished: str) -> str:
        """Return the language that the application would answer in."""
        known = self._languages.get((chosen, wished))
        if known is None:
            known = language_for(self._node.catalogues.languages, [chosen], wished)
            if len(self._languages) >= LANGUAGES:
                self._languages.clear()
            self._languages[chosen, wished] = known
        return known


def _chosen(cookies: str | None) -> str | None:
    """Return the language that a stranger chose, "" if none; None if there are other cookies."""
    if not cookies:
        return ""
    found = _ONLY_LANGUAGE.fullmatch(cookies)
    return found[1] if found else None


def _is_shared(status: str, headers: Headers) -> bool:
    return status.startswith("200 ") and all(name.lower() != "set-cookie" for name, _ in headers)


def _whole(body: Iterable[bytes]) -> bytes:
    try:
        return b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()
