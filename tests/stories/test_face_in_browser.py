"""The face of a node on a phone: light to load, never wider than the screen, without a fault."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Response
from support.browser import SCREEN
from support.every_page import load_example
from support.neighbour import WIDER, Neighbour
from support.served import Served, served

from .conftest import Enter

MOST_BYTES, MOST_REQUESTS = 150_000, 15
PAGES = ("/", "/rounds/2", "/market/2", "/market", "/spaces", "/fund", "/log-in")


@contextmanager
def first_visit(browser: Browser, language: str) -> Iterator[Page]:
    """A phone that was never here and keeps nothing."""
    context = browser.new_context(viewport=SCREEN, is_mobile=True, has_touch=True, locale=language)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def weight(request: Request) -> int:
    """Bytes of an answer's body as they travel; a page as the proxy before a node packs it."""
    answer: Response | None = request.response()
    if answer is not None and request.resource_type == "document":
        return len(gzip.compress(answer.body(), 5))
    return request.sizes()["responseBodySize"]


def test_pages_of_a_whole_neighbourhood_are_light_and_fit(town: Served, chromium: Browser) -> None:
    load_example(town.node)
    for path in PAGES:
        with first_visit(chromium, "ko-KR") as page:
            finished: list[Request] = []
            page.on("requestfinished", lambda request, seen=finished: seen.append(request))
            page.goto(town.address + path, wait_until="networkidle")
            page.evaluate("document.fonts.ready")
            weights = {request.url: weight(request) for request in finished}
            assert len(finished) <= MOST_REQUESTS, (path, sorted(weights))
            assert sum(weights.values()) <= MOST_BYTES, (path, weights)
            assert any("pretendard" in url for url in weights), "set in the node's own typeface"
            assert page.evaluate(WIDER) <= 0, path
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert page.evaluate(WIDER) <= 0, f"{path} with text twice as large"


@pytest.fixture
def town(tmp_path: Path, sqlite_template: Path) -> Iterator[Served]:
    """A node that is being worked on, so that it shows its pieces."""
    shutil.copyfile(sqlite_template, tmp_path / "wizzle.db")
    with served(tmp_path, migrated=True, development=True) as found:
        yield found


@pytest.mark.parametrize("javascript", [True, False])
def test_the_page_of_all_pieces_has_no_fault(stranger: Enter, javascript: bool) -> None:
    visitor = stranger(javascript=javascript)
    visitor.goes_to("/styleguide")
    opens_a_dialog(visitor)
    if javascript:
        visitor.page.get_by_role("button", name="닫기").first.click()
        assert visitor.page.locator(".toast").count() == 0


def opens_a_dialog(visitor: Neighbour) -> None:
    """It opens over the page with the script and keeps the focus; without it, in its place."""
    page = visitor.page
    page.locator("summary", has_text="Open a dialog").click()
    field = page.get_by_role("textbox", name="Day")
    field.wait_for()
    if not visitor.javascript:
        return
    assert page.locator("dialog[open]").count() == 1
    field.fill("2026-12-03")
    page.keyboard.press("Escape")
    assert page.locator("dialog").count() == 0
    page.locator("summary", has_text="Open a dialog").click()
    assert field.input_value() == "2026-12-03", "what was typed is still there"
    page.locator("dialog").get_by_role("button", name="닫기").click()
    assert page.locator("dialog").count() == 0
