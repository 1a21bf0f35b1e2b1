"""Help pages: the Markdown files of the documentation for people, drawn as HTML.

Markdown's own rule for bold text does not know Korean, where a particle follows a word without a
blank: in **감자(햇)**를 the stars would stay stars. Here a Hangul syllable beside a sign is as good
as a blank (CommonMark leaves this case open).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

DOCS = Path(__file__).parents[2] / "docs"
TOPICS = (
    "residents", "neighbourhood", "news-and-events", "paper", "network", "posts", "collections",
    "elsewhere", "campaigns", "volunteers", "fund-books", "proposals", "voting", "crowdfunding",
    "membership", "claims", "loans", "producers", "hub", "organisations", "stewards", "hosting",
)  # fmt: skip
"""The pages of the help in the order in which they are listed, by the names of their files."""

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the help: its name in addresses, its title, its language and its file."""

    name: str
    title: str
    language: str
    file: Path

    @property
    def body(self) -> Markup:
        """Return what it says, as HTML; drawn when somebody first reads it."""
        return _body(self.file, self.file.stat().st_mtime_ns)


def topics(language: str) -> Sequence[Topic]:
    """Return every page of the help in this language, or in Korean where there is no other."""
    return [found for name in TOPICS if (found := topic(name, language)) is not None]


def topic(name: str, language: str) -> Topic | None:
    """Return one page of the help, None if there is none of this name."""
    if name not in TOPICS:
        return None
    plain = (("en", DOCS / f"{name}.md"),) if language == "en" else ()
    korean = ("ko", DOCS / "ko" / f"{name}.md")
    for spoken, file in ((language, DOCS / language / f"{name}.md"), *plain, korean):
        if file.is_file():
            with file.open(encoding="utf-8") as text:
                return Topic(name, text.readline().lstrip("# ").strip(), spoken, file)
    return None


@lru_cache(maxsize=32)
def _body(file: Path, _changed: int) -> Markup:
    return to_html(file.read_text("utf-8").partition("\n")[2])


def to_html(text: str) -> Markup:
    """Return Markdown as HTML; HTML in it stays text, and links lead to pages of the help."""
    from markdown_it import MarkdownIt  # most pages need none

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.inline = korean()
    tokens = reader.parse(text)
    for each in (child for token in tokens for child in token.children or ()):
        if each.type == "link_open":
            each.attrSet("href", _link(str(each.attrGet("href"))))
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704 html is off


def korean() -> Any:
    """Return what reads a line of Markdown, with the rule for bold text beside Hangul."""
    from markdown_it.parser_inline import ParserInline
    from markdown_it.rules_inline.state_inline import Scanned, StateInline

    class Reading(StateInline):
        def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 its name there
            found = super().scanDelims(start, canSplitWord)
            end = start + found.length
            before, after = self.src[:start][-1:], self.src[end : end + 1]
            opens = found.can_open or bool(_HANGUL.match(before) and after.strip())
            closes = found.can_close or bool(_HANGUL.match(after) and before.strip())
            return Scanned(opens, closes, found.length)

    class Korean(ParserInline):
        def parse(self, src: str, md: Any, env: Any, tokens: Any) -> Any:
            state = Reading(src, md, env, tokens)
            self.tokenize(state)
            for rule in self.ruler2.getRules(""):
                rule(state)
            return state.tokens

    return Korean()


def _link(href: str) -> str:
    """Return where a link of a file leads on the site; other files are for those who build it."""
    found = re.fullmatch(r"(?:\.{0,2}/)*(?:ko/|en/)?([\w-]+)\.(?:md|toml|svg|png)(#.*)?", href)
    if found is None:
        return href
    return f"/help/{found[1]}{found[2] or ''}" if found[1] in TOPICS else "/help"
