"""The node that a command works on, and how what is wrong with it is said."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import click

from ... import node_config
from .. import logs
from ..host import HostErrors
from ..node import Node
from ..opening import open_node, read_settings
from ..revisions import all_there
from .staying import for_good


def keep_private() -> None:
    """Strike secrets out of what this process logs, and hide its files from others here."""
    logs.configure(plain=sys.stderr.isatty())
    os.umask(0o027)  # residents' orders and addresses are not for others on the same machine


def home_of_node() -> Path:
    """Return the node's folder: ``WIZZLE_HOME`` or the current folder; exit 2 if it is none."""
    try:
        return node_config.find_home(os.environ, Path.cwd())
    except node_config.ConfigErrors as error:
        refuse(error.problems)


def the_node() -> Node:
    """Open the node of the current folder, or say everything that is wrong and exit 2."""
    home = home_of_node()
    try:
        with for_good():  # the plugins are read now
            return open_node(read_settings(home, os.environ))
    except (node_config.ConfigErrors, HostErrors) as error:
        refuse(error.problems)


def bring_up_to_date(node: Node) -> list[str]:
    """Migrate the node's database and return the revisions that were applied."""
    archive = node.home / "migrations"
    if all_there(node.db, node.host, archive):
        return []
    from ..migration import migrate

    return migrate(node.db, node.host, archive=archive)


def waiting_revisions(node: Node) -> list[str]:
    """Return the revisions that the node's database lacks."""
    archive = node.home / "migrations"
    if all_there(node.db, node.host, archive):
        return []
    from ..migration import pending

    return pending(node.db, node.host, archive=archive)


def show_json(value: Any) -> None:
    """Print one JSON value for scripts, Hangul as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def refuse(problems: Iterable[Any]) -> NoReturn:
    for problem in problems:
        click.echo(str(problem), err=True)
    sys.exit(2)
