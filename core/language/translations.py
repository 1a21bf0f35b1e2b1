"""Files of translations: what a new language has to say, and what of a translation fits."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

PLACE = re.compile(r"%\((\w+)\)s")
COMPLETE = "ko"
"""The language into which everything is translated: its catalogues list what is said."""


def read(source: bytes, language: str) -> Catalog:
    """Return the catalogue in a .po file."""
    locale = str(Locale.parse(language, sep="-"))
    # Read whatever was typed in whatever editor: one bad sign is not to stop a node.
    text = source.decode("utf-8-sig", errors="replace")
    return read_po(io.StringIO(text), locale=locale)


def written(catalogue: Catalog) -> bytes:
    """Return the .po file of a catalogue."""
    file = io.BytesIO()
    write_po(file, catalogue, width=0, omit_header=False)
    return file.getvalue()


def blank(folders: Iterable[Path], language: str, known: Catalog | None = None) -> Catalog:
    """Return what is said in these folders, each with its translation if ``known`` has one.

    Beside each stands the Korean, for whoever translates from that.
    """
    made = Catalog(locale=str(Locale.parse(language, sep="-")), fuzzy=False)
    for folder in folders:
        file = folder / f"{COMPLETE}.po"
        for said in _said(read(file.read_bytes(), COMPLETE)) if file.is_file() else ():
            had = known.get(said.id, said.context) if known else None
            made.add(
                said.id, had.string if had else None, context=said.context,
                auto_comments=[_plain(said.string).replace("\n", " ")],
            )  # fmt: skip
    return made


def lacking(catalogue: Catalog) -> list[Message]:
    """Return what is not translated yet."""
    return [said for said in _said(catalogue) if not _plain(said.string)]


def misfits(catalogue: Catalog) -> list[Message]:
    """Return translations that cannot be filled in: a %(name)s that is not said, a stray %."""
    return [said for said in _said(catalogue) if not _fits(said)]


def _said(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _fits(message: Message) -> bool:
    places = {name for each in _each(message.id) for name in PLACE.findall(each)}
    if not places:
        return True
    try:
        for each in _each(message.string):
            str(each) % dict.fromkeys(places, "")
    except (KeyError, ValueError, TypeError):
        return False
    return True


def _each(said: Any) -> Iterable[str]:
    return (said,) if isinstance(said, str) else tuple(said)


def _plain(said: Any) -> str:
    return said if isinstance(said, str) else (said[0] if said else "")
