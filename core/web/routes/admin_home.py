"""The home page as stewards arrange it: which sections stand where, for visitors and members."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ... import audit
from ...values import Viewer
from .. import home_order
from ..home_order import AUDIENCES, VISITOR, Placed
from ..page import permitted, this_member, this_node, told
from .base import blueprint

STEPS = ("up", "down", "hide", "show")


@blueprint.get("/admin/home")
@permitted("core.admin")
def admin_home() -> Any:
    """Show the sections in their order, with the ways to move each."""
    audience = _audience(request.args.get("audience", ""))
    with this_node().db.read() as session:
        order = _order(session, audience)
    return render_template("core/admin_home.html", order=order, audience=audience)


def _audience(text: str) -> str:
    return text if text in AUDIENCES else VISITOR


def _order(session: Session, audience: str) -> list[Placed]:
    """Return all sections that the plugins have for such a viewer now."""
    node = this_node()
    viewer: Viewer | None = None if audience == VISITOR else this_member()
    found = node.host.collect("home_sections", node=node, session=session, viewer=viewer)
    return home_order.places(session, audience, found)


@blueprint.post("/admin/home/<any('visitor', 'member'):audience>")
@permitted("core.admin")
def arrange_home(audience: str) -> Response:
    """Move one section up or down, leave it out, or show it again."""
    node = this_node()
    section, step = request.form.get("section", "")[:120], request.form.get("step", "")
    if step in STEPS:
        with node.db.write() as session:
            order = home_order.moved(_order(session, audience), section, step)
            home_order.change(session, audience, order)
            audit.record(
                session, "home.arranged", at=node.clock.now(), person_id=this_member().id,
                subject=("home", None), audience=audience, section=section, step=step,
            )  # fmt: skip
    return redirect(url_for("core.admin_home", audience=audience))


@blueprint.post("/admin/home/<any('visitor', 'member'):audience>/reset")
@permitted("core.admin")
def reset_home(audience: str) -> Response:
    """Let the sections stand as their plugins want them."""
    node = this_node()
    with node.db.write() as session:
        home_order.reset(session, audience)
        audit.record(
            session, "home.arranged", at=node.clock.now(), person_id=this_member().id,
            subject=("home", None), audience=audience, step="reset",
        )  # fmt: skip
    told("The order is the usual one again.")
    return redirect(url_for("core.admin_home", audience=audience))
