"""A neighbour with a browser: goes to pages, reads, types and presses, by the words on the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PIECES = """
[...new Set([...document.querySelectorAll("*")].map(e => e.localName + "." + e.className))]
"""
AXE = Axe()
_looked_at: set[str] = set()
"""The pieces that axe has judged in this process; a page that brings no other needs no more. The
long tour (``make tour``) judges every page."""


@dataclass
class Neighbour:
    """One person at one page; every page that they come to is looked over."""

    page: Page
    address: str
    javascript: bool = True
    thorough: bool = False
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.path}: the console says {message.text}")

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    # Going

    def goes_to(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.address + path)
        self._look_over()

    def presses(self, words: str, *, place: str = "main", times: int = 1) -> None:
        """Press the first button or link of this name, and wait for the page that it leads to."""
        within = self.page.locator(place)
        named = within.get_by_role("button", name=words, exact=True).or_(
            within.get_by_role("link", name=words, exact=True)
        )
        with self.page.expect_navigation():
            named.first.click(click_count=times)
        self._look_over()

    def presses_first(self, words: str, *, place: str = "main") -> None:
        """Press the first link in which these words stand among others."""
        with self.page.expect_navigation():
            self.page.locator(f"{place} a", has_text=words).first.click()
        self._look_over()

    def presses_back(self) -> None:
        self.page.go_back()
        self._look_over()

    def unfolds(self, words: str) -> None:
        """Open what is folded under these words."""
        self.page.locator("main summary", has_text=words).first.click()

    def confirms(self, words: str, answer: str = "") -> None:
        """Press a button that asks back, and say yes."""
        self.unfolds(words)
        self.presses(answer or words, place="details[open] form")

    def logs_in(self, email: str, password: str) -> None:
        self.goes_to("/log-in")
        self.types("전자우편 주소", email)
        self.types("비밀번호", password)
        self.presses("로그인")

    # Filling in

    def types(self, label: str, text: str) -> None:
        self.within().get_by_label(label).first.fill(text)

    def chooses(self, label: str, words: str) -> None:
        self.within().get_by_label(label).first.select_option(label=words)

    def ticks(self, label: str) -> None:
        self.within().get_by_label(label).check()

    def adds(self, product: str, times: int) -> None:
        """Raise the number beside a product."""
        self.within().get_by_role("button", name=f"{product}: 하나 더하기").click(click_count=times)

    # Reading

    def within(self, place: str = "main") -> Locator:
        """Return the open form if one was unfolded, else the page's main part."""
        open_form = self.page.locator(f"{place} details[open]:not(.drop) form")
        return open_form if open_form.count() else self.page.locator(place)

    def sees(self, *texts: str, place: str = "body") -> None:
        for text in texts:
            expect(self.page.locator(place)).to_contain_text(text)

    def does_not_see(self, *texts: str, place: str = "main") -> None:
        for text in texts:
            expect(self.page.locator(place)).not_to_contain_text(text)

    def reads(self, place: str) -> str:
        return self.page.locator(place).first.inner_text()

    def _look_over(self) -> None:
        wider = self.page.evaluate(WIDER)
        if wider > 0:
            self.complaints.append(f"{self.path}: {wider} pixels wider than the screen")
        pieces = set(self.page.evaluate(PIECES))
        if not self.javascript or (pieces <= _looked_at and not self.thorough):
            return
        _looked_at.update(pieces)
        for found in AXE.run(self.page).response["violations"]:
            where = [node["target"] for node in found["nodes"]]
            self.complaints.append(f"{self.path}: {found['id']} at {where}")
