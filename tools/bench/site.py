"""The website of the node in WIZZLE_HOME, as a WSGI application for a server of several workers.

BENCH_IDLE_PLUGINS adds so many plugins that answer every collect and hear every fact with nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from flask import Flask

from wizzle import node_config
from wizzle.core import hookspecs
from wizzle.core.cli.serving import website
from wizzle.core.hookspecs import hookimpl
from wizzle.core.host import Host, Plugin
from wizzle.core.host.declaration import Loaded
from wizzle.core.node import Node
from wizzle.core.opening import open_node, read_settings
from wizzle.core.values import Text
from wizzle.core.web import create_app


def node_here() -> Node:
    """Open the node of WIZZLE_HOME, with as many idle plugins as are asked for."""
    home = node_config.find_home(os.environ, Path.cwd())
    node = open_node(read_settings(home, os.environ))
    idle = list(_idle_plugins(int(os.environ.get("BENCH_IDLE_PLUGINS", "0"))))
    return replace(node, host=Host([*node.host.plugins, *idle], hookspecs)) if idle else node


def _idle_plugins(count: int) -> Iterator[Loaded]:
    for number in range(count):
        name = f"idle_{number}"
        yield Loaded(Plugin(name, Text(name, name), "1"), _idle_hooks(name))


def _idle_hooks(name: str) -> ModuleType:
    """Return a module with an implementation of every hook that there is."""
    module = ModuleType(name)
    module.__file__ = __file__
    for hook, specification in vars(hookspecs).items():
        made = getattr(specification, "wizzle_spec", None)
        if made is not None:
            setattr(module, hook, _nobody() if made["firstresult"] else _nothing())
    return module


def _nothing() -> object:
    @hookimpl
    def nothing() -> list[object]:
        return []

    return nothing


def _nobody() -> object:
    @hookimpl
    def nobody() -> None:
        return None

    return nobody


def create() -> Flask:
    """Return the website as a server of several processes gets it, but every page drawn anew."""
    if "BENCH_IDLE_PLUGINS" in os.environ:
        return create_app(node_here())
    return website(keeps_pages=False)


def create_keeping() -> Flask:
    """Return the website as a server of several processes gets it."""
    return website()
