"""The words of this package: each key's name and example, each mistake's sentence, ko and en."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("ko", "en")


@dataclass(frozen=True, slots=True)
class About:
    """What a key of node.toml is, an example of its value, and a longer Korean note or nothing."""

    ko: str
    en: str
    example: Any = ""
    note: str = ""

    def name(self, language: str) -> str:
        return self.en if language == "en" else self.ko


@cache
def _read(name: str) -> Mapping[str, Any]:
    # This package reads its own tables because it stands below everything that can translate.
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def sections() -> Mapping[str, About]:
    """Return what each section of node.toml is for, in the order of the file."""
    return {name: About(**about) for name, about in _read("keys.toml")["sections"].items()}


@cache
def keys() -> Mapping[str, About]:
    """Return what each key is, by its dotted name, in the order of the file."""
    return {
        f"{section}.{key}": About(**about)
        for section, entries in _read("keys.toml")["keys"].items()
        for key, about in entries.items()
    }


def comment(name: str) -> str:
    """Return a comment of node.toml that belongs to no key."""
    text: str = _read("keys.toml")["comments"][name]
    return text


def say(code: str, language: str, **values: object) -> str:
    """Return the sentence for a mistake in ``language``, Korean if that is not spoken here."""
    sentences: Mapping[str, str] = _read("messages.toml")[code]
    return sentences["en" if language == "en" else "ko"].format(**values)
