"""The steward's plugins: what each is, on or off, and what has to be so for it."""

from __future__ import annotations

import os
from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from .... import node_config
from ....node_config import ConfigErrors
from ...errors import NotFound, Refused
from ...host import Plugin, declared, dependent, missing
from ..node_facts import has_file
from ..page import permitted, this_node, this_tongue
from .admin_settings import choose
from .base import blueprint

ENABLED = "plugins.enabled"


@blueprint.get("/admin/plugins")
@permitted("core.admin")
def admin_plugins() -> Any:
    """List the plugins that are installed, with what each needs and the way to switch it."""
    node = this_node()
    runs = tuple(loaded.name for loaded in node.host.plugins)
    chosen = _chosen()
    return render_template(
        "core/admin_plugins.html",
        plugins=[(each, each.name in chosen, dependent(each.name, chosen)) for each in declared()],
        missing=lambda name: missing(name, chosen),
        version=node_config.newest(node.home),
        can_switch=has_file(node),
        is_fixed=ENABLED in node_config.fixed_by_environment(os.environ),
        waiting=set(chosen) != set(runs),
        needs_migration=not node.db.is_sqlite,
    )


def _chosen() -> tuple[str, ...]:
    """Return the plugins that are to be on, whether or not this process has taken that over."""
    node = this_node()
    if not has_file(node):
        return node.settings.plugins.enabled
    found = node_config.entries(node.home, os.environ)["plugins"]
    text = next(each.text for each in found if each.key == ENABLED)
    return tuple(filter(None, text.split(",")))


@blueprint.post("/admin/plugins/<name>/<any('on', 'off'):step>")
@permitted("core.admin")
def switch_plugin(name: str, step: str) -> Response:
    """Switch a plugin on or off; refused where another one needs what would be missing."""
    enabled = _chosen()
    if not has_file(this_node()) or name not in {each.name for each in declared()}:
        raise NotFound("There is no such page here, or it was closed.")
    if step == "off":
        _refuse_needed(dependent(name, enabled))
        wanted = tuple(each for each in enabled if each != name)
    else:
        _refuse_missing(missing(name, enabled))
        wanted = (*enabled, name) if name not in enabled else enabled
    try:
        choose({ENABLED: ",".join(wanted)})
    except ConfigErrors as error:
        why = " ".join(problem.message for problem in error.problems)
        raise Refused("This does not go together: %(why)s", why=why) from None
    return redirect(url_for("core.admin_plugins"))


def _refuse_needed(by: list[Plugin]) -> None:
    if by:
        raise Refused("Please switch off first what needs it: %(names)s.", names=_titles(by))


def _refuse_missing(needed: list[Plugin]) -> None:
    if needed:
        raise Refused("Please switch on first what it needs: %(names)s.", names=_titles(needed))


def _titles(plugins: list[Plugin]) -> str:
    language = this_tongue().language
    return ", ".join(each.titles.in_language(language) for each in plugins)
