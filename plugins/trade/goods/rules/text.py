"""Text of other nodes as plain text: nothing that they send is ever shown as HTML."""

from __future__ import annotations

import html
import unicodedata

MOST_HTML = 20_000
"""Letters of HTML that are looked at; what comes behind is left out."""

_BREAKS = ("br", "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4")
_SILENT = ("script", "style", "template", "title")


def one_line(text: str) -> str:
    """Return a text as a name is kept: composed, without markup and invisible signs."""
    if "<" in text or "&" in text:
        text = from_html(text)
    return _plain_line(text)


def lines(text: str) -> str:
    """Return a text of several lines, each as ``one_line`` but without looking for markup."""
    if "\n" not in text:
        return _plain_line(text)
    return "\n".join([_plain_line(line) for line in text.splitlines()]).strip()


def _plain_line(text: str) -> str:
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text)
    seen = (sign if sign.isprintable() else " " if sign.isspace() else "" for sign in composed)
    return " ".join("".join(seen).split())


def from_html(text: str) -> str:
    """Return the words of a piece of HTML, in one pass over it and without its scripts.

    What is left is text and is escaped wherever it is shown, so nothing depends on this being a
    whole reader of HTML.
    """
    text = text[:MOST_HTML].replace("<br>", "\n")
    if "<" not in text:
        return html.unescape(text)
    words: list[str] = []
    place, silent = 0, ""
    while place < len(text):
        begin = text.find("<", place)
        if begin < 0:
            begin = len(text)
        if not silent:
            words.append(html.unescape(text[place:begin]))
        if begin == len(text):
            break
        name, end = _tag(text, begin)
        if not name:
            if not silent:
                words.append("<")
        elif silent:
            silent = "" if name == f"/{silent}" else silent
        elif name in _SILENT:
            silent = name
        elif name.lstrip("/") in _BREAKS:
            words.append("\n")
        place = end
    return "".join(words)


def _tag(text: str, begin: int) -> tuple[str, int]:
    """Return the name of the tag at ``begin`` and where it ends; "" if it is only a sign."""
    following = text[begin + 1 : begin + 2]
    if not following.isascii() or not (following.isalpha() or following in ("/", "!", "?")):
        return "", begin + 1  # as in "<5kg>" and "<특>"
    end = text.find(">", begin)
    inside = text[begin + 1 : end if end >= 0 else len(text)]
    name = inside.split(None, 1)[0].rstrip("/") if inside.strip() else "!"
    if inside.startswith("/"):
        name = "/" + inside[1:].strip()
    return name.lower() or "!", len(text) if end < 0 else end + 1
