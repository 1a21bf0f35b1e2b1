"""Catalogues: the translations of the core and of every plugin, joined per language."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from ..values import Message
from . import particles

SOURCE = "en"
"""The language of the message ids: it needs no catalogue."""


class Tongue:
    """One language as it is spoken here: ``gettext`` and its kin with the values put in."""

    def __init__(self, language: str, catalogue: NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue
        self._finish: Callable[[str], str] = particles.resolve if language == "ko" else str

    def gettext(self, text: str, /, **values: object) -> str:
        if not text:
            return ""  # the empty message is the head of the catalogue
        return self._filled(self._catalogue.gettext(text), values)

    def ngettext(self, one: str, many: str, num: int, /, **values: object) -> str:
        return self._filled(self._catalogue.ngettext(one, many, num), {"num": num, **values})

    def pgettext(self, context: str, text: str, /, **values: object) -> str:
        return self._filled(self._catalogue.pgettext(context, text), values)

    def say(self, message: Message) -> str:
        """Return a message of an error or a notice in this language."""
        values = {
            name: self.say(value) if isinstance(value, Message) else value
            for name, value in message.values.items()
        }
        return self._filled(self._catalogue.gettext(message.text), values)

    def _filled(self, text: str, values: Mapping[str, object]) -> str:
        return self._finish(text % values if values else text.replace("%%", "%"))


class Catalogues:
    """The tongues of one node."""

    def __init__(self, languages: Iterable[str], folders: Iterable[Path]) -> None:
        self.languages = tuple(languages)
        self._folders = tuple(folders)

    @cached_property
    def _tongues(self) -> dict[str, Tongue]:
        return {language: Tongue(language, self._read(language)) for language in self.languages}

    def tongue(self, language: str) -> Tongue:
        """Return the tongue asked for, or the node's first if it is not spoken here."""
        return self._tongues.get(language) or self._tongues[self.languages[0]]

    def _read(self, language: str) -> NullTranslations:
        joined = NullTranslations()
        for folder in self._folders:
            file = folder / f"{language}.po"
            if language != SOURCE and file.is_file():
                joined.add_fallback(_compiled(file))  # a fresh one: it is linked to the next
        return joined


def _compiled(file: Path) -> GNUTranslations:
    return GNUTranslations(io.BytesIO(_machine_form(file, file.stat().st_mtime_ns)))


@lru_cache(maxsize=64)
def _machine_form(file: Path, _changed: int) -> bytes:
    """Return a catalogue compiled; kept, since every site of a process needs the same ones."""
    compiled = io.BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=file.stem))
    return compiled.getvalue()


def load_catalogues(languages: Iterable[str], folders: Iterable[Path]) -> Catalogues:
    """Join the ``<language>.po`` files of these folders; where two differ the first one wins."""
    return Catalogues(languages, folders)
