"""A node's own words: translations into other languages, and its own wording, each in a file."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from ...node_config import Wrong, language, language_file
from ..host import installed
from .node import home_of_node, keep_private


@click.group()
def languages() -> None:
    """Speak other languages, or in the node's own words: languages/<tag>.po in its folder."""


@languages.command()
@click.argument("tag")
def new(tag: str) -> None:
    """Write languages/TAG.po with all that is said, to be filled in; what it has stays."""
    from ..language import translations  # Babel's files of messages are no part of a start

    keep_private()
    file = language_file(home_of_node(), _known(tag))
    known = translations.read(file.read_bytes(), tag) if file.exists() else None
    catalogue = translations.blank(_folders(), tag, known)
    file.parent.mkdir(exist_ok=True)
    beside = file.with_suffix(".new")
    beside.write_bytes(translations.written(catalogue))
    beside.replace(file)
    left = len(translations.lacking(catalogue))
    click.echo(f"{file}: {left} of {len(catalogue)} sentences are to be translated.")


@languages.command()
@click.argument("tag")
def check(tag: str) -> None:
    """Say what languages/TAG.po does not translate, and what does not fit (exit 1)."""
    from ..language import translations

    file = language_file(home_of_node(), _known(tag))
    if not file.exists():
        raise click.ClickException(f"{file} is not there: `wizzle languages new {tag}` writes it.")
    found = translations.read(file.read_bytes(), tag)
    whole = translations.blank(_folders(), tag, found)
    for message in (bad := translations.misfits(found)):
        click.echo(f"does not fit and is left out: {message.id!r} → {message.string!r}")
    click.echo(f"{len(translations.lacking(whole))} of {len(whole)} sentences lack a translation.")
    if bad:
        raise SystemExit(1)


def _known(tag: str) -> str:
    try:
        return language(tag)
    except Wrong as wrong:
        raise click.BadParameter(f"no language is called {tag}") from wrong


def _folders() -> list[Path]:
    """Return where the words of the core and of every installed plugin stand."""
    found = (find_spec(point.module) for point in installed().values())
    rooms = [Path(str(spec.origin)).parent for spec in found if spec is not None]
    return [room / "translations" for room in (Path(__file__).parents[1], *rooms)]
