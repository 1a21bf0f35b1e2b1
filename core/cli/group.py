"""The group of all commands; plugins' commands are read only when one is asked for."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from ... import __version__, node_config
from .. import logs
from ..host import installed
from . import node_commands


class Commands(click.Group):
    """Our own commands first, then those of the node's plugins."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_of_plugins()})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return super().get_command(ctx, name) or _of_plugins().get(name)


def _of_plugins() -> dict[str, click.Command]:
    commands: dict[str, click.Command] = {}
    points = installed()
    for name in _enabled() or tuple(points):
        if name in points:
            offered = getattr(import_module(points[name].value), "commands", None)
            commands |= {str(each.name): each for each in (offered() if offered else ())}
    return commands


def _enabled() -> tuple[str, ...]:
    """Return the plugins of the node here, or none where there is no node that can be read."""
    try:
        home = node_config.find_home(os.environ, Path.cwd())
        return node_config.load(home, os.environ).plugins.enabled
    except node_config.ConfigErrors:
        return ()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wizzle")
def main() -> None:
    """Run a neighbourhood's node. A node is a folder: work in it, or name it by WIZZLE_HOME."""
    logs.configure(plain=sys.stderr.isatty())
    os.umask(0o027)  # residents' orders and addresses are not for others on the same machine


for command in node_commands.COMMANDS:
    main.add_command(command)
