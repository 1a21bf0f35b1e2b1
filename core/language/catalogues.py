"""Catalogues: the translations of the core and of every plugin, joined per language."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from functools import cached_property, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from ..prepared import Prepared
from ..values import At, Message
from . import particles
from .formats import when

KEPT = 4096
"""Sentences of each language that are kept as they are said."""

SOURCE = "en"
"""The language of the message ids: it needs no catalogue."""


class Tongue:
    """One language as it is spoken here: ``gettext`` and its kin with the values put in."""

    def __init__(self, language: str, catalogue: NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue
        self._finish: Callable[[str], str] = particles.resolve if language == "ko" else str
        # A page says some hundred sentences, and looks for each in the catalogue of every plugin.
        self._found = lru_cache(KEPT)(catalogue.gettext)
        self._plain = lru_cache(KEPT)(self._without_values)

    def gettext(self, text: str, /, **values: object) -> str:
        if not values:
            return self._plain(text)
        return self._filled(self._found(text), values) if text else ""

    def ngettext(self, one: str, many: str, num: int, /, **values: object) -> str:
        return self._filled(self._catalogue.ngettext(one, many, num), {"num": num, **values})

    def pgettext(self, context: str, text: str, /, **values: object) -> str:
        return self._filled(self._catalogue.pgettext(context, text), values)

    def say(self, message: Message) -> str:
        """Return a message of an error or a notice in this language."""
        values = {name: self._told(value) for name, value in message.values.items()}
        return self._filled(self._found(message.text), values)

    def _told(self, value: object) -> object:
        if isinstance(value, Message):
            return self.say(value)
        return when(value.instant, value.zone, self.language) if isinstance(value, At) else value

    def _without_values(self, text: str) -> str:
        # The empty message is the head of the catalogue.
        return self._filled(self._found(text), {}) if text else ""

    def _filled(self, text: str, values: Mapping[str, object]) -> str:
        return self._finish(text % values if values else text.replace("%%", "%"))


class Catalogues:
    """The tongues of one node."""

    def __init__(
        self, languages: Iterable[str], folders: Iterable[Path], prepared: Prepared | None
    ) -> None:
        self.languages = tuple(languages)
        self._folders = tuple(folders)
        self._prepared = prepared

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
                joined.add_fallback(_compiled(file, self._prepared))
        return joined


def load_catalogues(
    languages: Iterable[str], folders: Iterable[Path], prepared: Prepared | None = None
) -> Catalogues:
    """Join the ``<language>.po`` files of these folders; where two differ the first one wins.

    ``prepared``: where they are kept in the form that is quick to read.
    """
    return Catalogues(languages, folders, prepared)


def _compiled(file: Path, prepared: Prepared | None) -> GNUTranslations:
    key = file, file.stat().st_mtime_ns
    read = _read.get(key)
    if read is None:
        read = _read[key] = GNUTranslations(io.BytesIO(_machine_form(file, prepared)))
    return copy(read)  # with the same sentences: each is linked to the next of its node


_read: dict[tuple[Path, int], GNUTranslations] = {}
"""Catalogues as they were read; every site of a process needs the same ones."""


def _machine_form(file: Path, prepared: Prepared | None) -> bytes:
    source = file.read_bytes()
    if prepared is None:
        return _compile(source, file.stem)
    name = hashlib.sha256(str(file).encode()).hexdigest()[:20] + ".mo"
    mark = hashlib.sha256(source).hexdigest()
    form = prepared.find(name, mark)
    if form is None:
        form = _compile(source, file.stem)
        prepared.keep(name, mark, form)
    return form


def _compile(source: bytes, language: str) -> bytes:
    from babel.messages.mofile import write_mo  # large, and needed for a new catalogue only

    from .translations import misfits, read

    catalogue = read(source, language)
    for message in misfits(catalogue):  # what cannot be filled in would take a page down
        catalogue.delete(message.id, message.context)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()
