"""The only door of the federation: a plugin in all but its folder."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ..core.hookspecs import hookimpl
from ..core.host import Plugin
from ..core.values import Text

plugin = Plugin(name="federation", titles=Text("연결된 위즐", "Connected nodes"), version="0.1.0")


@hookimpl
def commands() -> Sequence[click.Command]:
    # Asked for by the command line alone: a website needs none.
    from .commands import federation

    return [federation]
