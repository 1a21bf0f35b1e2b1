"""What people write on pages of their own, in plain Markdown: as HTML, and as words alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from .help import korean

_BREAKS = frozenset({"softbreak", "hardbreak"})


def prose(text: str) -> Markup:
    """Return what a person wrote as HTML that belongs under the heading of a page.

    HTML in it stays text. Pictures are left out, since a page loads nothing from elsewhere; links
    say that nobody here vouches for where they lead. A line stays a line.
    """
    reader = _reader()
    tokens = reader.parse(text)
    for token in tokens:
        if token.type.startswith("heading"):  # the page has its one h1 already
            token.tag = f"h{min(6, int(token.tag[1:]) + 1)}"
        for each in token.children or ():
            if each.type == "link_open":
                each.attrSet("rel", "nofollow ugc noopener")
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704 html is off


def plain(text: str, most: int = 0) -> str:
    """Return its words without any marks, in one line; at most so many signs, if any are said."""
    said = " ".join(_words(_reader().parse(text))).split()
    joined = " ".join(said)
    return joined if not most or len(joined) <= most else joined[: most - 1].rstrip() + "…"


def _words(tokens: Iterable[Any]) -> Iterable[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(
                " " if each.type in _BREAKS else each.content for each in token.children or ()
            )
        elif token.type in ("fence", "code_block"):
            yield token.content


@lru_cache(maxsize=1)
def _reader() -> Any:
    from markdown_it import MarkdownIt  # most pages need none

    reader = MarkdownIt("commonmark", {"html": False, "breaks": True})
    reader.inline = korean()
    return reader.disable("image")
