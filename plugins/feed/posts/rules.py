"""What holds of posts whoever asks: tags, links, audiences, limits; no session, no request."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

EVERYONE, MEMBERS, CIRCLE, ME = "everyone", "members", "circle", "me"
AUDIENCES = (EVERYONE, MEMBERS, CIRCLE, ME)
"""Whom a post is for, the widest first."""

LONGEST = 5_000
MOST_PICTURES = 8
MOST_TAGS = 10
MOST_SUBJECTS = 10
MOST_DRAFTS = 100
A_DAY, A_DAY_OF_NEWCOMERS = 50, 5
"""Posts that somebody can publish in 24 hours."""

PICTURES_A_DAY, PICTURES_A_DAY_OF_NEWCOMERS = 100, 20

_TAG = re.compile(r"(?<![\w&/#])#(\w{1,40})(?!\w)")
_LINK = re.compile(r"https?://[^\s<>\"'`]{3,500}", re.IGNORECASE)
_LINK_LIKE = re.compile(
    r"https?:|www\.|[\w-]\."
    r"(?:com|net|org|kr|io|me|co|info|shop|site|xyz|biz|top|link|ly|gg|app|dev)(?![a-z])",
    re.IGNORECASE,
)
_PIECE = re.compile(f"(?P<link>{_LINK.pattern})|{_TAG.pattern}", re.IGNORECASE)
_TRAILS = ".,;:!?)]}>…。"


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody writes: ``subjects`` are things that it is about ("product:12")."""

    text: str
    audience: str = MEMBERS
    circle_id: int | None = None
    place: str = ""
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text as it is shown: ``kind`` is "text", "tag" or "link"."""

    kind: str
    text: str
    value: str = ""


def tag_form(text: str) -> str:
    """Return a tag as it is kept and compared: composed, in small letters, without its sign.

    A syllable that a phone sends as three letters is the same syllable.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold()).lstrip("#")


def tags_of(text: str) -> tuple[str, ...]:
    """Return the tags in a text, each once, the first ten; a number alone (#1) is none."""
    found = (tag_form(each[1]) for each in _TAG.finditer(unicodedata.normalize("NFC", text)))
    kept = [each for each in dict.fromkeys(found) if _is_tag(each)]
    return tuple(kept[:MOST_TAGS])


def _is_tag(tag: str) -> bool:
    return len(tag) <= 40 and re.fullmatch(r"\w+", tag) is not None and not tag.isnumeric()


def has_links(text: str) -> bool:
    """Say whether something in the text leads, or is to lead, off the node."""
    return _LINK_LIKE.search(unicodedata.normalize("NFKC", text)) is not None


def pieces(text: str) -> list[Piece]:
    """Return a text cut into words, tags and links; joined they are the text again."""
    found: list[Piece] = []
    at = 0
    for match in _PIECE.finditer(text):
        link = (match["link"] or "").rstrip(_TRAILS)
        whole = link or match[0]
        tag = "" if link else tag_form(whole)
        if not link and not _is_tag(tag):
            continue
        found.append(Piece("text", text[at : match.start()]))
        found.append(Piece("link", link, link) if link else Piece("tag", whole, tag))
        at = match.start() + len(whole)
    found.append(Piece("text", text[at:]))
    return [piece for piece in found if piece.text]


def title_of(text: str, most: int = 80) -> str:
    """Return what a post is called where a line must do: how its text begins."""
    line = next((row.strip() for row in text.splitlines() if row.strip()), "")
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def may_share(
    original: str, original_circle: int | None, audience: str, circle_id: int | None
) -> bool:
    """Say whether a post may be passed on to this audience: never to anybody for whom it is not."""
    if original == ME:
        return False
    if original == CIRCLE:
        return audience == ME or (audience == CIRCLE and circle_id == original_circle)
    return AUDIENCES.index(audience) >= AUDIENCES.index(original)


def position_of(at: datetime, item_id: int) -> int:
    """Return the place of an item in time, no two the same: its millisecond, then its number."""
    return (int(at.timestamp() * 1000) << 20) | (item_id & 0xFFFFF)
