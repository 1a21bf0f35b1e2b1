"""The group of all commands; plugins' commands are read only when one is asked for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click
import structlog

from ... import __version__, node_config
from ..errors import WizzleError
from ..host import installed
from . import node_commands
from .node import keep_private

log = structlog.get_logger("wizzle.cli")


class Commands(click.Group):
    """Our own commands first, then those of the node's plugins."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_of_plugins()})

    def invoke(self, ctx: click.Context) -> object:
        """Say a refusal in one sentence instead of showing where it was raised."""
        try:
            return super().invoke(ctx)
        except WizzleError as error:
            raise click.ClickException(str(error)) from error

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return super().get_command(ctx, name) or _of_plugins().get(name)


def _of_plugins() -> dict[str, click.Command]:
    commands: dict[str, click.Command] = {}
    points = installed()
    for name in _enabled() or tuple(points):
        if name in points:
            commands |= {str(each.name): each for each in _offered(points[name].value)}
    return commands


def _offered(path: str) -> Sequence[click.Command]:
    """Return a plugin's commands; one that cannot be read takes no other command with it."""
    try:
        offered = getattr(import_module(path), "commands", None)
        return offered() if offered else ()
    except Exception:
        log.exception("commands of a plugin left out", plugin=path)
        return ()


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
    keep_private()


for command in node_commands.COMMANDS:
    main.add_command(command)
