"""The Korean catalogue of the core says everything that the core says, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

import wizzle
from wizzle.core.auth import accounts
from wizzle.core.errors import Invalid
from wizzle.core.language.particles import resolve
from wizzle.core.web import complaints, errors, schemas, words
from wizzle.core.web.routes.admin_people import STEPS

CORE = Path(wizzle.__file__).parent / "core"
SAID = (
    "_", "gettext", "ngettext", "pgettext", "say", "told", "Message", "Refused", "Forbidden",
    "NotFound", "TooMany", "Unreachable", "Letter", "MenuItem", "Problem", "mark",
)  # fmt: skip

Key = tuple[str | None, str]


def said() -> Iterator[Key]:
    """Return every message id of the core with its context."""
    for template in CORE.glob("web/templates/**/*.html"):
        with template.open("rb") as file:
            for _line, function, found, _comments in babel_extract(file, SAID, [], {}):
                yield from _keys(function, found)
    for module in CORE.glob("**/*.py"):
        # The command line speaks English; what is wrong with node.toml is said by node_config.
        if not {"cli", "host"} & set(module.parts):
            with module.open("rb") as file:
                for _line, function, found, _comments in extract_python(file, SAID, [], {}):
                    yield from _keys(function, found)
    yield from ((None, text) for text in _named_elsewhere())
    yield from (("audit", code) for code in (*words.ACTIONS, *words.SUBJECTS))


def _keys(function: str, found: object) -> Iterator[Key]:
    texts = [text for text in (found if isinstance(found, tuple) else (found,)) if text]
    if not texts:
        return
    if function == "pgettext":
        if len(texts) == 2:  # otherwise the text is a variable, named elsewhere
            yield str(texts[0]), str(texts[1])
    elif function == "Problem":  # its kind comes before its text
        if len(texts) > 1:
            yield None, str(texts[1])
    elif function == "Letter":
        yield from ((None, str(text)) for text in texts)
    else:
        yield None, str(texts[0])


def _named_elsewhere() -> Iterator[str]:
    for table in (errors.TITLES, errors._SENTENCES, words.KINDS, words.KINDS_OF_MANY, words.ROLES):
        yield from table.values()
    yield from complaints._PLAIN.values()
    yield from (sentence for _, sentence in complaints._COUNTED)
    yield from (sentence for _, sentence in STEPS.values())
    yield from (errors._UNSIGNED, errors._AT_ONCE, errors._MISTAKE, accounts._BUSY, schemas._AGREE)
    yield Invalid({}).message.text


@pytest.fixture(scope="module")
def catalogue() -> dict[Key, str]:
    with (CORE / "translations/ko.po").open("rb") as file:
        return {
            (each.context, each.id if isinstance(each.id, str) else each.id[0]): (
                each.string if isinstance(each.string, str) else each.string[0]
            )
            for each in read_po(file, locale="ko")
            if each.id
        }


def test_everything_is_said_in_korean(catalogue):
    assert sorted({key for key in said() if not catalogue.get(key)}, key=str) == []


def test_nothing_in_the_catalogue_is_said_nowhere(catalogue):
    assert sorted(set(catalogue) - set(said()), key=str) == []


def test_every_translation_takes_the_values_of_its_message(catalogue):
    import re

    names = re.compile(r"%\((\w+)\)")
    wrong = [
        key
        for key, text in catalogue.items()
        if not set(names.findall(text)) <= set(names.findall(key[1]))
        or set(names.findall(key[1])) - set(names.findall(text)) - {"num"}
    ]
    assert wrong == []


def test_a_particle_after_a_value_is_written_in_both_forms(catalogue):
    import re

    bare = re.compile(r"%\(\w+\)s(은|는|이|가|을|를|과|와|으로|로)(?![가-힣(])")
    assert [text for text in catalogue.values() if bare.search(text)] == []
    assert all(
        "은(는)" not in resolve(text % _Any()) for text in catalogue.values() if "%(" in text
    )


class _Any(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "쌀"
