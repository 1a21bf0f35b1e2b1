"""What other nodes wrote, made harmless: a few tags without style, links that lead out plainly."""

from __future__ import annotations

from functools import cache
from html import unescape
from typing import Any

MOST_HTML = 100_000
"""Letters of HTML that are looked at."""

MOST = 20_000
"""Letters of text that are kept."""

_TAGS = frozenset(
    {"p", "br", "a", "strong", "b", "em", "i", "blockquote", "ul", "ol", "li", "code"}
)
_BREAKS = ("</p>", "<br>", "</li>", "</blockquote>")


@cache
def _cleaners() -> tuple[Any, Any]:
    import nh3  # loaded when something comes, and not at each start

    kept = nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags={"script", "style", "title", "template", "noscript", "textarea"},
        attributes={"a": {"href"}},
        url_schemes={"https", "http"},
        strip_comments=True,
        link_rel="nofollow noopener noreferrer ugc",
    )
    return kept, nh3.Cleaner(tags=set(), clean_content_tags={"script", "style"})


def clean(html: str) -> str:
    """Return HTML of another node as it may stand on a page of ours; headings become paragraphs.

    >>> clean('<h1>감자</h1><p onclick="x()">왔어요<script>x()</script></p>')
    '<p>감자</p><p>왔어요</p>'
    """
    found = html[:MOST_HTML]
    for level in "123456":
        found = found.replace(f"<h{level}>", "<p>").replace(f"</h{level}>", "</p>")
    return str(_cleaners()[0].clean(found))


def plain(cleaned: str) -> str:
    """Return the text of cleaned HTML, a line for each paragraph.

    >>> plain("<p>감자 &amp; 양파</p><p>왔어요</p>")
    '감자 & 양파\\n\\n왔어요'
    """
    found = cleaned
    for each in _BREAKS:
        found = found.replace(each, f"{each}\n\n" if each == "</p>" else f"{each}\n")
    text = unescape(_cleaners()[1].clean(found))
    return visible(text).strip()[:MOST]


def visible(text: str) -> str:
    """Return a text without signs that cannot be kept or that turn what stands beside them."""
    kept = text.encode("utf-8", "replace").decode()
    return "".join(sign for sign in kept if sign in "\n\t" or _shows(sign))


def line(text: object, most: int) -> str:
    """Return one line of plain text: names and titles are never read as HTML."""
    return " ".join(visible(text).split())[:most] if isinstance(text, str) else ""


def _shows(sign: str) -> bool:
    # Controls, and the marks that reverse the direction of what follows (U+202A-E, U+2066-9).
    return sign.isprintable() or sign in "\u200d\ufe0f"
