"""The only door of the federation: a plugin in all but its folder."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint

from ..core.answers import JobKind, Rule
from ..core.hookspecs import hookimpl
from ..core.host import Plugin
from ..core.values import STEWARD, Text
from .delivery import models as _delivery  # noqa: F401 its tables
from .pages import blueprint
from .trust import routes as trust_pages
from .trust.actions import keys
from .trust.schemas import Settings

plugin = Plugin(
    name="federation",
    titles=Text("연결된 위즐", "Connected nodes"),
    version="0.1.0",
    settings=Settings,
)


@hookimpl
def blueprints() -> Sequence[Blueprint]:
    return (blueprint,)


@hookimpl
def rules() -> Sequence[Rule]:
    return (
        Rule("federation.read", everyone=True),
        Rule("federation.see", everyone=True),
        Rule("federation.peers", roles=frozenset({STEWARD})),
    )


@hookimpl
def jobs() -> Sequence[JobKind]:
    return (JobKind(keys.JOB, keys.take_over),)
