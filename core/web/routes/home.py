"""The first page, the choice of language, and the sign of life."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy import text, update

from ...models import Person
from ..identity import keep_language
from ..linked import place
from ..page import permitted, safe_next, say, static_url, this_node, this_viewer
from ..sections import home_sections
from ..sharing import Shared, shared, whole_url
from .base import blueprint


@blueprint.get("/")
@permitted("core.see", alike=True)
def home() -> Any:
    """Show what the plugins have for this viewer."""
    viewer = this_viewer()
    with this_node().db.read() as session:
        drawn = home_sections(session, viewer)
        return render_template("core/home.html", sections=drawn, shared=_shared())


def _shared() -> Shared:
    """Return what the node tells of itself, and how it is searched."""
    node = this_node().settings.node
    operator = this_node().settings.operator
    said = place(
        node.name, url=whole_url("/"), province=node.province, county=node.county,
        address=node.town, phone=operator.phone if operator else "",
        email=operator.email if operator else "", logo=whole_url(static_url("core", "logo.svg")),
    )  # fmt: skip
    return shared(
        "core.home", node.name, say("Good things from nearby, made and shared by neighbours."),
        data=said,
    )  # fmt: skip


@blueprint.post("/language")
@permitted("core.see")
def choose_language() -> Any:
    """Answer in another language from now on."""
    onward = redirect(safe_next(request.form.get("next")) or url_for("core.home"))
    language = request.form.get("language", "")
    if language not in this_node().catalogues.languages:
        return onward
    viewer = this_viewer()
    if viewer is not None and viewer.language != language:
        with this_node().db.write() as session:
            session.execute(update(Person).where(Person.id == viewer.id).values(language=language))
    keep_language(onward, language)
    return onward


@blueprint.get("/healthz")
@permitted("core.see")
def healthz() -> Any:
    """Say whether the node answers and reaches its database."""
    with this_node().db.read() as session:
        session.execute(text("SELECT 1"))
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
