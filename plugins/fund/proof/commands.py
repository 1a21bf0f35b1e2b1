"""Checking the fund's books: from a file, without a node."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from .rules import changed, check

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("verify")
@click.argument("file", type=_FILE)
@click.option("--older", type=_FILE, help="A file that was taken before: nothing of it may differ.")
def verify(file: Path, older: Path | None) -> None:
    """Check the books in FILE, as every node hands them out at /fund/books.jsonl.

    Needs no node: seals, sums and claims are recomputed from the file alone.
    """
    with _open(file) as lines:
        seen = check(lines)
    breaks = list(seen.breaks)
    if older is not None:
        with _open(older) as before, _open(file) as now:
            breaks += changed(before, now)
    if breaks:
        raise click.ClickException("\n".join(["The books do not hold:", *breaks[:50]]))
    click.echo(f"The books hold: {seen.entries} entries, balance {seen.balance:,} won.")
    if seen.closed:
        click.echo(f"{seen.closed} entries are of postings that name a person: only summed.")


def _open(file: Path) -> IO[str]:
    return file.open(encoding="utf-8", errors="replace")
