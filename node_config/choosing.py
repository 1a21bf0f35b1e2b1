"""Which settings stewards choose on the node's pages, where each comes from, and choosing anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marshmallow import ValidationError

from .check import check
from .chosen import Chosen, laid_over, newest, read_chosen, write_chosen
from .document import Document
from .fields import Choice, Names, Percent, Whole, YesNo
from .load import FILE_NAME, Judge, judged, no_judge, read_document
from .mistakes import Wrong
from .overrides import from_environment, variable
from .problems import ConfigErrors, Problem
from .render import as_text
from .schema import FILE, SECTIONS, settings_of
from .texts import About, keys, say

OPEN = frozenset({"operator", "rates", "look"})
"""Sections of which every key can be chosen."""

OPEN_KEYS = frozenset(
    {"node.name", "node.province", "node.county", "node.town", "node.languages", "mail.sender"}
)
"""Further keys. Addresses, database, mail server and web server are not among them: a slip would
lock the node out, and whoever names the mail server is told its password."""

PLUGINS = "plugins.enabled"
"""Chosen too, on a page of its own."""

SECRET = ("secret", "password", "token", "key")
"""A setting whose name holds one of these is neither shown nor chosen on a page."""


class Moved(Exception):
    """Somebody chose meanwhile: what was seen does not hold any more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One setting as a page shows it.

    ``kind``: text, whole, yes_no, choice, names or percent. ``source``: environment, choice, file
    or default. ``text``: the value as it is typed. ``open``: whether it can be chosen.
    """

    key: str
    about: About
    kind: str
    text: str
    source: str
    open: bool
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        return variable(self.key)


_KINDS = ((Choice, "choice"), (Whole, "whole"), (YesNo, "yes_no"), (Names, "names"),
          (Percent, "percent"))  # fmt: skip


def is_open(key: str) -> bool:
    """Say whether a key can be chosen on the pages."""
    section, _, name = key.partition(".")
    if section == "plugin":
        return not is_secret(name.rpartition(".")[2])
    return section in OPEN or key in OPEN_KEYS or key == PLUGINS


def is_secret(name: str) -> bool:
    """Say whether the value of a setting of this name is kept from the pages."""
    return any(word in name.lower() for word in SECRET)


def fixed_by_environment(environ: Mapping[str, str]) -> frozenset[str]:
    """Return the dotted keys that the environment decides, whatever is chosen."""
    return frozenset(from_environment(environ)[0])


def entries(home: Path, environ: Mapping[str, str]) -> dict[str, list[Entry]]:
    """Return the settings of each section, but for what is secret, with where each comes from."""
    document, chosen = read_document(home), read_chosen(home)
    over = laid_over(document.tables, chosen.tables)
    overrides, _ = from_environment(environ)
    checked = check(Document(over, document.lines), overrides)
    values: Mapping[str, Any] = FILE.dump(checked.values)
    fixed, told = frozenset(overrides), _told(document.tables)

    def source(key: str) -> str:
        places = (("environment", fixed), ("choice", chosen.keys), ("file", told))
        return next((name for name, where in places if key in where), "default")

    def entry(section: str, name: str) -> Entry:
        field, key = settings_of(section)[name], f"{section}.{name}"
        kind = next((word for of, word in _KINDS if isinstance(field, of)), "text")
        text = as_text(values.get(section, {}).get(name, ""))
        free = is_open(key) and key not in fixed
        words = getattr(field, "choices", ())
        return Entry(
            key, keys().get(key) or About(name, name), kind, text, source(key), free, words
        )

    return {
        section: [entry(section, name) for name in settings_of(section) if not is_secret(name)]
        for section in SECTIONS
    }


def _told(tables: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(
        f"{section}.{key}"
        for section, table in tables.items()
        if isinstance(table, Mapping)
        for key in table
    )


def choose(
    home: Path,
    environ: Mapping[str, str],
    wanted: Mapping[str, Any],
    *,
    after: int,
    judge: Judge = no_judge,
    language: str = "ko",
    dry: bool = False,
) -> tuple[int, dict[str, tuple[str, str]]]:
    """Choose these values by dotted key (texts as typed; None goes back to node.toml), and return
    the number of the new version with what changed: by key, before and after.

    ``Moved`` unless the version ``after`` still holds. ``ConfigErrors`` with everything that is
    wrong, in ``language``: then nothing is written. Number ``after`` and no change if all of it
    was so already. ``dry``: only say what would change.
    """
    document, chosen = read_document(home), _standing(home)
    if chosen.number != after:
        raise Moved
    _refuse_closed(environ, wanted, language)
    tables = _put(chosen.tables, wanted)
    tables = _without_echoes(document, tables)
    changes = _changes(document, chosen.tables, tables)
    if tables == chosen.tables:
        return chosen.number, {}
    _refuse_wrong(document, tables, environ, judge, language)
    return chosen.number if dry else _kept(home, tables, after), changes


def undo(
    home: Path,
    environ: Mapping[str, str],
    number: int,
    *,
    after: int,
    judge: Judge = no_judge,
    language: str = "ko",
) -> tuple[int, dict[str, tuple[str, str]]]:
    """Go back to an older version of the choices, 0 for node.toml alone; else as ``choose``."""
    document, chosen = read_document(home), _standing(home)
    if chosen.number != after:
        raise Moved
    old = read_chosen(home, number).tables
    _refuse_wrong(document, old, environ, judge, language)
    return _kept(home, old, after), _changes(document, chosen.tables, old)


def _standing(home: Path) -> Chosen:
    """Return the choices that hold; none if their file was spoilt, so that it can be undone."""
    try:
        return read_chosen(home)
    except Wrong:
        return Chosen(newest(home), Document())


def _refuse_closed(environ: Mapping[str, str], wanted: Iterable[str], language: str) -> None:
    fixed = fixed_by_environment(environ)
    problems = [
        Problem(key, say("fixed", language, name=variable(key)))
        if key in fixed
        else Problem(key, say("closed", language, file=FILE_NAME))
        for key in wanted
        if key in fixed or not is_open(key)
    ]
    if problems:
        raise ConfigErrors(problems, language)


def _put(tables: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {name: dict(table) for name, table in tables.items()}
    result["plugin"] = {name: dict(each) for name, each in result.get("plugin", {}).items()}
    for key, value in wanted.items():
        section, _, name = key.partition(".")
        table = result.setdefault(section, {})
        if section == "plugin":
            owner, _, name = name.partition(".")
            table = table.setdefault(owner, {})
        table.pop(name, None)
        if value is not None:
            table[name] = _read(section, name, value)
    result["plugin"] = {name: each for name, each in result["plugin"].items() if each}
    return {name: table for name, table in result.items() if table}


def _read(section: str, name: str, value: Any) -> Any:
    """Return a value as a file holds it; what cannot be read stays, to be complained of."""
    field = settings_of(section).get(name)
    if field is None or not isinstance(value, str):
        return value
    plain = field.from_text(value)
    try:
        return field.serialize("it", {"it": field.deserialize(plain)})
    except ValidationError:
        return plain


def _refuse_wrong(
    document: Document,
    tables: Mapping[str, Any],
    environ: Mapping[str, str],
    judge: Judge,
    language: str,
) -> None:
    over = Document(laid_over(document.tables, tables), document.lines)
    problems = judged(over, environ, judge, language=language).problems
    if problems:
        raise ConfigErrors([_of_the_page(problem) for problem in problems], language)


def _kept(home: Path, tables: Mapping[str, Any], after: int) -> int:
    try:
        return write_chosen(home, tables, after=after)
    except FileExistsError:
        raise Moved from None


def _of_the_page(problem: Problem) -> Problem:
    return Problem(problem.key, problem.message, problem.example)


def _without_echoes(document: Document, tables: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says the same as node.toml does, so that it can be changed there again."""
    file = FILE.dump(check(document, {}).values)
    result: dict[str, Any] = {}
    for section, table in tables.items():
        under = file.get(section, {})
        if section == "plugin":
            kept = {
                name: {k: v for k, v in each.items() if k not in _of(under, name, k, v)}
                for name, each in table.items()
            }
            rest = {name: each for name, each in kept.items() if each}
        else:
            rest = {k: v for k, v in table.items() if k not in under or under[k] != v}
        if rest:
            result[section] = rest
    return result


def _of(under: Mapping[str, Any], name: str, key: str, value: Any) -> tuple[str, ...]:
    there = under.get(name, {})
    return (key,) if key in there and there[key] == value else ()


def _changes(
    document: Document, before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, tuple[str, str]]:
    one = _flat(laid_over(document.tables, before))
    other = _flat(laid_over(document.tables, after))
    return {
        key: (one.get(key, ""), other.get(key, ""))
        for key in sorted({*one, *other})
        if one.get(key) != other.get(key) and not is_secret(key.rpartition(".")[2])
    }


def _flat(tables: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, Any] = {}
    for section, table in tables.items():
        for key, value in table.items() if isinstance(table, Mapping) else ():
            if section == "plugin" and isinstance(value, Mapping):
                found |= {f"plugin.{key}.{name}": each for name, each in value.items()}
            else:
                found[f"{section}.{key}"] = value
    return {key: as_text(value) for key, value in found.items()}
