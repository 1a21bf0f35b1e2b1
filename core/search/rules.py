"""Words: how a text becomes marks to be found by, and what somebody types what to look for.

Korean is written with spaces by some and without by others, and a word is found inside of longer
ones. So syllables are marked in pairs, read on across spaces: 햇감자 and 햇 감자 both hold 햇감 and
감자. Other letters and digits are marked word by word, and found by their beginning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from ..values import Viewer

EDITION = 1
"""Rises when marks are made in another way: everything is read anew then."""

EVERYONE = "all"
"""The readers of what is public."""

MEMBERS = "members"
"""The readers of what everyone may read who is logged in."""

STEWARDS = "stewards"

LONGEST_QUESTION = 60
MOST_WORDS = 8
LONGEST_TITLE = 200
LONGEST_TEXT = 3_000
_LONGEST_WORD = 40

_DENSE = "가-힣㐀-䶿一-鿿ぁ-ゖァ-ヺー々"
"""Scripts that are written without spaces, or with few."""

_RUN = re.compile(rf"[{_DENSE}]+|[0-9]+|[^\W_0-9{_DENSE}]+")
_WORD = re.compile(r"[^\W_]+")
_JOINS = re.compile(r"[\s\-·’']*")
_IS_DENSE = re.compile(rf"[{_DENSE}]")


def of_person(person_id: int) -> str:
    """Return the readers of what is one person's own."""
    return f"p{person_id}"


def of_space(space_id: int) -> str:
    """Return the readers of what only those who run a space see."""
    return f"s{space_id}"


def readers_of(viewer: Viewer | None) -> frozenset[str]:
    """Return all of whom somebody is one; a stranger is one of everyone only."""
    if viewer is None:
        return frozenset({EVERYONE})
    runs = {of_space(space) for space, _ in viewer.roles if space is not None}
    node = {STEWARDS} if viewer.is_steward else set()
    return frozenset({EVERYONE, MEMBERS, of_person(viewer.id), *runs, *node})


def plain(text: str) -> str:
    """Return a text as it is compared: composed, wide signs narrow, capitals small."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


@dataclass(frozen=True, slots=True)
class Phrase:
    """Marks that stand one after the other; ``begins``: the last one may go on."""

    marks: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """What holds all of these, and none of ``but``."""

    parts: tuple[Wanted, ...]
    but: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Either:
    """What holds any of these."""

    parts: tuple[Wanted, ...]


Wanted = Phrase | Every | Either


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody types, as words that a text must all hold."""

    text: str
    words: tuple[str, ...]

    @classmethod
    def read(cls, typed: str) -> Asked:
        """Read what was typed; more than can be looked for is cut off."""
        text = " ".join(typed.split())[:LONGEST_QUESTION].rstrip()
        words = dict.fromkeys(_WORD.findall(plain(text)))
        return cls(text, tuple(words)[:MOST_WORDS])

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def joined(self) -> str:
        return "".join(self.words)

    def holds(self, title: str, text: str) -> bool:
        """Say whether all words are in a title and text, as the marks would find them."""
        stretches = list(_stretches(plain(f"{title[:LONGEST_TITLE]}\n.\n{text[:LONGEST_TEXT]}")))
        runs = [run for word in self.words for run in _RUN.findall(word)]
        return all(any(_is_in(run, each) for each in stretches) for run in runs)

    def tiers(self) -> tuple[Wanted, Wanted, Wanted]:
        """Return what is looked for, the best first; each also finds what those before it find:
        titles with the words as they are, titles that hold them, and any text that does."""
        whole = Every(tuple(Phrase((_whole(word),)) for word in self.words))
        first = Either((whole, Phrase((_whole(self.joined),))))
        runs = [run for word in self.words for run in _RUN.findall(word)]
        title, text = (
            Every(tuple(_looked_for(run, pair, single) for run in runs))
            for pair, single in (("t", "q"), ("b", "o"))
        )
        return Every((first, title)), title, text

    def others(self) -> Iterator[str]:
        """Return other questions that may find something where this one does not: single words,
        without their last syllable, in two parts. The nearest come first."""
        for word in self.words:
            if _is_dense(word) and len(word) > 2:
                yield self._with(word, word[:-1])
        for word in self.words:
            if _is_dense(word) and len(word) > 3:
                yield self._with(word, word[:-2])
                yield self._with(word, f"{word[:2]} {word[2:]}")
                yield self._with(word, word[2:])
        if len(self.words) > 1:
            yield from sorted(self.words, key=len, reverse=True)

    def _with(self, word: str, instead: str) -> str:
        return " ".join(instead if each == word else each for each in self.words)


def scope(kind: str, readers: Collection[str]) -> Wanted:
    """Return what holds only things of a kind that are for any of these readers."""
    return Either(tuple(Phrase((_scope(kind, each),)) for each in sorted(readers)))


def marks(kind: str, readers: Iterable[str], title: str, text: str) -> str:
    """Return all marks of a thing, in the order in which phrases of them are looked for."""
    title, text = plain(title[:LONGEST_TITLE]), plain(text[:LONGEST_TEXT])
    words = dict.fromkeys(_WORD.findall(title))
    found = [_scope(kind, each) for each in readers]
    found += [_whole(word) for word in words]
    found += [*_stream("t", title), "x", *_stream("b", title), "x", *_stream("b", text)]
    found += _singles("q", title) + _singles("o", title + text)
    return " ".join(found)


def seal(marked: str) -> str:
    """Return what tells whether the marks of a thing have changed."""
    return blake2b(marked.encode(), digest_size=16).hexdigest()


def _scope(kind: str, readers: str) -> str:
    return f"s{kind}x{readers}"


def _whole(word: str) -> str:
    return "w" + word[:_LONGEST_WORD]


def _looked_for(run: str, pair: str, single: str) -> Phrase:
    if not _is_dense(run):
        return Phrase((pair + run[:_LONGEST_WORD],), begins=len(run) > 1)
    if len(run) == 1:
        return Phrase((single + run,))
    return Phrase(tuple(_pairs(pair, run)))


def _stream(mark: str, text: str) -> Iterator[str]:
    for stretch in _stretches(text):
        for run in stretch:
            if _is_dense(run):
                yield from _pairs(mark, run)
            else:
                yield mark + run[:_LONGEST_WORD]
        yield "x"


def _stretches(text: str) -> Iterator[list[str]]:
    """Return the runs of a plain text, syllables joined across spaces, apart where a sign parts
    them."""
    stretch: list[str] = []
    end = 0
    for found in _RUN.finditer(text):
        run = found[0]
        if stretch and not _JOINS.fullmatch(text, end, found.start()):
            yield stretch
            stretch = []
        if stretch and _is_dense(run) and _is_dense(stretch[-1]):
            stretch[-1] += run
        else:
            stretch.append(run)
        end = found.end()
    if stretch:
        yield stretch


def _pairs(mark: str, run: str) -> Iterator[str]:
    return (mark + one + other for one, other in pairwise(run))


def _singles(mark: str, text: str) -> list[str]:
    return [mark + each for each in dict.fromkeys(_IS_DENSE.findall(text))]


def _is_dense(run: str) -> bool:
    return _IS_DENSE.match(run) is not None


def _is_in(run: str, stretch: list[str]) -> bool:
    if _is_dense(run):
        return any(run in each for each in stretch)
    return any(each.startswith(run) if len(run) > 1 else each == run for each in stretch)
