"""Finds the node's folder and reads its settings, or says everything that is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from .check import Checked, check, example, flat
from .chosen import Chosen, laid_over, newest, read_chosen
from .document import Document, read
from .freeze import freeze
from .mistakes import Complaint, Wrong
from .overrides import from_environment
from .problems import ConfigErrors, Problem
from .secret import read_secret
from .settings import PluginChoice, Settings
from .texts import LANGUAGES, say

FILE_NAME = "node.toml"
HOME_EXAMPLE = "WIZZLE_HOME=~/wizzle"

Judge = Callable[[PluginChoice], Sequence[Problem]]
"""Says what is wrong with the enabled plugins and their settings, which this package cannot."""


def no_judge(_choice: PluginChoice) -> Sequence[Problem]:
    """Find nothing wrong with any plugin."""
    return ()


def language_file(home: Path, tag: str) -> Path:
    """Return where a node keeps its words in a language: a translation, or its own wording."""
    return home / "languages" / f"{tag}.po"


def chosen_home(environ: Mapping[str, str], cwd: Path) -> Path:
    """Return the folder that is meant, whether or not a node stands there yet."""
    named = environ.get("WIZZLE_HOME")
    return (cwd / os.path.expanduser(named)).resolve() if named else cwd.resolve()


def find_home(environ: Mapping[str, str], cwd: Path, *, language: str = "ko") -> Path:
    """Return the folder of the node that commands work on: WIZZLE_HOME, else ``cwd``."""
    home = chosen_home(environ, cwd)
    if (home / FILE_NAME).is_file():
        return home
    named = bool(environ.get("WIZZLE_HOME"))
    message = say("no_home_named" if named else "no_home", language, path=home)
    key = "WIZZLE_HOME" if named else FILE_NAME
    raise ConfigErrors([Problem(key, message, HOME_EXAMPLE)], language)


def load(
    home: Path, environ: Mapping[str, str], *, judge: Judge = no_judge, language: str = "ko"
) -> Settings:
    """Return the settings of the node in ``home``: what ``environ`` says holds before what stewards
    chose on the pages, and that before node.toml.

    Raises ``ConfigErrors`` with every problem of file, variables, secret and, by ``judge``,
    plugins in one go, in the file's first language, or in ``language`` if it cannot be read.
    """
    try:
        document = read_document(home)
    except Wrong as wrong:
        _, problems = read_secret(home, environ, language)
        raise ConfigErrors([_of_file(wrong, language), *problems], language) from None
    try:
        chosen = read_chosen(home)
    except Wrong as wrong:
        raise ConfigErrors([_of_choices(wrong, home, language)], language) from None
    checked = judged(document, environ, judge, chosen)
    secret, problems = read_secret(home, environ, checked.language)
    problems = [*checked.problems, *_of_languages(home, checked, document), *problems]
    if problems:
        raise ConfigErrors(problems, checked.language)
    return replace(freeze(home.resolve(), checked.values, secret), choices=chosen.number)


def judged(
    document: Document,
    environ: Mapping[str, str],
    judge: Judge,
    chosen: Chosen | None = None,
    *,
    language: str | None = None,
) -> Checked:
    """Check a document with what was chosen over it, its overrides, the names of variables, and the
    choice of plugins; in the document's own language unless another is asked for."""
    overrides, slips = from_environment(environ)
    if chosen is not None and chosen.number:
        document = replace(document, tables=laid_over(document.tables, chosen.tables))
    checked = check(document, overrides, language=language)
    problems = [*checked.problems, *_of_plugins(checked.values, document, judge)]
    problems += _of_variables(slips, checked.language)
    if chosen is not None:
        problems = [_placed(problem, chosen) for problem in problems]
    return Checked(checked.values, tuple(problems), checked.language)


def _of_languages(home: Path, checked: Checked, document: Document) -> list[Problem]:
    """Every language but the two of the house stands in a file of the node's own."""
    return [
        Problem(
            key := f"node.languages[{place}]",
            say("language_file", checked.language, tag=tag, path=language_file(home, tag)),
            line=document.line(key),
        )
        for place, tag in enumerate(checked.values.get("node", {}).get("languages", ()))
        if tag not in LANGUAGES and not language_file(home, tag).is_file()
    ]


def _placed(problem: Problem, chosen: Chosen) -> Problem:
    """Name the file of the choices where the value that is wrong was chosen."""
    key = problem.key.partition("[")[0]
    if not any(key == each or key.startswith(f"{each}.") for each in chosen.keys):
        return problem
    return replace(problem, line=None, file=chosen.file)


def _of_plugins(values: Mapping[str, Any], document: Document, judge: Judge) -> list[Problem]:
    """Ask the judge even if other sections are wrong, so that all is said in one go."""
    enabled = values.get("plugins", {}).get("enabled")
    if enabled is None:
        return []
    choice = PluginChoice(enabled=enabled, settings=values.get("plugin", {}))
    return [
        problem if problem.line else replace(problem, line=document.line(problem.key))
        for problem in judge(choice)
    ]


def read_document(home: Path) -> Document:
    """Return what node.toml says; raise ``Wrong`` if it cannot be read."""
    path = home / FILE_NAME
    try:
        return read(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise Wrong("encoding") from None
    except FileNotFoundError:
        raise Wrong("no_file", path=path) from None
    except OSError as error:
        raise Wrong("unreadable", detail=error.strerror) from None


def _of_file(wrong: Wrong, language: str) -> Problem:
    _, complaint = next(flat(wrong.messages))
    line = complaint.values.get("line")
    message = say(complaint.code, language, **complaint.values)
    known = line if isinstance(line, int) else None
    return Problem(FILE_NAME, message, example("node.name"), known)


def _of_choices(wrong: Wrong, home: Path, language: str) -> Problem:
    _, complaint = next(flat(wrong.messages))
    message = say(complaint.code, language, **complaint.values)
    return Problem(f"choices/{newest(home)}.toml", message, "wizzle choices undo")


def _of_variables(slips: Mapping[str, Complaint], language: str) -> list[Problem]:
    return [
        Problem(name, say(slip.code, language, **slip.values), "WIZZLE_SERVER__PORT=8000")
        for name, slip in slips.items()
    ]
