"""A real browser with the screen of a small phone, and the rules that hold on every page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    ViewportSize,
    sync_playwright,
)

from .not_run import not_run

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SCREEN = ViewportSize(width=360, height=740)
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
OPTIONS = [
    "--no-sandbox",  # its own sandbox refuses to start as root, and in many containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks of another origin fails here as it would on a closed network.
    "--host-resolver-rules=MAP * ~NOTFOUND, " + ", ".join(f"EXCLUDE {name}" for name in LOOPBACK),
]


@dataclass
class Faults:
    """What no page of ours may do: raise in a script, break its own policy, call elsewhere."""

    seen: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Listen to everything that the page does from now on."""
        page.on("pageerror", lambda error: self.seen.append(f"a script failed: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.seen.append(message.text)

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme.startswith("http") and parts.hostname not in ("127.0.0.1", "localhost"):
            self.seen.append(f"another origin was asked: {request.url}")


def find_chromium(playwright: Playwright | None = None) -> str | None:
    """The path of a Chromium: WIZZLE_CHROMIUM, the system's, or Playwright's own."""
    given = os.environ.get("WIZZLE_CHROMIUM")
    if given:
        return shutil.which(given)
    own = playwright.chromium.executable_path if playwright else None
    found = (*map(shutil.which, NAMES), own)
    return next((path for path in found if path and Path(path).exists()), None)


@contextmanager
def open_driver() -> Iterator[Playwright]:
    """Playwright's own process; OSError with the reason when it does not start."""
    try:
        playwright = sync_playwright().start()
    except Exception as failure:  # Playwright raises nothing narrower here
        help_on_debian = "on Debian: apt install libatomic1"
        raise OSError(f"Playwright does not start: {failure} ({help_on_debian})") from failure
    try:
        yield playwright
    finally:
        playwright.stop()


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A running Chromium; OSError with the reason when there is none or it does not start."""
    with open_driver() as playwright:
        path = find_chromium(playwright)
        if path is None:
            raise OSError("no Chromium found (apt install chromium, or name it in WIZZLE_CHROMIUM)")
        try:
            browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        except Error as failure:
            raise OSError(f"{path} does not start: {failure.message.splitlines()[0]}") from failure
        yield browser
        browser.close()


@contextmanager
def open_phone(browser: Browser, *, javascript: bool = True) -> Iterator[Page]:
    """A page of 360x740 in Korean with no cookies; AssertionError at the end for its faults."""
    context = browser.new_context(
        viewport=SCREEN, is_mobile=True, has_touch=True, locale="ko-KR",
        timezone_id="Asia/Seoul", java_script_enabled=javascript,
    )  # fmt: skip
    context.set_default_timeout(15_000)
    faults = Faults()
    context.on("page", faults.watch)
    try:
        yield context.new_page()
    finally:
        context.close()
    assert faults.seen == []


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for this test process; its pages share nothing."""
    with ExitStack() as stack:
        try:
            found: Browser | str = stack.enter_context(open_browser())
        except OSError as failure:
            found = str(failure)
        if isinstance(found, str):
            not_run("stories in a real browser", found)
        yield found


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A fresh page on a phone-sized screen."""
    with open_phone(chromium) as page:
        yield page
