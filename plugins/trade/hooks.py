"""The only door of this plugin: what it does for each hook, deciding nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint

from ...core.hookspecs import hookimpl
from ...core.host import Plugin
from ...core.values import Text
from .copies import models as _copies  # noqa: F401 its tables
from .goods import models as _goods  # noqa: F401 its tables
from .pages import blueprint

plugin = Plugin(
    name="trade",
    titles=Text("산지 직거래", "Trade between nodes"),
    version="0.1.0",
    requires=("market", "assembly"),
)


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return [blueprint]
