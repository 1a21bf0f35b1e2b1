"""The markup of every page: each tag closed in its turn, each id once, no attribute twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from support.asking import Visitor
from support.every_page import ALL, load_example, stops
from support.federated import Wire

from wizzle.core.node import Node
from wizzle.core.testing import make_node
from wizzle.core.web import create_app

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
     "wbr")
)  # fmt: skip
"""What never has an end."""
DRAWN = frozenset(
    ("circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "stop", "use")
)
"""What ends by itself inside a drawing."""


class Markup(HTMLParser):
    """Reads one page as a strict reader would, and notes what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._read(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._read(tag, attrs)
        if tag not in VOID | DRAWN:
            self.wrong.append(f"<{tag}/> closes nothing in HTML")

    def handle_endtag(self, tag: str) -> None:
        if tag in DRAWN and (not self.open or self.open[-1] != tag):
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> in line {self.getpos()[0]} closes something else")
            self.open = []

    def _read(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, times in Counter(name for name, _ in attrs).items():
            if times > 1:
                self.wrong.append(f"<{tag}> says {name} twice")
        self.ids.update(value or "" for name, value in attrs if name == "id")

    def faults(self, text: str) -> list[str]:
        self.feed(text)
        self.close()
        twice = [
            f"id {name!r} stands {times} times" for name, times in self.ids.items() if times > 1
        ]
        left = [f"not closed: {', '.join(self.open)}"] if self.open else []
        return [*self.wrong, *twice, *left]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """A node with every plugin and the example in it; other nodes are away."""
    made = make_node(tmp_path_factory.mktemp("markup"), plugins=ALL, http=Wire())
    load_example(made)
    yield made
    made.close()


def test_every_page_is_well_formed(node: Node) -> None:
    site = create_app(node)
    browsers = {role: Visitor(node, site, role).browser() for role in ("stranger",)}
    seen, wrong = 0, []
    for stop in stops(node, site):
        if stop.role not in browsers:
            browsers[stop.role] = Visitor(node, site, stop.role).browser()
        page = browsers[stop.role].get(stop.path)
        wrong += [f"{stop.role} {stop.path}: {each}" for each in Markup().faults(page.text)]
        seen += 1
    assert wrong == []
    assert seen > 120


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<p>a<b>c</p></b>", "closes something else"),
        ("<p id=x></p><p id=x></p>", "'x' stands 2 times"),
        ("<p class=a class=b></p>", "says class twice"),
        ("<div><p></p>", "not closed: div"),
        ("<div/>", "closes nothing"),
    ],
)
def test_a_fault_is_found(text: str, told: str) -> None:
    assert any(told in each for each in Markup().faults(text))
    assert Markup().faults("<ul><li>a<br><img src=x></li></ul>") == []
