"""Opening a node: its settings, its plugins and its database become one ``Node``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..node_config import PluginChoice, Problem, Settings
from ..node_config import load as load_settings
from . import hookspecs
from .db import Database
from .host import HostErrors, load
from .node import Node
from .ports import Ports, outgoing


def judge(choice: PluginChoice, language: str = "ko") -> Sequence[Problem]:
    """Return what is wrong with the enabled plugins and their settings."""
    try:
        load(choice, hookspecs, language=language)
    except HostErrors as error:
        return error.problems
    return ()


def read_settings(home: Path, environ: Mapping[str, str]) -> Settings:
    """Read the settings in ``home``; ``ConfigErrors`` holds what is wrong, plugins included."""
    return load_settings(home, environ, judge=judge)


def open_node(settings: Settings, ports: Ports | None = None) -> Node:
    """Make the node of these settings; raises ``HostErrors`` if its plugins do not fit."""
    host = load(settings.plugins, hookspecs, language=settings.node.languages[0])
    database = Database(settings.database.url, **settings.database.pool_options)
    return Node(settings, database, host, ports or ports_of(settings))


def open_anew(node: Node, settings: Settings) -> Node:
    """Make the node of other settings beside one that runs: on the same database, and served at
    the same place; those two change at the next start only."""
    same = replace(settings, database=node.settings.database, server=node.settings.server)
    host = load(same.plugins, hookspecs, language=same.node.languages[0])
    return Node(same, node.db, host, node.ports)


def ports_of(settings: Settings) -> Ports:
    """Return the machine's own ports; only a node in development may talk to this machine."""
    agent = f"Wizzle (+{settings.node.address})"
    return Ports(http=outgoing(loopback=settings.server.development, agent=agent))
