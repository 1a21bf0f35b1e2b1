"""A person at a browser: one node, its cookies, its pages and forms, over real HTTP."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterable
from http.cookies import SimpleCookie
from typing import TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

from .....core.outgoing import Answer, Failed
from .....core.ports import outgoing
from ..rules.forms import Form, NoSuchThing, Page, read_page

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds until what is waited for must have happened."""

LOOK = 0.15
"""Seconds between two looks."""


class Stuck(Exception):
    """Something did not go as it should; the text says what a person would see."""


def until(what: str, look: Callable[[], T | None], *, seconds: float = PATIENCE) -> T:
    """Return what ``look`` finds as soon as it finds something; ``Stuck`` if it never does."""
    ends, last = time.monotonic() + seconds, ""
    while True:
        try:
            found = look()
            if found:
                return found
        except (Failed, NoSuchThing) as error:
            last = f": {error}"
        if time.monotonic() > ends:
            raise Stuck(f"{what} did not happen within {seconds:.0f} s{last}")
        time.sleep(LOOK)


class Visitor:
    """One person's browser at one node."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.path = "/"
        self._cookies: dict[str, str] = {}
        self._way = outgoing(loopback=True, agent="Wizzle demo")

    def enter(self, email: str, password: str) -> None:
        """Log in."""
        page = self.open("/log-in")
        self.send(page.form_with("password"), email=email, password=password)
        if not any(each.action.endswith("/log-out") for each in self.open("/me").forms):
            raise Stuck(f"{email} cannot log in at {self.base}")

    def open(self, path: str) -> Page:
        """Open a page of this node."""
        return read_page(self.text(path), self.path)

    def text(self, path: str) -> str:
        """Return a page or file as text; ``Stuck`` if there is none."""
        answer = self._ask("GET", urljoin(self.base, path))
        if answer.status != 200:
            raise Stuck(f"{path} answers {answer.status} at {self.base}")
        return answer.body.decode("utf-8-sig")

    def rows(self, path: str) -> list[list[str]]:
        """Return the rows of a table that the node hands out as CSV, without its head."""
        return list(csv.reader(io.StringIO(self.text(path))))[1:]

    def send(self, form: Form, **typed: str | Iterable[str]) -> Page:
        """Send a form as a person does who has typed this, and go on to the page that follows.

        A page that says no is ``Stuck``.
        """
        body = urlencode(form.filled(**typed)).encode()
        url = urljoin(self.base, urljoin(self.path, form.action))
        answer = self._ask("POST", url, body)
        page = read_page(answer.body.decode(), self.path)
        if answer.status >= 400:
            said = " / ".join(page.notes) or answer.body[:200].decode(errors="replace")
            raise Stuck(f"{form.action} answers {answer.status} at {self.base}: {said}")
        return page

    def _ask(self, method: str, url: str, body: bytes | None = None) -> Answer:
        headers = {"Accept": "text/html", "Accept-Language": "ko"}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={it}" for name, it in self._cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._way.fetch(method, url, headers=headers, body=body, most=8 << 20, seconds=60)
        self._keep(answer.headers.get("set-cookie", ""))
        if method == "POST" and answer.status in {302, 303}:
            return self._ask("GET", urljoin(url, answer.headers["location"]))
        parts = urlsplit(answer.url)
        self.path = parts.path + (f"?{parts.query}" if parts.query else "")
        return answer

    def _keep(self, said: str) -> None:
        # Several cookies are joined by ", ", which also stands in the dates of "Expires".
        for name, morsel in SimpleCookie(said).items():
            if morsel.value:
                self._cookies[name] = morsel.value
            else:
                self._cookies.pop(name, None)
