"""The steward's settings: what each means, where it comes from, choosing anew, and the way back."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .... import node_config
from ....node_config import ConfigErrors, Moved
from ... import audit
from ...errors import NotFound, Refused
from .. import plugin_settings, queries
from ..node_facts import Shown, facts_of, has_file, section_names, shown_entries
from ..numbers import read_number
from ..page import permitted, this_member, this_node, this_tongue, told
from ..settings_judge import judge_in
from .base import blueprint

Changes = Mapping[str, tuple[str, str]]


@blueprint.get("/admin/settings")
@permitted("core.admin")
def admin_settings() -> Any:
    """Show the node's settings, without what is secret, and where each comes from."""
    node = this_node()
    if not has_file(node):
        sections = facts_of(node.settings, this_tongue().language)
        return render_template("core/admin_settings.html", facts_only=sections)
    return render_template(
        "core/admin_settings.html",
        sections=shown_entries(node, this_tongue().language),
        names=section_names(this_tongue().language),
        plugins=plugin_settings.chosen_of(node),
        **_standing(),
    )


def _standing() -> dict[str, Any]:
    """Return which version of the choices holds, and whether this process goes by it yet."""
    newest = node_config.newest(this_node().home)
    return {"version": newest, "is_taken_over": newest == this_node().settings.choices}


@blueprint.route("/admin/settings/<section>", methods=["GET", "POST"])
@permitted("core.admin")
def edit_settings(section: str) -> Any:
    """Change the settings of one section of node.toml."""
    _node, language = this_node(), this_tongue().language
    found = _open_entries(section)
    typed = {each.key: each.text for each in found}
    outcome = _Outcome()
    if request.method == "POST":
        typed |= {key: request.form[key][:2_000] for key in typed if key in request.form}
        wanted = {each.key: typed[each.key] for each in found if typed[each.key] != each.text}
        outcome = _tried(wanted)
        if outcome.saved:
            return redirect(url_for("core.admin_settings"))
    page = render_template(
        "core/edit_settings.html", entries=found, typed=typed,
        title=section_names(language).get(section, section),
        errors=outcome.errors, changes=outcome.changes, **_standing(),
    )  # fmt: skip
    return page, outcome.status


def _open_entries(section: str) -> list[Shown]:
    if not has_file(this_node()):
        raise NotFound("There is no such page here, or it was closed.")
    found = dict(shown_entries(this_node(), this_tongue().language)).get(section, [])
    if not any(each.open for each in found):
        raise NotFound("There is no such page here, or it was closed.")
    return [each for each in found if each.open]


@blueprint.route("/admin/settings/plugin/<name>", methods=["GET", "POST"])
@permitted("core.admin")
def edit_plugin_settings(name: str) -> Any:
    """Change the settings of one plugin."""
    node = this_node()
    loaded = next((each for each in node.host.plugins if each.name == name), None)
    if loaded is None or not has_file(node) or not plugin_settings.fields_of(node, loaded):
        raise NotFound("There is no such page here, or it was closed.")
    found = plugin_settings.fields_of(node, loaded)
    typed = {each.key: each.text for each in found}
    outcome = _Outcome()
    if request.method == "POST":
        typed = {key: request.form.get(key, "")[:2_000] for key in typed}
        wanted, outcome.errors = plugin_settings.read(node, loaded, typed)
        outcome = outcome if outcome.errors else _tried(wanted)
        if outcome.saved:
            return redirect(url_for("core.admin_settings"))
    page = render_template(
        "core/edit_settings.html", title=loaded.plugin.titles.in_language(this_tongue().language),
        entries=found, typed=typed, errors=outcome.errors, changes=outcome.changes, **_standing(),
    )  # fmt: skip
    return page, outcome.status


class _Outcome:
    """What came of a form: saved, only looked at, or shown again with what is wrong."""

    def __init__(self) -> None:
        self.saved = False
        self.errors: dict[str, list[str]] = {}
        self.changes: Changes | None = None

    @property
    def status(self) -> int:
        return 422 if self.errors else 200


def _tried(wanted: Mapping[str, Any]) -> _Outcome:
    """Save what is wanted, or say what it would change, or all that is wrong with it."""
    outcome = _Outcome()
    dry = request.form.get("step") == "look"
    try:
        changes = choose(wanted, dry=dry)
    except ConfigErrors as error:
        for problem in error.problems:
            outcome.errors.setdefault(problem.key.partition("[")[0], []).append(problem.message)
    else:
        outcome.changes, outcome.saved = changes, not dry
    return outcome


def choose(wanted: Mapping[str, Any], *, dry: bool = False) -> Changes:
    """Choose these settings for the node, and write down who did; ``Refused`` if somebody else has
    meanwhile."""
    node, language = this_node(), this_tongue().language
    after = read_number(request.form.get("version", "")) or 0
    with node.db.write() as session:
        try:
            number, changes = node_config.choose(
                node.home, os.environ, wanted, after=after, judge=judge_in(language),
                language=language, dry=dry,
            )  # fmt: skip
        except Moved:
            raise _moved() from None
        if changes and not dry:
            _audited(session, number, changes)
    if not dry:
        if changes:
            told("Saved.")
        else:
            told("Nothing was different.", "note")
    return changes


@blueprint.get("/admin/settings/history")
@permitted("core.admin")
def settings_history() -> Any:
    """List the versions of what was chosen, who chose and what, and the way back."""
    node = this_node()
    found = node_config.versions(node.home)
    with node.db.read() as session:
        who = queries.choosers(session, [each.number for each in found])
    return render_template(
        "core/settings_history.html", versions=found, who=who, names=_names(), **_standing()
    )


def _names() -> dict[str, str]:
    """Return what each setting is called, by its key."""
    if not has_file(this_node()):
        return {}
    found = shown_entries(this_node(), this_tongue().language)
    return {each.key: each.label for _, entries in found for each in entries}


@blueprint.post("/admin/settings/undo")
@permitted("core.admin")
def undo_settings() -> Response:
    """Go back to an older version of what was chosen; 0 is node.toml alone."""
    node, language = this_node(), this_tongue().language
    number = read_number(request.form.get("number", ""))
    known = [each.number for each in node_config.versions(node.home)]
    if number is None or number not in [0, *known] or not has_file(node):
        raise NotFound("There is no such version any more.")
    after = read_number(request.form.get("version", "")) or 0
    with node.db.write() as session:
        try:
            made, changes = node_config.undo(
                node.home, os.environ, number, after=after, judge=judge_in(language),
                language=language,
            )  # fmt: skip
        except Moved:
            raise _moved() from None
        except ConfigErrors as error:
            why = " ".join(each.message for each in error.problems)
            raise Refused("That version cannot be used any more: %(why)s", why=why) from None
        _audited(session, made, changes, back_to=number)
    told("What was chosen before holds again.")
    return redirect(url_for("core.settings_history"))


def _moved() -> Refused:
    return Refused("Somebody else has changed the settings meanwhile. Please look at them again.")


def _audited(session: Any, number: int, changes: Changes, **details: Any) -> None:
    audit.record(
        session, "settings.chosen", at=this_node().clock.now(), person_id=this_member().id,
        subject=("choices", number), changes={key: list(each) for key, each in changes.items()},
        **details,
    )  # fmt: skip
