"""Look at every page as everybody: pictures in build/tour, and what is wrong with each.

`make tour` goes through all pages of a throw-away node in Korean and in English, on the screen of a
small phone and on a wide one, in the light and in the dark theme (ARGS="--only phone ko light"
takes only those that have all these words). The exit status is 1 if a page complained of anything.
"""

from __future__ import annotations

import argparse
import re
import sys
from itertools import groupby, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from playwright.sync_api import Browser, ViewportSize
from support import neighbour
from support.browser import SCREEN, Faults, open_browser
from support.every_page import ALL, Stop, load_example, stops
from support.federated import Wire
from support.neighbour import Neighbour
from support.served import Served, served
from support.tour import come_in

from wizzle.core.web import create_app

PICTURES = Path(__file__).resolve().parent.parent / "build" / "tour"
SCREENS = {"phone": SCREEN, "wide": ViewportSize(width=1280, height=900)}
LANGUAGES = {"ko": "ko-KR", "en": "en-GB"}
THEMES = ("light", "dark")


def main() -> int:
    """Take the tour in every way asked for; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD")
    only = set(parser.parse_args().only)
    complaints: list[str] = []
    with (
        TemporaryDirectory() as home,
        served(Path(home), plugins=ALL, http=Wire()) as town,
        open_browser() as browser,
    ):
        load_example(town.node)
        route = list(stops(town.node, create_app(town.node)))
        for way in product(SCREENS, LANGUAGES, THEMES):
            if only <= set(way):
                complaints += taken(browser, town, route, way)
    print("\n".join(complaints) or "nothing is wrong")
    print(f"{len(route)} pages; the pictures are in {PICTURES}")
    return 1 if complaints else 0


def taken(
    browser: Browser, town: Served, route: list[Stop], way: tuple[str, str, str]
) -> list[str]:
    """Go through all pages in one way and return what is wrong with them."""
    folder = PICTURES / "-".join(way)
    folder.mkdir(parents=True, exist_ok=True)
    neighbour._looked_at.clear()  # another theme has other contrasts
    found: list[str] = []
    for role, group in groupby(route, key=lambda stop: stop.role):
        context = browser.new_context(**_context(way))
        context.set_default_timeout(15_000)
        page, faults = context.new_page(), Faults()
        faults.watch(page)
        come_in(page, town, role, language=way[1])
        walker = Neighbour(page, town.address, thorough=True)
        for stop in group:
            walker.goes_to(stop.path)
            page.screenshot(
                path=folder / f"{role}{_name(stop.path)}.png", full_page=True, animations="disabled"
            )
        found += [f"{' '.join(way)}, {role}: {each}" for each in walker.complaints + faults.seen]
        context.close()
    return found


def _context(way: tuple[str, str, str]) -> dict[str, Any]:
    screen, language, theme = way
    phone = screen == "phone"
    return {
        "viewport": SCREENS[screen], "is_mobile": phone, "has_touch": phone,
        "locale": LANGUAGES[language], "timezone_id": "Asia/Seoul", "color_scheme": theme,
    }  # fmt: skip


def _name(path: str) -> str:
    return re.sub(r"\W+", "-", unquote(path)).rstrip("-") or "-home"


if __name__ == "__main__":
    sys.exit(main())
