"""Plain text as the little HTML that other software shows: paragraphs, lines, links, hashtags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

_LINK = re.compile(r"https?://[^\s<>\"']{3,500}")
_TRAILING = ".,;:!?)]}」』”’"


def content(text: str, tags: Sequence[str], base: str) -> str:
    """Return the text as HTML; nothing that stands in it becomes a tag, and hashtags that do not
    stand in it come after it.

    >>> content("안녕\\n하세요 <b>", ["감자"], "https://wanju.example")[:29]
    '<p>안녕<br>하세요 &lt;b&gt;</p><p>'
    """
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text.replace("\r", ""))]
    told = "".join(f"<p>{_lines(part)}</p>" for part in parts if part.strip())
    named = " ".join(
        f'<a href="{escape(tag_page(base, tag))}" class="mention hashtag" rel="tag">'
        f"#<span>{escape(tag)}</span></a>"
        for tag in tags
        if f"#{tag}".casefold() not in text.casefold()
    )
    return f"{told}<p>{named}</p>" if named else told


def tag_page(base: str, tag: str) -> str:
    """Return the page on which everything with a tag is found."""
    return f"{base}/search?q={quote(f'#{tag}', safe='')}"


def short(text: str, most: int = 500) -> str:
    """Return the beginning of a text in one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _lines(part: str) -> str:
    return "<br>".join(_linked(line) for line in part.split("\n"))


def _linked(line: str) -> str:
    made, end = list[str](), 0
    for found in _LINK.finditer(line):
        url = found.group().rstrip(_TRAILING)
        made.append(escape(line[end : found.start()]))
        made.append(f'<a href="{escape(url)}" rel="nofollow noopener">{escape(url)}</a>')
        end = found.start() + len(url)
    return "".join(made) + escape(line[end:])
