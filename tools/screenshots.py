"""Walk through an example node in a real browser: a picture of every main page, and what is wrong.

`make screenshots` serves a throw-away node on a free port of this machine, goes through its pages
as a stranger, a resident, an activist, a producer and the steward on the screen of a small phone
(the first page on a wide one too), writes a PNG of each into build/screenshots and the picture of
the README into docs/pictures, and prints for each page what it weighs on a first visit and what
axe, the console or the network complain of. The exit status is 1 if they complain of anything.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, Request, ViewportSize
from support.browser import SCREEN, Faults, open_browser
from support.every_page import load_example
from support.neighbour import Neighbour
from support.served import Served, served

ROOT = Path(__file__).resolve().parent.parent
ALL = ROOT / "build" / "screenshots"
TOUR = ROOT / "docs" / "pictures" / "tour.png"
TOUR_OF = ("stranger-home", "stranger-market", "resident-goods", "resident-order")
MOST = 120_000
"""Bytes of a picture that is kept in the repository."""
WIDE = ViewportSize(width=1280, height=900)
PASSWORD = "suyu-maeul-bueok"  # noqa: S105 the example's own, published


@dataclass
class Walk(Neighbour):
    """A neighbour who takes a picture of every page that is worth one."""

    who: str = ""
    faults: Faults = field(default_factory=Faults)
    finished: list[Request] = field(default_factory=list)
    complained: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.faults.watch(self.page)
        self.page.on("requestfinished", lambda request: self.finished.append(request))

    def follows(self, link: str) -> None:
        """Press the first of these links, whatever it says."""
        with self.page.expect_navigation():
            self.page.locator(link).first.click()

    def shows(self, name: str, path: str = "") -> None:
        """Take the picture of a page, at ``path`` or where the walk is, and say what it weighs."""
        self.finished.clear()
        self.goes_to(path or self.page.url)
        weight = sum(request.sizes()["responseBodySize"] for request in self.finished)
        self.takes(name)
        wrong = self.complaints + self.faults.seen
        told = "; ".join(wrong[self.complained :]) or "ok"
        self.complained = len(wrong)
        print(f"{self.who}-{name:16} {len(self.finished):3} requests {weight:8,} bytes  {told}")

    def takes(self, name: str) -> None:
        """Take the picture of what is on the screen."""
        self.page.screenshot(path=ALL / f"{self.who}-{name}.png", animations="disabled")


@contextmanager
def walk(browser: Browser, town: Served, who: str, screen: ViewportSize = SCREEN) -> Iterator[Walk]:
    """Somebody with a browser that keeps nothing, so that every page weighs what it weighs."""
    phone = screen is SCREEN
    context = browser.new_context(
        viewport=screen, is_mobile=phone, has_touch=phone, locale="ko-KR", timezone_id="Asia/Seoul"
    )
    context.set_default_timeout(15_000)
    page: Page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield Walk(page, town.address, who=who)
    context.close()


def stranger(walk: Walk) -> None:
    for name, path in (
        ("home", "/"), ("rounds", "/rounds"), ("market", "/market"), ("product", "/market/2"),
        ("producers", "/spaces"), ("producer", "/spaces/완주로컬푸드협동조합"), ("fund", "/fund"),
        ("join", "/join"), ("log-in", "/log-in"), ("terms", "/terms"), ("missing", "/spaces?q=1"),
    ):  # fmt: skip
        walk.shows(name, path)


def wide(walk: Walk) -> None:
    for name, path in (("home", "/"), ("round", "/rounds/2"), ("fund", "/fund")):
        walk.shows(name, path)


def resident(walk: Walk) -> None:
    walk.shows("round", "/rounds/2")
    for product in ("우리밀 김치만두", "옥천 가래떡", "복숭아잼"):
        walk.adds(product, times=1)
    walk.page.get_by_role("link", name="옥천살림 상임이사").first.scroll_into_view_if_needed()
    walk.takes("goods")
    walk.presses("장바구니에 담기")
    walk.shows("basket")
    walk.presses("주문하러 가기")
    walk.shows("checkout")
    walk.presses("주문하기")
    walk.shows("order")
    for name, path in (("home", "/"), ("orders", "/orders"), ("me", "/me")):
        walk.shows(name, path)


def activist(walk: Walk) -> None:
    walk.shows("me", "/me")
    walk.presses("수유 마을부엌 거점")
    walk.shows("hub")
    walk.shows("new-round", f"{walk.path.removesuffix('/desk')}/rounds/new")
    walk.shows("desk", "/rounds/2/desk")
    walk.shows("offers", "/rounds/2/offers")
    walk.goes_to("/rounds/2/desk")
    for step in ("회차 마감하기", "주문서 보내기"):
        walk.confirms(step)
    for step in ("물건이 다 왔어요", "소분을 마쳤어요"):
        walk.presses(step)
    walk.confirms("나눔 시작하기")
    for name in ("sheets", "packing", "collection", "handover"):
        walk.shows(name, f"/rounds/2/{name}")
    walk.follows(".hand-list a")
    walk.shows("hand-over")
    walk.shows("settle", "/rounds/2/settle")
    walk.shows("settlement", "/rounds/1/settlement")


def producer(walk: Walk) -> None:
    walk.shows("me", "/me")
    walk.presses("완주로컬푸드협동조합")
    walk.shows("goods")
    walk.presses("고산 감말랭이")
    walk.shows("product")
    walk.shows("statements", "/statements")
    walk.follows("main tbody a")
    walk.shows("statement")


def steward(walk: Walk) -> None:
    for name in ("people", "plugins", "jobs", "log", "settings"):
        walk.shows(name, f"/admin/{name}")
    for name, path in (
        ("admin", "/admin"), ("imports", "/market/imports"), ("new-hub", "/hubs/new"),
        ("new-page", "/spaces/new"), ("me", "/me"),
    ):  # fmt: skip
        walk.shows(name, path)


WALKS: dict[str, Callable[[Walk], None]] = {
    "resident": resident, "activist": activist, "producer": producer, "steward": steward,
}  # fmt: skip


def make_tour() -> int:
    """Put the pictures of the README side by side and return how many bytes they take."""
    screens = [Image.open(ALL / f"{name}.png").convert("RGB") for name in TOUR_OF]
    gap, (width, height) = 24, screens[0].size
    tour = Image.new("RGB", (len(screens) * (width + gap) - gap, height), "white")
    for place, screen in enumerate(screens):
        tour.paste(screen, (place * (width + gap), 0))
    TOUR.parent.mkdir(parents=True, exist_ok=True)
    tour.quantize(128, dither=Image.Dither.NONE).save(TOUR, optimize=True)
    return TOUR.stat().st_size


def main() -> int:
    """Walk as everybody; 1 if a page complained or the README's picture is too large."""
    ALL.mkdir(parents=True, exist_ok=True)
    complained = 0
    with TemporaryDirectory() as home, served(Path(home)) as town, open_browser() as browser:
        load_example(town.node)
        for who, go in (("stranger", stranger), ("wide", wide), *WALKS.items()):
            with walk(browser, town, who, WIDE if who == "wide" else SCREEN) as each:
                if who in WALKS:
                    each.logs_in(f"{who}@gangbuk.example", PASSWORD)
                go(each)
                complained += each.complained
    size = make_tour()
    print(f"{TOUR.relative_to(ROOT)}: {size:,} bytes; everything else is in {ALL}")
    return 1 if complained or size > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
