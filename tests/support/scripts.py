"""Modules of a plugin's scripts alone in a browser: what is pure in them is asked as a function."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

HOST = "http://localhost"
_TYPES = {".js": "text/javascript", ".css": "text/css"}


@dataclass
class Scripts:
    """A page on which a folder's modules can be imported; nothing is fetched from anywhere."""

    page: Page

    def call(self, module: str, expression: str, given: Any = None) -> Any:
        """Return what an expression says of ``m``, a module, and ``given``, which JSON takes."""
        script = f"async (given) => {{ const m = await import('/{module}'); return {expression}; }}"
        return self.page.evaluate(script, given)


@contextmanager
def scripts(browser: Browser, folder: Path) -> Iterator[Scripts]:
    """Open a page that knows the files of ``folder``."""
    context = browser.new_context()
    page = context.new_page()

    def answer(route: Route) -> None:
        file = folder / route.request.url.removeprefix(f"{HOST}/")
        if file.is_file():
            route.fulfill(body=file.read_text("utf-8"), content_type=_TYPES[file.suffix])
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    page.route("**/*", answer)
    page.goto(f"{HOST}/")
    yield Scripts(page)
    context.close()
