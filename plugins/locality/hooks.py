"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint

from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.values import Text
from .pages import blueprint

plugin = Plugin(name="locality", titles=Text("지역위즐", "Locality"), version="0.1.0")


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint]
