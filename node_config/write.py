"""Makes the folder of a new node: node.toml, the secret, and the folders that it needs."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from .check import check
from .document import Document, read
from .load import FILE_NAME, HOME_EXAMPLE, Judge, judged, load, no_judge
from .overrides import Override
from .problems import ConfigErrors, Problem
from .questions import QUESTIONS
from .render import node_toml
from .schema import FILE
from .secret import SECRET_NAME, VARIABLE, read_secret
from .settings import Settings
from .texts import say
from .whole import write_new

FOLDERS = ("media", "mail")


def examples() -> tuple[str, ...]:
    """Return the names of the example configurations."""
    folder = files(__package__).joinpath("examples")
    names = (Path(entry.name) for entry in folder.iterdir())
    return tuple(sorted(name.stem for name in names if name.suffix == ".toml"))


def read_example(name: str, *, language: str = "ko") -> str:
    """Return the text of an example configuration."""
    if name not in examples():
        message = say("no_example", language, names=", ".join(examples()))
        raise ConfigErrors([Problem("--example", message, examples()[0])], language)
    return files(__package__).joinpath("examples", f"{name}.toml").read_text(encoding="utf-8")


def node_text(
    answers: Mapping[str, str], example: str | None = None, *, language: str = "ko"
) -> str:
    """Return the text of a node.toml made from answers by dotted key, over an example if named.

    Without an example, questions that were not answered take their defaults.
    """
    document = read(read_example(example, language=language)) if example else Document()
    given = answers if example else _with_defaults(answers)
    checked = check(document, {key: Override(text, key) for key, text in given.items()})
    if checked.problems:
        raise ConfigErrors(checked.problems, checked.language)
    return node_toml(FILE.dump(checked.values))


def _with_defaults(answers: Mapping[str, str]) -> dict[str, str]:
    given = dict(answers)
    for question in QUESTIONS:
        if question.default is not None and question.is_needed(given):
            given.setdefault(question.key, question.default)
    return given


def new_node(
    home: Path,
    *,
    answers: Mapping[str, str] | None = None,
    example: str | None = None,
    environ: Mapping[str, str] | None = None,
    judge: Judge = no_judge,
    language: str = "ko",
) -> Settings:
    """Make a node in ``home``; the answers are those of ``node_text``, the rest as for ``load``.

    Raises ``ConfigErrors`` with everything wrong before anything is written, and never overwrites
    a node. A secret that already stands in the folder is kept. The variables of ``environ`` count
    for the settings that are returned and are not written down.
    """
    text = node_text(answers or {}, example, language=language)
    _refuse_wrong(home, text, environ or {}, judge)
    try:
        _write_folder(home, text)
    except OSError as error:
        raise _not_written(home, error, language) from None
    return load(home, environ or {}, judge=judge, language=language)


def _refuse_wrong(home: Path, text: str, environ: Mapping[str, str], judge: Judge) -> None:
    checked = judged(read(text), environ, judge)
    problems = list(checked.problems)
    if VARIABLE in environ or (home / SECRET_NAME).exists():
        problems += read_secret(home, environ, checked.language)[1]
    if problems:
        raise ConfigErrors([replace(problem, line=None) for problem in problems], checked.language)


def _not_written(home: Path, error: OSError, language: str) -> ConfigErrors:
    taken = (home / FILE_NAME).exists()
    code = "exists" if taken else "unwritable"
    message = say(code, language, path=home, detail=error.strerror)
    return ConfigErrors(
        [Problem(FILE_NAME if taken else str(home), message, HOME_EXAMPLE)], language
    )


def _write_folder(home: Path, text: str) -> None:
    if (home / FILE_NAME).exists():
        raise FileExistsError
    for folder in (home, *(home / name for name in FOLDERS)):
        # Not for strangers on the same machine: residents' orders and mail lie here.
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        write_new(home / SECRET_NAME, secrets.token_urlsafe(48) + "\n")
    write_new(home / FILE_NAME, text)  # last, for a folder with a node.toml is a node
